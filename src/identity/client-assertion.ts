import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import type { Claims } from './claims.js'
import type { Client, TenantName } from './directory.js'
import type { Form } from './form.js'
import { decodeJwt, shown, type DecodedJwt } from './jwt.js'
import type { TokenRefusal } from './token-refusal.js'
import { aadsts } from './aadsts.js'

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const ALGORITHMS = ['RS256', 'PS256']
/** Seconds by which the clocks of client and authority may differ. */
const SKEW = 300

/** The parts of a request by which a client authenticates: form parameters, and HTTP Basic. */
export interface ClientClaim {
  readonly form: Form
  /** `Authorization` of the request. */
  readonly authorization: string | undefined
  readonly tenant: TenantName
  readonly origin: string
}

/**
 * Validates a client assertion (`private_key_jwt`): issuer, subject, audience, lifetime, and the signature by a certificate of
 * the registration. For an unregistered application the certificate is that of the header `x5c`, if there is one.
 *
 * @param now milliseconds since 1970, by the wall clock, because clients date their assertions themselves
 * @throws AadstsError 700027
 */
export async function checkClientAssertion(
  assertion: string,
  client: Client,
  { tenant, origin }: Pick<ClientClaim, 'tenant' | 'origin'>,
  now: number
): Promise<void> {
  const { header, claims } = decode(assertion)
  const { alg } = header
  if (typeof alg !== 'string' || !ALGORITHMS.includes(alg)) {
    throw aadsts('invalidAssertion', {
      reason: `The client_assertion is signed with ${shown(alg)}, not with RS256 or PS256.`
    })
  }
  checkClaims(claims, client.appId, [tenant.name, ...(tenant.tenantId ? [tenant.tenantId] : [])], origin, now / 1000)
  const keys = client.isRegistered ? registeredKeys(client) : sentKeys(header)
  if (client.isRegistered && keys.length === 0) {
    throw aadsts('invalidAssertion', { reason: `The fixture gives '${client.appId}' no certificates.` })
  }
  if (keys.length > 0 && !(await isSignedWithAny(assertion, keys))) {
    throw aadsts('invalidAssertion', {
      reason: 'The signature of the client_assertion does not fit a certificate of the application.'
    })
  }
}

function decode(assertion: string): DecodedJwt {
  try {
    return decodeJwt(assertion)
  } catch (error) {
    // decodeJwt throws nothing else.
    throw aadsts('invalidAssertion', { reason: `The client_assertion is not a JWT. ${(error as TokenRefusal).reason}` })
  }
}

function checkClaims(claims: Claims, appId: string, tenants: readonly string[], origin: string, now: number): void {
  const { iss, sub, aud, exp, nbf = 0 } = claims
  if (!isOf(iss, appId) || !isOf(sub, appId)) {
    throw aadsts('invalidAssertion', {
      reason: `The claims iss and sub of the client_assertion must both be the client id, ${appId}.`
    })
  }
  const audiences = audiencesOf(tenants, origin)
  if (typeof aud !== 'string' || !audiences.includes(aud.toLowerCase().replace(/\/$/, ''))) {
    throw aadsts('invalidAssertion', {
      reason: `The claim aud of the client_assertion must be the token endpoint, ${origin}/${String(tenants[0])}/oauth2/v2.0/token.`
    })
  }
  if (typeof exp !== 'number' || exp + SKEW <= now)
    throw aadsts('invalidAssertion', { reason: 'The client_assertion is expired (claim exp).' })
  if (typeof nbf !== 'number' || nbf - SKEW > now)
    throw aadsts('invalidAssertion', { reason: 'The client_assertion is not yet valid (nbf).' })
}

function isOf(claim: unknown, appId: string): boolean {
  return typeof claim === 'string' && claim.toLowerCase() === appId.toLowerCase()
}

/** Token endpoints and issuers that Entra accepts, with the origin of this server and with Entra's own. */
function audiencesOf(tenants: readonly string[], origin: string): string[] {
  const authorities = [origin, 'https://login.microsoftonline.com'].flatMap((base) =>
    tenants.map((tenant) => `${base}/${tenant}`)
  )
  const forms = authorities.flatMap((base) => [
    `${base}/oauth2/v2.0/token`,
    `${base}/oauth2/token`,
    `${base}/v2.0`,
    base
  ])
  return [...forms, ...tenants.map((tenant) => `https://sts.windows.net/${tenant}`)].map((one) => one.toLowerCase())
}

function registeredKeys({ registration: { certificates = [] } }: Client): KeyObject[] {
  return certificates.map((pem) => createPublicKey(pem))
}

/** @throws AadstsError 700027 for a header x5c that holds no certificate */
function sentKeys({ x5c }: DecodedJwt['header']): KeyObject[] {
  if (x5c === undefined) return []
  const first: unknown = Array.isArray(x5c) ? x5c[0] : x5c
  try {
    return [new X509Certificate(Buffer.from(typeof first === 'string' ? first : '', 'base64')).publicKey]
  } catch {
    throw aadsts('invalidAssertion', { reason: 'The header x5c of the client_assertion holds no certificate.' })
  }
}

async function isSignedWithAny(assertion: string, keys: readonly KeyObject[]): Promise<boolean> {
  const { compactVerify } = await import('jose')
  const attempts = await Promise.allSettled(
    keys.map((key) => compactVerify(assertion, key, { algorithms: ALGORITHMS }))
  )
  return attempts.some(({ status }) => status === 'fulfilled')
}
