// The published declarations. They use no types of dependencies, so they are written by hand; test/api/api.test.ts checks
// that they equal the schemas that the server validates with.

import type { GraphMockClock } from './clock.js'
import type { GraphMockFaults } from './faults.js'
import type { GraphMockFixture } from './fixture.js'
import type {
  GraphMockSnapshot,
  GraphMockState,
  GraphMockStateOverrides,
  GraphMockStatePatch,
  GraphMockTenantDocument
} from './tenant.js'
import type { TokenOptions } from './token.js'

export type * from './clock.js'
export type * from './faults.js'
export type * from './fixture.js'
export type * from './tenant.js'
export type * from './token.js'

/** Options of {@link startGraphMock}; each is also a flag and a variable of the command line. */
export interface GraphMockOptions {
  /** Address to listen on. Default: `127.0.0.1`. */
  host?: string
  /** Port to listen on. Default: `0`, a free one (the command line takes 8365). */
  port?: number
  /** Whose behaviour: the API page to the letter (`documented`, default), or the live service as captured. */
  profile?: 'documented' | 'observed'
  /** A fixture, or the file of one: tenants and named tokens to start with. */
  fixtures?: string | GraphMockFixture
  /** Reload the file of `fixtures` when it is edited, for tenants not used yet. Default: `false`. */
  watch?: boolean
  /** Origin that clients use, where it differs from what they send as `Host`. */
  publicUrl?: string
  /** Speak https as well, on the same port (`auto`, default). */
  tls?: 'auto' | 'off'
  /** File of a certificate (PEM, with its chain) to use instead of generated ones. */
  tlsCert?: string
  /** File of its private key (PEM). */
  tlsKey?: string
  /** Host names and IP addresses that get a certificate, beside local ones. */
  tlsName?: string[]
  /** Directory that keeps the certificate authority. Default: it lives in memory. */
  caDir?: string
  /** Accept tokens signed by others (a real tenant's). Skips the signature only. */
  trustForeignTokens?: boolean
  /** File of an RSA private key (PEM) that signs tokens. Default: a new key for each server. */
  signingKey?: string
  /** Host names by which `/_mock` may be called, beside local ones. */
  allowedHost?: string[]
  /** Whether `/_mock` answers (`on`, default); `off` leaves `/_mock/health` alone. */
  control?: 'on' | 'off'
  /** Bearer token that `/_mock` wants, but for `/_mock/health`. Default: none. */
  controlToken?: string
  /** Requests of each tenant that the journal keeps; 0 turns it off. Default: 1000. */
  journalSize?: number
  /** Least level that is logged, to standard error. Default: `warn`. */
  logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** Seed of every random choice, to repeat a run. */
  seed?: number
  /** File to write the ready line to, once the server answers. */
  readyFile?: string
}

/** A request that the mock received, with `[redacted]` in place of secrets. */
export interface JournalledRequest {
  /** The `request-id`. */
  id: string
  /** Number in the order of arrival, over all tenants. */
  sequence: number
  /** When it arrived, by the tenant's clock, which the dates of its answer follow; ISO 8601. */
  receivedAt: string
  /** The same by the clock of the machine. */
  wallTime: string
  /** The `tid` that its token claims, also where it is refused; null without one. */
  tenantId: string | null
  /** Whether the signature of its token did not verify, so that `tenantId` is only a claim. */
  unverified: boolean
  /** Graph, or the authority of Entra. */
  surface: 'graph' | 'authority'
  method: string
  /** As it was sent, without query. */
  path: string
  /** By decoded name; a list where a name was sent more than once. */
  query: Record<string, string | string[]>
  /** By lower-case name. */
  headers: Record<string, string>
  /** JSON; the parameters of a form; the text of what is neither, or is over 64 KiB; null for none. */
  body: unknown
  /** The batch that it belongs to: the `request-id` of the batch, and its own id in it. */
  batch?: { batchId: string; id: string }
  /** What was answered, secrets redacted; null as long as nothing was. */
  answer: {
    /** By lower-case name, without those that HTTP itself demands. */
    headers: Record<string, string>
    /** JSON, or the text of what is not or is over 64 KiB; null for none. What Entra answers is withheld. */
    body: unknown
  } | null
  /** `disconnected` before the answer was out; or the fault that broke the connection. */
  outcome: 'pending' | 'answered' | 'disconnected' | 'reset' | 'empty' | 'truncate' | 'hang'
  /** null as long as there is none. */
  status: number | null
  /** Of the error: `error.code` of Graph, AADSTS number of the authority. */
  code: string | null
  /** Why it was refused, as `x-mock-reason` says it. */
  reason: string | null
  /** Whether Graph may have the path, and the mock lacks it. */
  unmatched: boolean
  /** `modelled`: the answer was made from published types and by the rules of OData, see `x-mock-evidence`; else null. */
  evidence: 'modelled' | null
  /** The fault that was injected into it. */
  fault?: {
    scope: 'all' | 'tenant' | 'token'
    id: number
    effect: 'respond' | 'delay' | 'reset' | 'empty' | 'truncate' | 'hang'
  }
  /** Milliseconds until it was completed; null until then. */
  durationMs: number | null
}

/** Which requests to list. A member that is left out matches all. */
export interface RequestFilter {
  /** In any case. */
  method?: string
  /** Whole path, in any case, without query; `*` stands for any characters. */
  path?: string
  status?: number
  /**
   * Requests whose token has a signature that did not verify, or all others. Default: of a tenant all others, because its
   * `tenantId` is only a claim; of all tenants both.
   */
  unverified?: boolean
  /** At most so many, the newest. */
  limit?: number
}

