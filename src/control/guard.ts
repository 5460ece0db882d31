import { isIP } from 'node:net'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import type { Options } from '../options.js'
import { Problem } from './problem.js'

const LOCAL_SUFFIXES = ['.localhost', '.local', '.internal']

/**
 * Keeps web pages out of the control surface: a page of another origin may not call it, and a foreign name that
 * resolves to this machine (DNS rebinding) is no name of it.
 */
export function guard({ publicUrl, allowedHost }: Options): onRequestHookHandler {
  const allowed = new Set(allowedHost.map((name) => name.toLowerCase()))
  if (publicUrl !== undefined) allowed.add(new URL(publicUrl).hostname)
  return (request, _reply, done) => {
    const name = request.hostname.toLowerCase()
    if (!isLocalName(name) && !allowed.has(name)) {
      done(
        new Problem(
          403,
          `The Host ${JSON.stringify(name)} is not known; start with --allowed-host ${name} to allow it.`
        )
      )
    } else if (isForeign(request)) {
      done(new Problem(403, 'Requests from web pages of other origins are refused.'))
    } else done()
  }
}

function isLocalName(name: string): boolean {
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) return true
  return !name.includes('.') || LOCAL_SUFFIXES.some((suffix) => name.endsWith(suffix))
}

/** Browsers send `Origin` with every request that changes something, and `Sec-Fetch-Site` with all others. */
function isForeign({ headers, host, protocol }: FastifyRequest): boolean {
  if (headers.origin !== undefined && headers.origin !== `${protocol}://${host}`) return true
  const site = headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}
