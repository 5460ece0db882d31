import { isIPv4, isIPv6 } from 'node:net'

// Hosts are as in a URL: in lower case, IPv6 in brackets.

const NAME = /^[a-z0-9._-]+$/
/** Ends of names that are looked up on this machine or in its own network: RFC 6761, RFC 6762, and ICANN's `.internal`. */
const PRIVATE_SUFFIXES = ['.localhost', '.local', '.internal']

/** Whether a host is an IP address: no lookup can lead it elsewhere. */
export function isAddress(host: string): boolean {
  const [, inBrackets] = /^\[(.*)\]$/.exec(host) ?? []
  return inBrackets === undefined ? isIPv4(host) : isIPv6(inBrackets)
}

/** Whether a host is this machine itself: a loopback address, `localhost` or a name below it (RFC 6761, 6.3). */
export function isLoopback(host: string): boolean {
  if (host.startsWith('127.') && isIPv4(host)) return true
  return host === 'localhost' || host === '[::1]' || (host.endsWith('.localhost') && NAME.test(host))
}

/** Whether a host is a name of a private network: one without a dot, as compose gives services, or one of such an end. */
export function isPrivateName(host: string): boolean {
  if (isAddress(host) || !NAME.test(host)) return false
  return !host.includes('.') || PRIVATE_SUFFIXES.some((end) => host.endsWith(end))
}