/** Which requests to wait for. A member that is left out matches all. */
export interface RequestMatch extends Omit<RequestFilter, 'limit'> {
  /** Part of the body: members of objects at any depth, arrays element by element, equal scalars. */
  body?: unknown
}

/** How long to wait, and for how many requests. */
export interface WaitOptions {
  /** How many must be completed, including those in the journal already. Default: 1. */
  count?: number
  /** ISO 8601 duration in real time, at most `PT10M`. Default: `PT5S`. */
  timeout?: string
}

/** The journal of one tenant or of all. It keeps the newest requests, see `journalSize`. */
export interface GraphMockRequests {
  /** Newest last. */
  list(filter?: RequestFilter): readonly JournalledRequest[]
  count(filter?: Omit<RequestFilter, 'limit'>): number
  /** Calls of Graph paths that the mock lacks. */
  unmatched(): readonly JournalledRequest[]
  /** How many requests the journal has dropped, because it is bounded. */
  dropped(): number
  clear(): void
  /**
   * Waits until enough matching requests are completed, and resolves to them. At most 100 waits may be open at once for the
   * same tenant, and 1000 in all.
   *
   * @throws Error when the time is up: its message lists the nearest misses, each with why it did not match
   * @throws TypeError naming the member that is wrong
   */
  waitFor(match: RequestMatch, options?: WaitOptions): Promise<readonly JournalledRequest[]>
}

/**
 * One tenant: a sandbox that shares nothing with others.
 *
 * A tenant may take 16 MiB of memory, and all tenants together 64 MiB, enough for some 130,000 with nothing but a state; the
 * state and the fault rules of one take at most 1 MiB of JSON. A change that would go over a limit throws a RangeError and
 * changes nothing; `forget` and `dropSnapshot` free memory.
 */
export interface GraphMockTenant {
  /** Its GUID, the `tid` of its tokens. */
  readonly id: string
  /** Mints an access token for this tenant, to send after `Bearer `. */
  token(options?: Omit<TokenOptions, 'tenantId'>): Promise<string>
  readonly clock: GraphMockClock
  /** Fault rules for its requests. */
  readonly faults: GraphMockFaults
  /** The requests with its tokens. */
  readonly requests: GraphMockRequests
  /** The state at the present moment of its clock. */
  state(): GraphMockState
  /** Members that are left out become as in the fixture. @throws TypeError naming the wrong member; nothing has changed then */
  setState(state: GraphMockStateOverrides): GraphMockState
  /** A JSON Merge Patch (RFC 7396). @throws TypeError naming the wrong member; nothing has changed then */
  patchState(patch: GraphMockStatePatch): GraphMockState
  /**
   * Keeps state, clock and faults under a name (letters, digits, `.`, `_`, `~`, `-`), and replaces an older snapshot of that
   * name. A tenant has at most 100; a reset keeps them.
   *
   * @throws RangeError for the 101st
   */
  snapshot(name: string): GraphMockSnapshot
  /**
   * Restores them, as often as you like. A clock that was frozen shows the instant of the snapshot; one that was running has
   * its offset of then, so a sync that would have ended since has ended. Throttling starts to count from zero.
   *
   * @throws RangeError if there is no snapshot of that name
   */
  restore(name: string): void
  snapshots(): GraphMockSnapshot[]
  /** Does nothing if the name is unknown. */
  dropSnapshot(name: string): void
  /** The whole tenant as one document, which `import` takes, and `tenants` of a fixture. */
  export(): GraphMockTenantDocument
  /** Replaces the whole tenant. @throws TypeError naming the wrong member; nothing has changed then */
  import(document: GraphMockTenantDocument): void
  /** Back to the fixture, as if it had never been used; snapshots stay. */
  reset(): void
  /** Frees its memory. When it is used again, it is as in the fixture. */
  forget(): void
}

/** A running server. */
export interface GraphMock {
  /** Origin to point clients at, such as `http://127.0.0.1:49152`. */
  readonly url: string
  /** The same by https, for clients that refuse plain http; null with `tls: 'off'`. */
  readonly httpsUrl: string | null
  /** Entra's authority of the default tenant; null with `tls: 'off'`. */
  readonly authority: string | null
  /** The default tenant: that of tokens that name none. */
  readonly tenantId: string
  /** Seed of every random choice; pass it to `startGraphMock` to repeat the run. */
  readonly seed: number
  /** Fault rules for the requests of all tenants, applied before the token is looked at. */
  readonly faults: GraphMockFaults
  /** The requests of all tenants, and those without one. */
  readonly requests: GraphMockRequests
  /** A fresh tenant, or the one with this GUID. The same seed gives the same GUIDs in the same order. */
  tenant(id?: string): GraphMockTenant
  /**
   * The Fetch API without sockets, to call or to pass to a Graph SDK. It takes URLs of the mock itself, of
   * `graph.microsoft.com` and of `login.microsoftonline.com`, or a path; nothing leaves the process. It rejects as Node's
   * `fetch` does: a broken connection is a `TypeError` whose `cause` has a `code`.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** The certificate authority that clients must trust for https, in PEM. Generated at first use. */
  caCertificate(): Promise<string>
  /** Resets all tenants to the fixture. */
  reset(): void
  /** Lets requests in flight end and frees the port. Calling it again does nothing more. */
  close(): Promise<void>
  /** `await using mock = await startGraphMock()` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void>
}
