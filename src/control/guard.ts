import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { isAddress, isLoopback, isPrivateName } from '../lib/hosts.js'
import type { Options } from '../options.js'
import { Problem } from './problem.js'

/**
 * Keeps web pages out of the control surface: pages of other origins may not call it, nor pages at a foreign name that
 * resolves to this machine (DNS rebinding). Whoever runs the local network can make private names resolve to this machine
 * too, so those are accepted from other clients than browsers only, as in Docker Compose.
 */
export function guard({ publicUrl, allowedHost }: Options): onRequestHookHandler {
  const allowed = new Set(allowedHost.map(canonicalName))
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl)
  if (publicOrigin) allowed.add(canonicalName(publicOrigin.hostname))
  return (request, _reply, done) => {
    const isLocal = isOfBrowser(request) ? isLoopback : isPrivateName
    // A request without a name comes from no browser.
    const isKnown = (name: string) => name === '' || isAddress(name) || isLocal(name) || allowed.has(name)
    const host = canonicalName(withoutPort(request.host))
    if (!isKnown(host)) {
      const name = JSON.stringify(host)
      done(new Problem(403, `The Host ${name} is not known; start with --allowed-host ${host} to allow it.`))
    } else if (isForeign(request, publicOrigin?.origin)) {
      done(new Problem(403, 'Requests from web pages of other origins are refused.'))
    } else done()
  }
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '')
}

/** Removes the trailing dot of the DNS root, except where it keeps a name without dots from a local lookup. */
function canonicalName(name: string): string {
  const lower = name.toLowerCase()
  if (!lower.endsWith('.')) return lower
  const bare = lower.slice(0, -1)
  return bare === 'localhost' || bare.includes('.') ? bare : lower
}

/** Browsers send `Origin` with every request that changes something, and `Sec-Fetch-Site` with others to loopback and https. */
function isOfBrowser({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined
}

function isForeign({ headers, host, protocol }: FastifyRequest, publicOrigin: string | undefined): boolean {
  const { origin, 'sec-fetch-site': site = 'none' } = headers
  if (origin !== undefined && origin !== `${protocol}://${host.toLowerCase()}` && origin !== publicOrigin) return true
  return site !== 'none' && site !== 'same-origin'
}
