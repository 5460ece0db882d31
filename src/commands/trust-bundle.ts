import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'

/** Files with the authorities that a system trusts: Debian, Fedora, openSUSE, Alpine and macOS. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem'
]

/** Variables that name a file to trust in place of the system's. */
const REPLACING = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE']

/**
 * An authority, added to those that a command would trust otherwise and may need for other hosts.
 *
 * @param env the environment that the command would have had
 * @param systemBundles the first that can be read is used, else the authorities that come with Node
 */
export function trustBundle(
  authority: string,
  env: NodeJS.Dict<string>,
  systemBundles: readonly string[] = SYSTEM_BUNDLES
): { readonly extraAuthorities: string; readonly allAuthorities: string } {
  const system = systemBundles.map(read).find((text) => text !== undefined) ?? rootCertificates.join('\n')
  const replacing = REPLACING.map((name) => read(env[name]))
  const extraAuthorities = joined([authority, read(env['NODE_EXTRA_CA_CERTS'])])
  return { extraAuthorities, allAuthorities: joined([extraAuthorities, ...replacing, system]) }
}

/** @returns undefined where there is no readable file; the command could not have used it either */
function read(file: string | undefined): string | undefined {
  try {
    return file && readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function joined(texts: readonly (string | undefined)[]): string {
  const kept = new Set(texts.filter((text) => text !== undefined).map((text) => text.trim()))
  return `${[...kept].join('\n')}\n`
}
