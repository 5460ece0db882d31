import { memoized } from '../lib/memoized.js'
import type { Random } from '../lib/random.js'
import { BoundedStore, bytesOf, bytesOfJson } from './bounded-store.js'
import { checkUse, readClaims, type TokenFacts } from './check-claims.js'
import { accessTokenClaims, DEFAULT_LIFETIME, type Claims } from './claims.js'
import { UNKNOWN_APP_NAME } from './directory.js'
import { PERSONAL_TENANT, type Identity } from './identity.js'
import { decodeJwt } from './jwt.js'
import type { SigningKey } from './keys.js'
import type { Subject } from './subject.js'
import { TokenRefusal } from './token-refusal.js'
import type { TokenRequest, TokenResponse } from './token-request.js'
import { asGuid } from '../lib/guid.js'

/** A token over this many characters is refused; header blocks go up to 64 KiB. */
const MAX_TOKEN_LENGTH = 32 * 1024
/** Bytes of verified tokens to remember: some 4000 tokens of Entra's size. */
const REMEMBERED = 16 * 1024 * 1024

export interface AccessTokensOptions {
  readonly defaultTenant: string
  /** Client of tokens that name none. */
  readonly defaultClient: () => { readonly appId: string; readonly displayName: string }
  /** The user of delegated tokens. */
  readonly defaultUser: () => Subject
  /** Named tokens of the fixture: the name itself is the bearer token. */
  readonly named: () => Readonly<Record<string, TokenRequest>>
  /** What a token request without permissions is granted: every permission that an operation needs. */
  readonly everyPermission: () => readonly string[]
  /** Skips the signature only. */
  readonly trustForeignTokens: boolean
  /** A PEM file; without one a key is generated at first use. */
  readonly signingKey: string | undefined
  readonly random: Random
}

/** Characters at the end of a token, of its signature, by which it is looked up: all of it would take long to hash. */
const KEY_LENGTH = 64

/** A token whose signature need not be verified again. */
export interface KnownToken {
  readonly facts: TokenFacts
  /** Whether it is a named token of the fixture, which never expires: its lifetime is counted from each use. */
  readonly isNamed: boolean
}

/** Where and when a token is used. */
export interface TokenUse {
  /** Milliseconds since 1970 on the clock of a tenant. */
  now(tenantId: string): number
  /** The origin that the request came to. */
  origin(): string
}

/** The access tokens of one app: its key, its named tokens, the tokens that it has verified before. */
export class AccessTokens {
  readonly #options: AccessTokensOptions
  readonly #verified = new BoundedStore<{ readonly token: string; readonly known: KnownToken }>(REMEMBERED)
  /** Named tokens by their entry in the fixture; a reloaded fixture has new entries. */
  readonly #named = new WeakMap<TokenRequest, KnownToken>()
  readonly #key: () => Promise<SigningKey>

  constructor(options: AccessTokensOptions) {
    this.#options = options
    this.#key = memoized(() => keyOf(options.signingKey))
  }

  /** @param now milliseconds since 1970 on the clock of a tenant */
  async mint(request: TokenRequest, now: TokenUse['now']): Promise<TokenResponse> {
    const claims = this.#claims(request, now)
    const [key, { mint }] = await Promise.all([this.signingKey(), import('./mint.js')])
    return {
      access_token: await mint(claims, request.signature ?? 'valid', key),
      token_type: 'Bearer',
      expires_in: request.expiresIn ?? DEFAULT_LIFETIME,
      // The request may have replaced or removed the claim.
      tenant_id: asGuid(claims['tid']) ?? this.#tenantOf(request)
    }
  }

  /** A token that was verified before, or is named by the fixture. */
  known(token: string): KnownToken | undefined {
    const verified = this.#verified.get(token.slice(-KEY_LENGTH))
    return verified?.token === token ? verified.known : this.#namedToken(token)
  }

  /** The claims of an accepted token; those of a named token are made for the present moment. */
  claimsOf(token: string, now: TokenUse['now']): Claims {
    const named = this.#namedRequest(token)
    return named ? this.#claims(named, now) : decodeJwt(token).claims
  }

