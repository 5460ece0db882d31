import type { Authority } from '../authority.js'
import type { AuthenticatedClient } from '../client-authentication.js'
import type { TenantName } from '../directory.js'
import { required, type Form } from '../form.js'
import { parseScopes, type ScopeRequest } from '../scopes.js'
import { hostOf } from '../../lib/hosts.js'
import { aadsts } from '../aadsts.js'

/** A request to the token endpoint, its client authenticated. */
export interface GrantRequest {
  readonly authority: Authority
  readonly tenant: TenantName
  /** Of the endpoint: v1 names a `resource`, v2 a `scope`. */
  readonly version: 1 | 2
  readonly form: Form
  readonly client: AuthenticatedClient
  /** The origin that the request came to. */
  readonly origin: string
}

/** The answer of the token endpoint, with the members of v2. */
export interface TokenAnswer {
  readonly token_type: 'Bearer'
  readonly scope?: string
  readonly expires_in: number
  readonly ext_expires_in: number
  readonly access_token: string
  readonly refresh_token?: string
  readonly id_token?: string
  readonly client_info?: string
}

/** A grant type. It checks the request before it issues anything. @throws AadstsError */
export type Grant = (request: GrantRequest) => Promise<TokenAnswer>

/** `scope` of v2; the `resource` of v1 counts as `{resource}/.default`. */
export function scopeText({ version, form }: Pick<GrantRequest, 'version' | 'form'>): string | undefined {
  const resource = form.get('resource')
  if (version === 1 && resource !== undefined) {
    return [form.get('scope'), `${resource.replace(/\/$/, '')}/.default`].filter(Boolean).join(' ')
  }
  return form.get('scope')
}

/** The part of a request by which its scopes are checked. */
export type ScopeContext = Pick<GrantRequest, 'authority' | 'tenant' | 'origin'>

/** The scope of a delegated request. @throws AadstsError 900144, 28004, 70011, 700022, 500011 */
export function requiredScope(request: ScopeContext & Pick<GrantRequest, 'version' | 'form'>): ScopeRequest {
  const text = scopeText(request) ?? required(request.form, request.version === 1 ? 'resource' : 'scope')
  return readScopes(text, request)
}

/** @throws AadstsError 28004, 70011, 700022, 500011 */
export function readScopes(text: string, context: ScopeContext): ScopeRequest {
  return demandResource(parseScopes(text, hostOf(context.origin)), context)
}

/** @throws AadstsError 500011 for a resource that the directory does not have */
export function demandResource(scope: ScopeRequest, { authority: { directory }, tenant }: ScopeContext): ScopeRequest {
  const { isGraph, resource } = scope
  if (isGraph || directory.knowsResource(resource)) return scope
  const known = directory.applications.map(({ appId }) => `api://${appId}`).join(', ')
  throw aadsts('resourceNotFound', {
    resource,
    tenant: tenant.name,
    reason: `The fixture rejects unknown applications. Beside Graph there are the APIs of registered ones, by appId and identifierUris: ${known}.`
  })
}

/** A confidential client, with secrets or certificates, must authenticate for every grant. @throws AadstsError 7000218 */
export function demandCredential({ client: { client, credential } }: GrantRequest): void {
  const { secrets = [], certificates = [] } = client.registration
  if (credential === 'none' && secrets.length + certificates.length > 0)
    throw aadsts('credentialMissing', { appId: client.appId })
}
