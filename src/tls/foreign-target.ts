import type { TargetOrigin } from '../http/request-path.js'
import { MICROSOFT_HOSTS, ServerNames, type NameOptions } from './server-names.js'

/**
 * Whether a target in absolute form names another server, so that the client takes this one for its proxy. Such a request is
 * refused, like `CONNECT` to other hosts: the client would take Graph's answer for that server's (RFC 9110, 7.4).
 *
 * The names of this server are those that it generates certificates for, and `--allowed-host`, at any port, because ports may
 * be mapped.
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
