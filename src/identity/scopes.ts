import { GRAPH_APP_ID, GRAPH_AUDIENCE } from './claims.js'
import type { Client } from './directory.js'
import { aadsts } from './aadsts.js'

/**
 * Characters of the parameter. The scopes of one consent may have as many (captured, msgraph-sdk-raptor#158); that this
 * limits a request too is assumed.
 */
const MAX_LENGTH = 8000
/** Scopes of OpenID Connect, which belong to no resource. */
const OPENID = ['openid', 'profile', 'email', 'offline_access']
/** Scope characters of RFC 6749, 3.3. */
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]+$/
/** `{resource}/{scope}`, where the resource is a URI or an id. */
const QUALIFIED = /^((?:[a-z][a-z\d+.-]*:\/\/[^/]+|[^/:]+)(?:\/.*)?)\/([^/]+)$/i

/** A parsed `scope` parameter: scopes of OpenID Connect, and those of at most one resource. */
export interface ScopeRequest {
  readonly openId: readonly string[]
  /** As it was sent, without the slash before the scope; `''` for the short form, which means Graph. */
  readonly resource: string
  readonly isGraph: boolean
  /** Names without their resource; `.default` is among them when it was asked for. */
  readonly names: readonly string[]
}

/**
 * @param graphHost host and port by which the caller knows this server: Kiota's default scope names it as the resource
 * @throws AadstsError 28004, 70011, 700022
 */
export function parseScopes(scope: string, graphHost: string): ScopeRequest {
  const openId: string[] = []
  const names: string[] = []
  let resource: string | undefined
  for (const one of wordsOf(scope)) {
    if (isOpenId(one)) {
      openId.push(one.toLowerCase())
      continue
    }
    const [itsResource, name] = split(one)
    if (resource !== undefined && !isSame(resource, itsResource, graphHost))
      throw aadsts('twoResources', { first: resource, second: itsResource })
    resource ??= itsResource
    names.push(name)
  }
  if (names.includes('.default') && names.length > 1) {
    throw aadsts('invalidScope', { scope, reason: '.default cannot stand beside other scopes of the resource.' })
  }
  return { openId, resource: resource ?? '', isGraph: isGraph(resource ?? '', graphHost), names }
}

/** Adds the scopes of OpenID Connect that were granted before: they stay granted. */
export function withOpenId(scope: ScopeRequest, granted: ScopeRequest): ScopeRequest {
  return { ...scope, openId: [...new Set([...scope.openId, ...granted.openId])] }
}

/**
 * The delegated permissions that a client gets: those that it asks for, or with `.default` all that it has. A client with
 * every permission gets all that it asks for; so does any client for other resources than Graph, whose scopes are unknown.
 *
 * @param error of the refusal: at authorize it is `interaction_required`
 * @throws AadstsError 65001
 */
export function grantedScopes(
  client: Client,
  { isGraph, names }: ScopeRequest,
  error: 'invalid_grant' | 'interaction_required' = 'invalid_grant'
): string[] {
  if (!isGraph) return names.map((name) => (name === '.default' ? 'user_impersonation' : name))
  if (names[0] === '.default') return [...client.scopes]
  const heldBy = new Map(client.scopes.map((scope) => [scope.toLowerCase(), scope]))
  return names.map((name) => {
    const held = heldBy.get(name.toLowerCase())
    if (held === undefined && !client.hasEveryScope)
      throw aadsts('consentRequired', { appId: client.appId, scope: name }, error)
    return held ?? name
  })
}

/** `scope` of the answer, in the form of the request, so that a client finds the token in its cache. */
export function answeredScope({ openId, resource, names }: ScopeRequest, granted: readonly string[]): string {
  const prefix = resource === '' ? '' : `${resource}/`
  const asked = names.includes('.default') ? [...granted, '.default'] : granted
  return [...asked.map((name) => prefix + name), ...openId.filter((name) => name !== 'offline_access')].join(' ')
}

/**
 * A client credentials scope: `{resource}/.default`. The scopes of OpenID Connect beside it, which MSAL for Go and Java
 * always send, change nothing; alone they are refused (captured, ctron/oidc-cli#7).
 *
 * @throws AadstsError 28004, 1002012
 */
export function parseAppScope(scope: string, graphHost: string): ScopeRequest {
  const [one = '', ...more] = wordsOf(scope).filter((word) => !isOpenId(word))
  const match = QUALIFIED.exec(one)
  if (more.length > 0 || !SCOPE.test(one) || match?.[2] !== '.default') throw aadsts('scopeNotDefault', { scope })
  return parseScopes(one, graphHost)
}

/** The claim `aud`: app-only tokens name Graph by URL, delegated ones by its id (both captured in tokens). */
export function audienceOf({ resource, isGraph }: ScopeRequest, isApplication: boolean): string {
  if (!isGraph) return resource
  if (resource.toLowerCase() === GRAPH_APP_ID) return GRAPH_APP_ID
  return isApplication ? GRAPH_AUDIENCE : GRAPH_APP_ID
}

function wordsOf(scope: string): string[] {
  if (scope.length > MAX_LENGTH) throw aadsts('tooManyScopes', { length: scope.length, limit: MAX_LENGTH })
  return scope.split(' ').filter((word) => word !== '')
}

function isOpenId(word: string): boolean {
  return OPENID.includes(word.toLowerCase())
}

function split(scope: string): [resource: string, name: string] {
  if (!SCOPE.test(scope))
    throw aadsts('invalidScope', { scope, reason: 'It has characters that a scope may not have (RFC 6749, 3.3).' })
  if (!scope.includes('/')) return ['', scope]
  const match = QUALIFIED.exec(scope)
  if (!match) throw aadsts('invalidScope', { scope, reason: `'${scope}' does not have the form {resource}/{scope}.` })
  return [match[1] as string, match[2] as string]
}

function isSame(one: string, other: string, graphHost: string): boolean {
  return one.toLowerCase() === other.toLowerCase() || (isGraph(one, graphHost) && isGraph(other, graphHost))
}

function isGraph(resource: string, graphHost: string): boolean {
  const name = resource.replace(/\/$/, '').toLowerCase()
  if (name === '' || name === GRAPH_AUDIENCE || name === GRAPH_APP_ID) return true
  return name === `http://${graphHost}` || name === `https://${graphHost}`
}
