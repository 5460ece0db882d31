import type { Outgoing } from './exchange.js'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** Headers that are not sent to another origin (Fetch standard, 4.4). */
const OF_THE_ORIGIN = ['authorization', 'proxy-authorization', 'cookie', 'host']
const OF_THE_BODY = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']

/** The target of a redirect; `undefined` for any other answer. */
export function redirectOf(response: Response, url: URL): URL | undefined {
  const location = response.headers.get('location')
  return location !== null && REDIRECTS.has(response.status) ? new URL(location, url) : undefined
}

/** The request that follows a redirect (Fetch standard, 4.4): 303, and 301 or 302 after a POST, make it a GET. */
export function redirected({ method, url, headers, body }: Outgoing, status: number, target: URL): Outgoing {
  const kept = new Headers(headers)
  if (target.origin !== url.origin) for (const name of OF_THE_ORIGIN) kept.delete(name)
  const becomesGet = status === 303 ? method !== 'HEAD' && method !== 'GET' : status < 303 && method === 'POST'
  if (!becomesGet) return { method, url: target, headers: kept, body }
  for (const name of OF_THE_BODY) kept.delete(name)
  return { method: 'GET', url: target, headers: kept, body: undefined }
}
