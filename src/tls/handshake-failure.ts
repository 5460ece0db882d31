/** OpenSSL's names of the alerts of clients that do not trust the certificate. */
const DISTRUST = /ALERT_(UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE)$/

/**
 * Why a handshake failed, and what to do.
 *
 * @param issuing whether the certificate was generated here
 * @returns undefined for connections that were only closed, as port checks do
 */
export function explainFailure({ code = '', message }: NodeJS.ErrnoException, issuing: boolean): string | undefined {
  if (DISTRUST.test(code)) {
    const trust = issuing ? 'what GET /_mock/ca.pem answers' : 'the authority of the certificate of --tls-cert'
    return `The client does not trust the certificate; it has to trust ${trust}.`
  }
  return code.startsWith('ERR_SSL_') ? `${message} (${code})` : undefined
}
