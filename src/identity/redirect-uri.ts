import { isLoopback, isPrivateName } from '../lib/hosts.js'
import type { Client } from './directory.js'
import { aadsts } from './aadsts.js'

/**
 * Checks where an authorization answer may go. For a registered application: its redirect URIs, with any port for
 * `http://localhost` (documented). For an unregistered one: this machine, names without a dot, as Docker Compose gives them,
 * and MSAL's own scheme; so no link to this server can lead elsewhere.
 *
 * @param asked the parameter; if it is missing, the only registered URI is taken
 * @throws AadstsError 50011
 */
export function checkRedirectUri({ appId, isRegistered, registration }: Client, asked: string | undefined): string {
  const { redirectUris = [] } = registration
  const uri = asked ?? (redirectUris.length === 1 ? redirectUris[0] : undefined)
  if (uri === undefined)
    throw aadsts('redirectUriMismatch', { redirectUri: '', appId, reason: 'The request has no redirect_uri.' })
  if (!parseUri(uri))
    throw aadsts('redirectUriMismatch', { redirectUri: uri, appId, reason: 'The redirect URI is not an absolute URI.' })
  if (isRegistered) {
    if (redirectUris.some((registered) => matches(registered, uri))) return uri
    const known = redirectUris.join(' ') || 'none'
    throw aadsts('redirectUriMismatch', {
      redirectUri: uri,
      appId,
      reason: `The fixture gives the application these redirectUris: ${known}.`
    })
  }
  if (isLocalUri(uri) || uri === `msal${appId}://auth`) return uri
  throw aadsts('redirectUriMismatch', {
    redirectUri: uri,
    appId,
    reason:
      'The redirect URI of an application that is not registered must be on this machine (localhost, or a name without a dot). Register the application in the fixture, with this URI in redirectUris.'
  })
}

/** An http or https URL of this machine or of its private network. */
export function isLocalUri(uri: string): boolean {
  const url = parseUri(uri)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.hash !== '')
    return false
  return isLoopback(url.hostname) || isPrivateName(url.hostname)
}

function matches(registered: string, asked: string): boolean {
  if (registered === asked) return true
  const [one, other] = [parseUri(registered), parseUri(asked)]
  if (!one || !other || !isLocalUri(registered) || !isLocalUri(asked)) return false
  if (!isLoopback(one.hostname)) return false
  return one.protocol === 'http:' && differsOnlyInPort(one, other)
}

/** Whether two URLs differ at most in their ports. */
function differsOnlyInPort(one: URL, other: URL): boolean {
  return (
    one.protocol === other.protocol &&
    one.hostname === other.hostname &&
    one.pathname === other.pathname &&
    one.search === other.search
  )
}

/** `undefined` for a text that is not an absolute URI. `URL` alone would ignore blanks around it and line breaks in it. */
export function parseUri(uri: string): URL | undefined {
  if (/\p{Cc}/u.test(uri) || uri.trim() !== uri) return undefined
  try {
    return new URL(uri)
  } catch {
    return undefined
  }
}
