import { LruMap } from 'toad-cache'
import type { Random } from '../random.js'
import { checkUse, readClaims, type TokenFacts } from './check-claims.js'
import { accessTokenClaims, DEFAULT_LIFETIME } from './claims.js'
import { UNKNOWN_APP_NAME } from './directory.js'
import { PERSONAL_TENANT, type Identity } from './identity.js'
import { decodeJwt } from './jwt.js'
import type { SigningKey } from './keys.js'
import type { Subject } from './subject.js'
import { TokenRefusal } from './token-refusal.js'
import type { TokenRequest, TokenResponse } from './token-request.js'

/** A token over this many characters is refused (design: header blocks go up to 64 KiB). */
const MAX_TOKEN_LENGTH = 32 * 1024
/** Verified tokens that are remembered, the least recently used forgotten first. */
const REMEMBERED_TOKENS = 4096

export interface AccessTokensOptions {
  readonly defaultTenant: string
  /** Client of tokens that name none. */
  readonly defaultClient: () => { readonly appId: string; readonly displayName: string }
  /** Whom delegated tokens speak for. */
  readonly defaultUser: () => Subject
  /** Tokens of the fixture, by name: they work as they stand. */
  readonly named: () => Readonly<Record<string, TokenRequest>>
  /** What a request is granted that names no permissions: every one that a route declares. */
  readonly everyPermission: () => readonly string[]
  /** Skips the signature only. */
  readonly trustForeignTokens: boolean
  /** A PEM file; without one a key is made when first needed. */
  readonly signingKey: string | undefined
  readonly random: Random
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
  readonly #verified = new LruMap<TokenFacts>(REMEMBERED_TOKENS)
  /** By what the fixture says of a named token: an edited fixture says it anew. */
  readonly #named = new WeakMap<TokenRequest, { facts: TokenFacts; lifetime: number }>()
  #key: Promise<SigningKey> | undefined

  constructor(options: AccessTokensOptions) {
    this.#options = options
  }

  /** @param now milliseconds since 1970 on the clock of a tenant */
  async mint(request: TokenRequest, now: TokenUse['now']): Promise<TokenResponse> {
    const claims = this.#claims(request, now)
    const [key, { mint }] = await Promise.all([this.signingKey(), import('./mint.js')])
    return {
      access_token: await mint(claims, request.signature ?? 'valid', key),
      token_type: 'Bearer',
      expires_in: request.expiresIn ?? DEFAULT_LIFETIME,
      tenant_id: String(claims['tid'])
    }
  }

  /**
   * Whom a bearer token speaks for: at once for a token known already, else after its signature is verified.
   *
   * @throws TokenRefusal
   */
  verify(token: string, use: TokenUse): Identity | Promise<Identity> {
    const facts = this.#verified.get(token) ?? this.#namedFacts(token, use)
    return facts ? used(facts, use) : this.#verifyUnknown(token, use)
  }

  /** The key that signs, read or made at the first call. */
  signingKey(): Promise<SigningKey> {
    this.#key ??= import('./keys.js').then((keys) =>
      this.#options.signingKey === undefined ? keys.generateSigningKey() : keys.readSigningKey(this.#options.signingKey)
    )
    return this.#key
  }

  async #verifyUnknown(token: string, use: TokenUse): Promise<Identity> {
    if (token.length > MAX_TOKEN_LENGTH) {
      throw new TokenRefusal(
        'Access token validation failure.',
        `The token has ${token.length} characters; msgraph-mock takes ${String(MAX_TOKEN_LENGTH)}.`
      )
    }
    const { header, claims } = decodeJwt(token)
    if (!this.#options.trustForeignTokens) {
      const [key, { verifySignature }] = await Promise.all([this.signingKey(), import('./verify-signature.js')])
      await verifySignature(token, header, key)
    }
    const facts = readClaims(claims)
    const identity = used(facts, use)
    this.#verified.set(token, facts)
    return identity
  }

  /** A named token is minted anew at each use, so to speak: it never grows old. */
  #namedFacts(name: string, use: TokenUse): TokenFacts | undefined {
    const named = this.#options.named()
    const request = Object.hasOwn(named, name) ? named[name] : undefined
    if (!request) return undefined
    let known = this.#named.get(request)
    if (!known) {
      const facts = readClaims(this.#claims(request, () => 0))
      known = { facts, lifetime: facts.expires }
      this.#named.set(request, known)
    }
    const now = use.now(known.facts.identity.tenantId) / 1000
    return { ...known.facts, notBefore: now + known.facts.notBefore, expires: now + known.lifetime }
  }

  #claims(request: TokenRequest, now: TokenUse['now']): Record<string, unknown> {
    const { defaultTenant, defaultClient, defaultUser, everyPermission, random } = this.#options
    const client = defaultClient()
    const { tenantId: named = 'default' } = request
    const tenantId = named === 'default' ? defaultTenant : named.toLowerCase()
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

function used(facts: TokenFacts, use: TokenUse): Identity {
  checkUse(facts, use.now(facts.identity.tenantId), () => use.origin())
  return facts.identity
}
