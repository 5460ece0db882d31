/**
 * Protocol versions, cipher suites and curves of Mozilla's "intermediate" configuration, with the client's order
 * of preference (https://wiki.mozilla.org/Security/Server_Side_TLS, guidelines 6.0). Its X25519MLKEM768 is left out, because the
 * OpenSSL of Node 20 does not know it; who offers it offers X25519 as well.
 */
export const TLS_SETTINGS = Object.freeze({
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305'
  ].join(':'),
  ecdhCurve: 'X25519:prime256v1:secp384r1',
  honorCipherOrder: false
} as const)
