import type { Random } from '../lib/random.js'
import type { AccessTokens } from './access-tokens.js'
import type { Directory } from './directory.js'
import { DeviceCodes } from './device-codes.js'
import { GrantStore } from './grant-store.js'
import type { CodeChallenge } from './pkce.js'
import type { ScopeRequest } from './scopes.js'
import type { Subject } from './subject.js'
import type { TokenRequest, TokenResponse } from './token-request.js'

/** What a user granted an application: the meaning of a code or a refresh token. */
export interface UserGrant {
  /** Client id of the application. */
  readonly appId: string
  readonly tenantId: string
  readonly subject: Subject
  readonly scope: ScopeRequest
}

export interface CodeGrant extends UserGrant {
  readonly redirectUri: string
  readonly challenge: CodeChallenge | undefined
  readonly nonce: string | undefined
}

export interface AuthorityParts {
  readonly directory: Directory
  readonly tokens: AccessTokens
  readonly random: Random
  /** Accepts assertions of the on-behalf-of flow without verifying their signature. */
  readonly trustForeignTokens: boolean
  mintToken(request: TokenRequest): Promise<TokenResponse>
  /** Milliseconds since 1970 on the clock of a tenant. */
  now(tenantId: string): number
  /** Milliseconds since 1970 on the wall clock, by which clients date their assertions. */
  clientNow(): number
}

/** The state of Entra for one app: its directory, its grants, and how to mint tokens. */
export interface Authority extends AuthorityParts {
  /** A code is kept after its use, so that a second use can be told from an unknown code. */
  readonly codes: GrantStore<CodeGrant, 'redeemed'>
  readonly refreshTokens: GrantStore<UserGrant>
  readonly deviceCodes: DeviceCodes
}

export function createAuthority(parts: AuthorityParts): Authority {
  const { random } = parts
  return {
    ...parts,
    codes: new GrantStore(random, '1.'),
    refreshTokens: new GrantStore(random, '0.'),
    deviceCodes: new DeviceCodes(random)
  }
}
