import { aadsts, AadstsError } from '../identity/aadsts.js'
import {
  readAuthorizationRequest,
  responseModeOf,
  type AuthorizationRequest
} from '../identity/authorization-request.js'
import type { Authority } from '../identity/authority.js'
import { findClient } from '../identity/client-authentication.js'
import type { User } from '../identity/directory-schema.js'
import { clientInfo } from '../identity/id-token.js'
import { required, type Form } from '../identity/form.js'
import { checkRedirectUri } from '../identity/redirect-uri.js'
import { subjectOf } from '../identity/subject.js'
import { pathOf } from '../http/request-path.js'
import { encodeReason, REASON_HEADER } from '../http/reason-header.js'
import { sendAuthorizationResponse } from './authorization-response.js'
import { consentPage } from './consent-page.js'
import { aadstsRefusal, logRefusal } from './error-response.js'
import { formOf, queryFormOf } from './form.js'
import { sendPage, type Page } from './page.js'
import type { Handler } from './handler.js'
import { nowAt, tenantOf, versionOf } from './tenant.js'

/** Milliseconds (documented: about ten minutes). */
const CODE_LIFETIME = 10 * 60 * 1000

/**
 * `/{tenant}/oauth2/v2.0/authorize`. Until client and redirect URI are checked, a refusal is a page; after that it goes to
 * the redirect URI.
 */
export const authorize: Handler = async (mock, request, reply, log) => {
  const form = request.method === 'POST' ? formOf(request) : queryFormOf(request)
  const tenant = tenantOf(request, mock.directory)
  const authority = await mock.authority()
  const client = findClient(authority, required(form, 'client_id'), tenant)
  const redirectUri = checkRedirectUri(client, form.get('redirect_uri'))
  const target = { redirectUri, mode: responseModeOf(form), state: form.get('state') }
  const origin = mock.origin(request)
  let answer: Record<string, string> = {}
  let page: Page | undefined
  try {
    const version = versionOf(request)
    const asked = readAuthorizationRequest({ authority, form, origin, version }, { client, tenant, redirectUri })
    const user = signedInUser(authority, asked, form)
    if (user) answer = grantCode(authority, asked, user)
    else page = consentPage(asked, form, authority.directory.users, pathOf(request))
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error
    const { error: name, error_description, error_uri } = aadstsRefusal(error, request, origin, nowAt(mock, request))
    void reply.header(REASON_HEADER, encodeReason(error.reason))
    logRefusal(log, error, error, request, 302)
    answer = { error: name, error_description, error_uri }
  }
  return page ? sendPage(reply, page) : sendAuthorizationResponse(reply, target, answer)
}

/**
 * The user who signs in: the one picked on the page, or the one that `login_hint` names, as if already signed in.
 *
 * @returns `undefined` when the page must ask
 * @throws AadstsError 65004, 50058
 */
function signedInUser({ directory }: Authority, asked: AuthorizationRequest, form: Form): User | undefined {
  const { prompt, loginHint } = asked
  const decision = form.get('mock_decision')
  if (decision === 'cancel') throw aadsts('userDeclined', {})
  if (decision === 'accept') {
    const picked = directory.user(form.get('mock_user') ?? '')
    if (!picked) throw aadsts('malformedRequest', { reason: 'mock_user must name a user of the fixture.' })
    return picked
  }
  const hinted = loginHint === undefined ? undefined : directory.user(loginHint)
  if (hinted && (prompt === undefined || prompt === 'none')) return hinted
  if (prompt !== 'none') return undefined
  throw aadsts('loginRequired', {
    reason: `prompt=none shows no page, so login_hint must name a user of the fixture: ${directory.userNames().join(', ')}.`
  })
}

function grantCode(authority: Authority, asked: AuthorizationRequest, user: User): Record<string, string> {
  const { client, tenant, redirectUri, scope, challenge, nonce, wantsClientInfo } = asked
  const tenantId = tenant.tenantId ?? authority.directory.homeTenant(user)
  const grant = { appId: client.appId, tenantId, subject: subjectOf(user), scope, redirectUri, challenge, nonce }
  return {
    code: authority.codes.add(grant, authority.now(tenantId) + CODE_LIFETIME),
    ...(wantsClientInfo && { client_info: clientInfo(grant) }),
    session_state: authority.random.uuid()
  }
}
