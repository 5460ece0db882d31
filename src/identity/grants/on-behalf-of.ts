import { GRAPH_APP_ID, GRAPH_AUDIENCE, type Claims } from '../claims.js'
import { apiNamesOf, type Client } from '../directory.js'
import { decodeJwt, shown } from '../jwt.js'
import type { Subject } from '../subject.js'
import type { TokenRefusal } from '../token-refusal.js'
import { requiredScope, type Grant, type GrantRequest } from './grant.js'
import { issueForUser } from './issue.js'
import { asGuid } from '../../lib/guid.js'
import { required } from '../form.js'
import { aadsts } from '../aadsts.js'

/** `jwt-bearer` with `requested_token_use=on_behalf_of`: an API exchanges a user's token for one of another API. */
export const onBehalfOf: Grant = async (request) => {
  const { form, client, tenant } = request
  const assertion = required(form, 'assertion')
  if (form.get('requested_token_use') !== 'on_behalf_of') {
    throw aadsts('missingParameter', {
      name: 'requested_token_use',
      reason: 'The on-behalf-of flow sends requested_token_use=on_behalf_of.'
    })
  }
  if (client.credential === 'none') throw aadsts('credentialMissing', { appId: client.client.appId })
  const scope = requiredScope(request)
  const { tenantId, subject } = await verifyAssertion(request, assertion)
  if (tenant.tenantId !== undefined && tenant.tenantId !== tenantId) {
    throw aadsts('assertionInvalid', {
      reason: `The assertion is for the tenant ${tenantId}; the path names ${tenant.tenantId}.`
    })
  }
  return issueForUser(request, { appId: client.client.appId, tenantId, subject, scope })
}

async function verifyAssertion(
  { authority, client: { client } }: GrantRequest,
  assertion: string
): Promise<{ tenantId: string; subject: Subject }> {
  const claims = await verified(assertion, authority)
  const tenantId = asGuid(claims['tid'])
  if (tenantId === undefined)
    throw aadsts('assertionInvalid', { reason: 'The claim tid of the assertion is not a GUID.' })
  const { oid, name, upn, preferred_username: preferred, idtyp, exp, aud } = claims
  const names = apiNamesOf(client.registration)
  if (!(typeof aud === 'string' && names.includes(aud)) && !isUnknownApi(client, aud)) {
    throw aadsts('assertionInvalid', {
      reason: `The claim aud of the assertion is '${shown(aud)}'; a token for this API has ${names.join(' or ')}. Its client asks for the scope api://${client.appId}/access_as_user.`
    })
  }
  if (idtyp === 'app' || typeof oid !== 'string') {
    throw aadsts('assertionInvalid', {
      reason: 'The assertion is not a token of a user; an application token cannot be exchanged.'
    })
  }
  if (typeof exp !== 'number' || authority.now(tenantId) >= exp * 1000) {
    throw aadsts('assertionExpired', {
      reason: 'The claim exp of the assertion has passed by the clock of its tenant.'
    })
  }
  const userPrincipalName = [upn, preferred].find((text) => typeof text === 'string') ?? oid
  const subject = { id: oid, userPrincipalName, displayName: typeof name === 'string' ? name : userPrincipalName }
  return { tenantId, subject }
}

async function verified(assertion: string, { tokens, trustForeignTokens }: GrantRequest['authority']): Promise<Claims> {
  const [key, { verifySignature }] = await Promise.all([tokens.signingKey(), import('../verify-signature.js')])
  try {
    const { header, claims } = decodeJwt(assertion)
    if (!trustForeignTokens) await verifySignature(assertion, header, key)
    return claims
  } catch (error) {
    // Both functions throw nothing else.
    throw aadsts('assertionInvalid', { reason: `The assertion is not accepted. ${(error as TokenRefusal).reason}` })
  }
}

/** The identifier URIs of an unregistered API are unknown, so any audience but Graph's may be one. */
function isUnknownApi({ isRegistered }: Client, audience: unknown): boolean {
  return (
    !isRegistered &&
    typeof audience === 'string' &&
    ![GRAPH_APP_ID, GRAPH_AUDIENCE, `${GRAPH_AUDIENCE}/`].includes(audience)
  )
}
