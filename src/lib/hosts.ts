import { isIPv4, isIPv6 } from 'node:net'

// Hosts are written as in a URL: in lower case, IPv6 in brackets.

/** Host, and port if there is one, of an origin such as `https://localhost:8365`. */
export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '').toLowerCase()
}

const NAME = /^[a-z0-9._-]+$/
/** Suffixes of names for this machine or its own network: RFC 6761, RFC 6762, and ICANN's `.internal`. */
const PRIVATE_SUFFIXES = ['.localhost', '.local', '.internal']

/** Whether a host is an IP address, which no DNS lookup can lead elsewhere. */
export function isAddress(host: string): boolean {
  const [, inBrackets] = /^\[(.*)\]$/.exec(host) ?? []
  return inBrackets === undefined ? isIPv4(host) : isIPv6(inBrackets)
}

/** Whether a host is this machine itself: a loopback address, `localhost` or a name below it (RFC 6761, 6.3). */
export function isLoopback(host: string): boolean {
  if (host.startsWith('127.') && isIPv4(host)) return true
  return host === 'localhost' || host === '[::1]' || (host.endsWith('.localhost') && NAME.test(host))
}

/** Whether a host is a name of a private network: one without a dot, as Docker Compose gives services, or with a private suffix. */
export function isPrivateName(host: string): boolean {
  if (isAddress(host) || !NAME.test(host)) return false
  return !host.includes('.') || PRIVATE_SUFFIXES.some((suffix) => host.endsWith(suffix))
}
