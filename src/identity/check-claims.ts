import { claimMistake } from '../faults/check-rule.js'
import type { FaultRule } from '../faults/rule.js'
import { asGuid, stableGuid } from '../lib/guid.js'
import { GRAPH_AUDIENCE, type Claims } from './claims.js'
import { PERSONAL_TENANT, type Identity } from './identity.js'
import { TokenRefusal } from './token-refusal.js'

const FAILURE = 'Access token validation failure.'
const GRAPH_AUDIENCES = new Set([GRAPH_AUDIENCE, `${GRAPH_AUDIENCE}/`, '00000003-0000-0000-c000-000000000000'])

/** The claims of a token, read. Whether they are valid depends on when and where the token is used. */
export interface TokenFacts {
  readonly identity: Identity
  /** Seconds since 1970. */
  readonly notBefore: number
  /** Seconds since 1970. */
  readonly expires: number
  readonly audience: string
  readonly issuer: string
  /** Whether audience and issuer are those of Graph and Entra, so that the origin of the request does not matter. */
  readonly isIssuedByMicrosoft: boolean
}

/**
 * Reads the claims of a token.
 *
 * @throws TokenRefusal for a claim `tid`, `exp` or `nbf` that no token of Entra has (texts assumed)
 */
export function readClaims(claims: Claims): TokenFacts {
  const tenantId = asGuid(claims['tid'])
  if (tenantId === undefined) throw new TokenRefusal(FAILURE, 'The claim tid is no GUID; it names the tenant.')
  const { exp, nbf = 0, aud, iss } = claims
  if (!isNumericDate(exp) || !isNumericDate(nbf)) {
    throw new TokenRefusal(FAILURE, 'The claims exp and nbf are numbers of seconds since 1970; exp is required.')
  }
  const audience = typeof aud === 'string' ? aud : ''
  const issuer = typeof iss === 'string' ? iss : ''
  return {
    identity: identityOf(claims, tenantId),
    notBefore: nbf,
    expires: exp,
    audience,
    issuer,
    isIssuedByMicrosoft: GRAPH_AUDIENCES.has(audience) && entraIssuers(tenantId).includes(issuer)
  }
}

/**
 * Validates lifetime, issuer and audience of a token.
 *
 * @param now milliseconds since 1970
 * @param origin the origin that the request came to, itself an accepted audience and the host of an accepted issuer
 * @throws TokenRefusal in the words of 2025 for an expired token (captured, mail-archiver#267) and for a wrong audience
 *   (captured, microsoft-graph-docs#16208); assumed for a wrong issuer and a token of the future
 */
export function checkUse(facts: TokenFacts, now: number, origin: () => string): void {
  if (!facts.isIssuedByMicrosoft) checkOrigin(facts, origin())
  if (now >= facts.expires * 1000) {
    const ago = Math.floor(now / 1000 - facts.expires)
    throw new TokenRefusal(
      'Lifetime validation failed, the token is expired.',
      `The token expired ${ago} s ago. Take a new one.`
    )
  }
  if (now < facts.notBefore * 1000) {
    const ahead = Math.ceil(facts.notBefore - now / 1000)
    throw new TokenRefusal(FAILURE, `The token is valid only in ${ahead} s (claim nbf).`)
  }
}

function checkOrigin({ audience, issuer, identity: { tenantId } }: TokenFacts, origin: string): void {
  const issuers = [...entraIssuers(tenantId), `${origin}/${tenantId}/v2.0`]
  if (!issuers.includes(issuer)) {
    throw new TokenRefusal(FAILURE, `The claim iss is '${issuer}'; with this tid it must be ${issuers.join(' or ')}.`)
  }
  const audiences = [...GRAPH_AUDIENCES, origin, `${origin}/`]
  if (!audiences.includes(audience)) {
    throw new TokenRefusal(
      'Access token validation failure. Invalid audience.',
      `The claim aud is '${audience}'; it must be ${audiences.join(' or ')}.`
    )
  }
}

/** Graph's own tokens are v1, from sts.windows.net; v2 ones name the authority (both captured). */
function entraIssuers(tenantId: string): string[] {
  return [`https://sts.windows.net/${tenantId}/`, `https://login.microsoftonline.com/${tenantId}/v2.0`]
}

/** @throws TokenRefusal where the claim does not hold valid rules, which only a token that others made can have */
function faultRulesOf(claim: unknown): readonly FaultRule[] {
  const mistake = claimMistake(claim)
  if (mistake !== undefined) throw new TokenRefusal(FAILURE, `The claim mock_faults is wrong: ${mistake}.`)
  return claim as readonly FaultRule[]
}

function isNumericDate(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function identityOf(claims: Claims, tenantId: string): Identity {
  const { scp, roles, idtyp, appid, azp, mock_faults: faults } = claims
  const isApplication = idtyp === 'app' || (idtyp === undefined && scp === undefined)
  const granted = isApplication ? roles : typeof scp === 'string' ? scp.split(' ') : []
  return {
    tenantId,
    kind: tenantId === PERSONAL_TENANT ? 'personal' : isApplication ? 'application' : 'delegated',
    permissions: Array.isArray(granted) ? granted.filter((name) => typeof name === 'string' && name !== '') : [],
    appId: typeof appid === 'string' ? appid : typeof azp === 'string' ? azp : undefined,
    ...(faults !== undefined && { faults: { key: stableGuid(JSON.stringify(claims)), rules: faultRulesOf(faults) } })
  }
}
