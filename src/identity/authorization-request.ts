import type { Client, TenantName } from './directory.js'
import { readScopes, requiredScope, type GrantRequest } from './grants/grant.js'
import { required, type Form } from './form.js'
import { readChallenge, type CodeChallenge } from './pkce.js'
import { grantedScopes, type ScopeRequest } from './scopes.js'
import { aadsts } from './aadsts.js'

export type ResponseMode = 'query' | 'fragment' | 'form_post'
const RESPONSE_MODES: readonly string[] = ['query', 'fragment', 'form_post'] satisfies ResponseMode[]
const PROMPTS = ['none', 'login', 'select_account', 'consent', 'create']

/** A valid authorization request. Its client and its redirect URI are checked before the rest is read. */
export interface AuthorizationRequest {
  readonly client: Client
  readonly tenant: TenantName
  readonly redirectUri: string
  readonly scope: ScopeRequest
  /** What the user is asked to consent to. */
  readonly permissions: readonly string[]
  readonly challenge: CodeChallenge | undefined
  readonly nonce: string | undefined
  readonly prompt: string | undefined
  readonly loginHint: string | undefined
  readonly wantsClientInfo: boolean
}

/** How the answer goes to the redirect URI: `query` where the request names no mode, or an unknown one. */
export function responseModeOf(form: Form): ResponseMode {
  const mode = form.get('response_mode') ?? 'query'
  return RESPONSE_MODES.includes(mode) ? (mode as ResponseMode) : 'query'
}

/**
 * @throws AadstsError 900144, 700054, 9002313, 28004, 70011, 700022, 500011, 501491, 50149, 65001: all answered at the
 *   redirect URI
 */
export function readAuthorizationRequest(
  request: Pick<GrantRequest, 'authority' | 'form' | 'origin' | 'version'>,
  known: Pick<AuthorizationRequest, 'client' | 'tenant' | 'redirectUri'>
): AuthorizationRequest {
  const { form, version } = request
  const context = { ...request, tenant: known.tenant }
  const responseType = required(form, 'response_type')
  if (responseType !== 'code') throw aadsts('unsupportedResponseType', { responseType })
  const mode = form.get('response_mode') ?? 'query'
  if (!RESPONSE_MODES.includes(mode))
    throw aadsts('malformedRequest', {
      reason: `response_mode is one of ${RESPONSE_MODES.join(', ')}; it is '${mode}'.`
    })
  const prompt = form.get('prompt')
  if (prompt !== undefined && !PROMPTS.includes(prompt)) {
    throw aadsts('malformedRequest', { reason: `prompt is one of ${PROMPTS.join(', ')}; it is '${prompt}'.` })
  }
  // In v1 the resource may be named at the token endpoint instead.
  const scope =
    version === 1 && !form.has('resource') ? readScopes(form.get('scope') ?? '', context) : requiredScope(context)
  return {
    ...known,
    scope,
    // A user cannot consent to a permission that the registered application does not have.
    permissions: grantedScopes(known.client, scope, 'interaction_required'),
    challenge: readChallenge(form.get('code_challenge'), form.get('code_challenge_method')),
    nonce: form.get('nonce'),
    prompt,
    loginHint: form.get('login_hint'),
    wantsClientInfo: form.get('client_info') === '1'
  }
}