  /** The tenant that a token claims, not verified. @throws TokenRefusal for a token that cannot be decoded */
  claimedTenant(token: string): string | undefined {
    return asGuid(decodeJwt(token).claims['tid'])
  }

  /**
   * The identity of a bearer token: at once for a known token, else after its signature is verified.
   *
   * @param claims the result of {@link signedClaims}, if it was called already
   * @throws TokenRefusal
   */
  verify(
    token: string,
    use: TokenUse,
    known = this.known(token),
    claims?: Promise<Claims>
  ): Identity | Promise<Identity> {
    return known ? checkedIdentity(known, use) : this.#accept(token, claims ?? this.signedClaims(token), use)
  }

  /** The claims of a token, not validated, after its signature is verified. @throws TokenRefusal */
  async signedClaims(token: string): Promise<Claims> {
    if (token.length > MAX_TOKEN_LENGTH) {
      throw new TokenRefusal(
        'Access token validation failure.',
        `The token has ${token.length} characters; msgraph-mock accepts ${String(MAX_TOKEN_LENGTH)} at most.`
      )
    }
    const { header, claims } = decodeJwt(token)
    if (!this.#options.trustForeignTokens) {
      const [key, { verifySignature }] = await Promise.all([this.signingKey(), import('./verify-signature.js')])
      await verifySignature(token, header, key)
    }
    return claims
  }

  /** The signing key, read or generated at the first call. */
  signingKey(): Promise<SigningKey> {
    return this.#key()
  }

  async #accept(token: string, claims: Promise<Claims>, use: TokenUse): Promise<Identity> {
    const known = { facts: readClaims(await claims), isNamed: false }
    const identity = checkedIdentity(known, use)
    // A copy, because a slice would keep the whole header in memory.
    const copy = Buffer.from(token).toString()
    this.#verified.add(copy.slice(-KEY_LENGTH), { token: copy, known }, bytesOf(copy) + bytesOfJson(known.facts))
    return identity
  }

  #namedRequest(name: string): TokenRequest | undefined {
    const named = this.#options.named()
    return Object.hasOwn(named, name) ? named[name] : undefined
  }

  #namedToken(name: string): KnownToken | undefined {
    const request = this.#namedRequest(name)
    if (!request) return undefined
    const token = this.#named.get(request) ?? { facts: readClaims(this.#claims(request, () => 0)), isNamed: true }
    this.#named.set(request, token)
    return token
  }

  #tenantOf({ tenantId = 'default' }: TokenRequest): string {
    return tenantId === 'default' ? this.#options.defaultTenant : tenantId.toLowerCase()
  }

  #claims(request: TokenRequest, now: TokenUse['now']): Record<string, unknown> {
    const { defaultClient, defaultUser, everyPermission, random } = this.#options
    const client = defaultClient()
    const tenantId = this.#tenantOf(request)
    const defaults = {
      tenantId,
      appId: client.appId,
      appName: request.appId === undefined ? client.displayName : UNKNOWN_APP_NAME,
      user: defaultUser(),
      permissions: everyPermission()
    }
    return accessTokenClaims(
      request,
      defaults,
      Math.floor(now(request.kind === 'personal' ? PERSONAL_TENANT : tenantId) / 1000),
      random.uuid()
    )
  }
}

async function keyOf(file: string | undefined): Promise<SigningKey> {
  const { generateSigningKey, readSigningKey } = await import('./keys.js')
  return file === undefined ? generateSigningKey() : readSigningKey(file)
}

function checkedIdentity({ facts, isNamed }: KnownToken, use: TokenUse): Identity {
  const now = use.now(facts.identity.tenantId)
  checkUse(isNamed ? mintedAt(facts, now / 1000) : facts, now, () => use.origin())
  return facts.identity
}

/** @param seconds since 1970 */
function mintedAt(facts: TokenFacts, seconds: number): TokenFacts {
  return { ...facts, notBefore: seconds + facts.notBefore, expires: seconds + facts.expires }
}
