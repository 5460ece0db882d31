import type { Handler } from './handler.js'

export interface Endpoint {
  /** The handler is loaded when it is first called. */
  readonly load: () => Promise<Handler>
  /** Whether browsers navigate here: then refusals are pages, and there is no CORS. */
  readonly isPage: boolean
}

const api = (load: () => Promise<Handler>): Endpoint => ({ load, isPage: false })
const page = (load: () => Promise<Handler>): Endpoint => ({ load, isPage: true })

const token = api(async () => (await import('./token.js')).token)
const keys = api(async () => (await import('./keys.js')).keys)
const deviceCode = api(async () => (await import('./device-code.js')).deviceCode)
const authorize = page(async () => (await import('./authorize.js')).authorize)
const logout = page(async () => (await import('./logout.js')).logout)

/** By the path below the tenant, in lower case. */
const BELOW_TENANT: ReadonlyMap<string, Endpoint> = new Map([
  ['v2.0/.well-known/openid-configuration', api(async () => (await import('./discovery.js')).discovery)],
  ['.well-known/openid-configuration', api(async () => (await import('./discovery.js')).discoveryV1)],
  ['discovery/instance', api(async () => (await import('./instance.js')).instance)],
  ['discovery/v2.0/keys', keys],
  ['discovery/keys', keys],
  ['oauth2/v2.0/token', token],
  ['oauth2/token', token],
  ['oauth2/v2.0/devicecode', deviceCode],
  ['oauth2/devicecode', deviceCode],
  ['oauth2/v2.0/authorize', authorize],
  ['oauth2/authorize', authorize],
  ['oauth2/v2.0/logout', logout],
  ['oauth2/logout', logout]
])

const userRealm = api(async () => (await import('./user-realm.js')).userRealm)

export const deviceLogin = page(async () => (await import('./device-login.js')).deviceLogin)
export const errorCode = page(async () => (await import('./error-page.js')).errorCode)

/** @param path below the tenant, decoded */
export function endpointAt(path: string): Endpoint | undefined {
  const name = path.toLowerCase().replace(/\/$/, '')
  return BELOW_TENANT.get(name) ?? (/^userrealm\/[^/]+$/.test(name) ? userRealm : undefined)
}
