import type { TargetOrigin } from '../http/request-path.js'
import { MICROSOFT_HOSTS, ServerNames, type NameOptions } from './server-names.js'

/**
 * Tells whether a target in absolute form names another server, so that the client takes this one for its proxy. Like
 * `CONNECT` to elsewhere such a request is refused: an answer of Graph would be taken for one of that server (RFC 9110, 7.4).
 *
 * The names of this server are those that it makes certificates for, and `--allowed-host`, at any port, as
 * ports may be mapped.
 *
 * @returns why it is refused; `undefined` for a target that is answered
 */
export function foreignTarget(
  options: NameOptions & { readonly allowedHost: readonly string[] }
): (target: TargetOrigin) => string | undefined {
  const { tlsName, allowedHost } = options
  const names = new ServerNames({ ...options, tlsName: [...tlsName, ...allowedHost] })
  return ({ scheme, authority }) => {
    if (scheme !== 'http' && scheme !== 'https') return `This server speaks http and https, not ${scheme}.`
    const url = `${scheme}://${authority}`
    const { hostname } = URL.canParse(url) ? new URL(url) : { hostname: authority }
    if (names.allows(hostname.replace(/^\[|\]$/g, ''))) return undefined
    return `As a proxy this server stands for ${MICROSOFT_HOSTS.join(' and ')} only, not for ${authority}. If that is a name of this server, start with --allowed-host ${hostname}.`
  }
}
