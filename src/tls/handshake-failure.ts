/** What OpenSSL calls the alerts by which clients say that they do not trust a certificate. */
const DISTRUST = /ALERT_(UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE)$/

/**
 * Why a handshake failed, in words that help.
 *
 * @param issuing whether the certificate was made here
 * @returns undefined where there is nothing to say: connections that were just closed, as port checks do
 */
export function explainFailure({ code = '', message }: NodeJS.ErrnoException, issuing: boolean): string | undefined {
  if (DISTRUST.test(code)) {
    const trust = issuing ? 'what GET /_mock/ca.pem answers' : 'the authority of the certificate of --tls-cert'
    return `The client does not trust the certificate; it has to trust ${trust}.`
  }
  return code.startsWith('ERR_SSL_') ? `${message} (${code})` : undefined
}
