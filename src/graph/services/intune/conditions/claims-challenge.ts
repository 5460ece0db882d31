import { challenge, GraphError } from '../../../errors.js'
import type { Condition } from './condition.js'
import { conditionSetting } from './setting.js'

/** Answers the challenge once, and removes the condition: a client shall get a new token and repeat the request. */
export const claimsChallenge: Condition = {
  behaviour:
    'Continuous access evaluation: one 401 whose `WWW-Authenticate` carries `error="insufficient_claims"` and `claims`, then well',
  evidence: 'documented',
  source: 'Entra, claims challenges; message observed in msgraph-sdk-java#2355',
  refuse({ tenant }, _operation, origin) {
    conditionSetting.update(tenant, () => ({ condition: null }))
    const claims = encodeClaims(Math.floor(tenant.now() / 1000))
    return new GraphError({
      status: 401,
      code: 'InvalidAuthenticationToken',
      message:
        'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies',
      reason:
        'The condition of this tenant was claimsChallenge. Get a new token with the claims of WWW-Authenticate, and repeat the request; this answer comes only once.',
      headers: { 'www-authenticate': `${challenge(origin())}, error="insufficient_claims", claims="${claims}"` }
    })
  }
}

/**
 * The claims request in base64. Trailing spaces make the number of bytes divisible by three: then base64 and base64url, with
 * and without padding, are the same, and every client can decode it.
 */
function encodeClaims(notBefore: number): string {
  const json = JSON.stringify({ access_token: { nbf: { essential: true, value: String(notBefore) } } })
  return Buffer.from(json.padEnd(Math.ceil(json.length / 3) * 3)).toString('base64')
}
