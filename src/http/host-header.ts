import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import { targetOriginOf } from './request-path.js'

/** `uri-host [ ":" port ]` of RFC 9110, 7.2: a name or an IPv4 address; an address in brackets. */
const NAMED = /^(?:[a-z0-9._~!$&'()*+,;=-]|%[0-9a-f]{2})*(?::\d*)?$/i
const BRACKETED = /^\[([^\]]*)\](?::\d*)?$/

/** A request without exactly one valid host. The message is a sentence without its full stop, for each surface to word. */
export class InvalidHost extends Error {
  readonly statusCode = 400
}

/**
 * Checks the host of a request, which Node does not. HTTP/1.1 requires one `Host`, HTTP/1.0 allows one, and its value must be
 * a host (RFC 9112, 3.2) or empty; the authority of a target in absolute form may not be empty (RFC 9110, 4.2.1). The message
 * does not repeat the value, in which a client may have put user information.
 */
export function hostMistake(raw: IncomingMessage): string | undefined {
  const { rawHeaders, httpVersionMinor } = raw
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue
    const value = rawHeaders[at + 1] as string
    if (!isHost(value)) return 'The Host header is no host with an optional port'
    count++
  }
  if (count > 1) return `There are ${count} Host headers, not one`
  if (count === 0 && httpVersionMinor > 0) return 'There is no Host header, which HTTP/1.1 demands'
  const authority = targetOriginOf({ raw })?.authority
  if (authority === undefined || (authority !== '' && isHost(authority))) return undefined
  return 'The authority of the request target is no host with an optional port'
}

function isHost(text: string): boolean {
  return NAMED.test(text) || isIPv6(BRACKETED.exec(text)?.[1] ?? '')
}
