import { createHash } from 'node:crypto'
import { aadsts } from './aadsts.js'

/** The challenge of an authorization request (Proof Key for Code Exchange, RFC 7636). */
export interface CodeChallenge {
  readonly challenge: string
  readonly method: 'S256' | 'plain'
}

/** @throws AadstsError 501491, 50149 */
export function readChallenge(challenge: string | undefined, method = 'plain'): CodeChallenge | undefined {
  if (challenge === undefined) return undefined
  if (challenge.length < 43 || challenge.length > 128) throw aadsts('pkceChallengeSize', { length: challenge.length })
  if (method !== 'S256' && method !== 'plain') throw aadsts('pkceMethod', { method })
  return { challenge, method }
}

/** @throws AadstsError 501481 */
export function checkVerifier(asked: CodeChallenge | undefined, verifier: string | undefined): void {
  if (asked === undefined && verifier === undefined) return
  if (asked === undefined)
    throw aadsts('pkceMismatch', {
      reason: 'There is a code_verifier, but the code was requested without code_challenge.'
    })
  if (verifier === undefined)
    throw aadsts('pkceMismatch', { reason: 'The code was requested with a code_challenge; send its code_verifier.' })
  const derived = asked.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
  if (derived !== asked.challenge)
    throw aadsts('pkceMismatch', { reason: `The code_verifier does not give the code_challenge (${asked.method}).` })
}
