import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'

/** The origin in a request target in absolute form. */
export interface TargetOrigin {
  /** In lower case. */
  readonly scheme: string
  /** Host and port as sent, without user information; '' for none. */
  readonly authority: string
}

const ORIGIN = Symbol('origin of a request target')
type Raw = IncomingMessage & { originalUrl?: string; [ORIGIN]?: TargetOrigin }

/** RFC 3986, 3: scheme and authority. */
const ABSOLUTE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i
const SLASH = 0x2f

/**
 * The one place that turns a request target (RFC 9112, 3.2) into the path and query that the request is routed by; it is
 * Fastify's `rewriteUrl`. From here on `request.url` and `request.originalUrl` begin with the path, whatever the form.
 *
 * The host of an absolute form replaces the `Host` header (RFC 9112, 3.2.2). Its user information is dropped, and so is a
 * fragment, which a target may not have (RFC 9110, 7.1).
 */
export function takeTarget(raw: Raw): string {
  const target = raw.url as string
  if (target.charCodeAt(0) === SLASH && !target.includes('#')) return target
  const [origin = '', scheme, authority = ''] = ABSOLUTE.exec(target) ?? []
  const [url = ''] = target.slice(origin.length).split('#', 1)
  if (scheme !== undefined) {
    const host = authority.slice(authority.lastIndexOf('@') + 1)
    raw[ORIGIN] = { scheme: scheme.toLowerCase(), authority: host }
    raw.headers.host = host
  }
  raw.originalUrl = scheme === undefined || url.startsWith('/') ? url : `/${url}`
  return raw.originalUrl
}

/** `undefined` for a target that is not in absolute form. */
export function targetOriginOf({ raw }: { readonly raw: Raw }): TargetOrigin | undefined {
  return raw[ORIGIN]
}

/** `http` or `https`: that of the target URI (RFC 9112, 3.3). */
export function schemeOf(request: Pick<FastifyRequest, 'raw' | 'protocol'>): string {
  return targetOriginOf(request)?.scheme ?? request.protocol
}

/**
 * The path of a request as it was sent, without the parts that may hold secrets: the query, and the origin of a target in
 * absolute form (RFC 9112, 3.2.2), which may have a user and a password.
 */
export function pathOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const path = url.startsWith('/') ? url : url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '')
  const at = path.indexOf('?')
  return at < 0 ? path : path.slice(0, at)
}

/** The query without `?`, '' for none. */
export function queryOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at + 1)
}
