import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'

/** Where systems keep the authorities that they trust, in one file: Debian, Fedora, openSUSE, Alpine and macOS. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem'
]

/** Variables that name a file to trust in place of the system's. */
const REPLACING = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE']

/**
 * An authority added to those that a command would trust without us, which it may need for other hosts.
 *
 * @param env the environment that the command would have had
 * @param systemBundles the first one that can be read counts; without any, the authorities that come with Node do
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

/** @returns undefined for what is no file that can be read, as the command itself would find */
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
