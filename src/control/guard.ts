import { isIPv4, isIPv6 } from 'node:net'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import type { Options } from '../options.js'
import { Problem } from './problem.js'

const LOCAL_SUFFIXES = ['.localhost', '.local', '.internal']

/**
 * Keeps web pages out of the control surface: a page of another origin may not call it, and a foreign name that
 * resolves to this machine (DNS rebinding) is no name of it.
 */
export function guard({ publicUrl, allowedHost }: Options): onRequestHookHandler {
  const allowed = new Set(allowedHost.map(canonicalName))
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl)
  if (publicOrigin) allowed.add(canonicalName(publicOrigin.hostname))
  return (request, _reply, done) => {
    const name = nameOf(request)
    if (!isLocalName(name) && !allowed.has(name)) {
      done(
        new Problem(
          403,
          `The Host ${JSON.stringify(name)} is not known; start with --allowed-host ${name} to allow it.`
        )
      )
    } else if (isForeign(request, publicOrigin?.origin)) {
      done(new Problem(403, 'Requests from web pages of other origins are refused.'))
    } else done()
  }
}

/** The name by which the caller knows this server: that of `Host`, for which a target in absolute form stands in. */
function nameOf({ host }: FastifyRequest): string {
  return canonicalName(host.replace(/:\d*$/, ''))
}

/** The dot of the root changes nothing, except where it keeps a bare name from being looked up locally. */
function canonicalName(name: string): string {
  const lower = name.toLowerCase()
  return lower === 'localhost.' || /\..*\.$/.test(lower) ? lower.slice(0, -1) : lower
}

/** An address, a name that only this machine or its network knows, or none at all, which no browser sends. */
function isLocalName(name: string): boolean {
  const [, inBrackets] = /^\[(.*)\]$/.exec(name) ?? []
  if (inBrackets === undefined ? isIPv4(name) : isIPv6(inBrackets)) return true
  return /^[a-z0-9_-]*$/.test(name) || (/^[a-z0-9._-]+$/.test(name) && LOCAL_SUFFIXES.some((end) => name.endsWith(end)))
}

/** Browsers send `Origin` with every request that changes something, and `Sec-Fetch-Site` with all others. */
function isForeign({ headers, host, protocol }: FastifyRequest, publicOrigin: string | undefined): boolean {
  const { origin, 'sec-fetch-site': site = 'none' } = headers
  if (origin !== undefined && origin !== `${protocol}://${host.toLowerCase()}` && origin !== publicOrigin) return true
  return site !== 'none' && site !== 'same-origin'
}
