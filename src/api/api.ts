// The published declarations. They stand alone, without the types of any dependency, so they are written out here;
// test/api/api.test.ts holds them equal to the schemas by which the server checks.

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
  /** Take in the file of `fixtures` when it is edited, for tenants not used yet. Default: `false`. */
  watch?: boolean
  /** Origin that clients use, where it differs from what they send as `Host`. */
  publicUrl?: string
  /** Speak https as well, on the same port (`auto`, default). */
  tls?: 'auto' | 'off'
  /** File of a certificate (PEM, with its chain) to show instead of own ones. */
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

/** A request that the mock was sent. Secrets stand as `[redacted]`. */
export interface JournalledRequest {
  /** The `request-id`. */
  id: string
  /** Number in the order of arrival, over all tenants. */
  sequence: number
  /** When it came, by the tenant's clock, which the dates of its answer follow; ISO 8601. */
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
  /** The batch that it came in: the `request-id` of that, and its own id there. */
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
  /** The fault that befell it. */
  fault?: {
    scope: 'all' | 'tenant' | 'token'
    id: number
    effect: 'respond' | 'delay' | 'reset' | 'empty' | 'truncate' | 'hang'
  }
  /** Milliseconds until it was over. */
  durationMs: number | null
}

/** Which requests to list. Members that are left out fit all. */
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
  /** At most so many, the youngest. */
  limit?: number
}

/** Which requests to wait for. Members that are left out fit all. */
export interface RequestMatch extends Omit<RequestFilter, 'limit'> {
  /** Part of the body: members of objects at any depth, arrays element by element, equal scalars. */
  body?: unknown
}

/** How long to wait, and for how many requests. */
export interface WaitOptions {
  /** How many must be over, those in the journal counted. Default: 1. */
  count?: number
  /** ISO 8601 duration in real time, at most `PT10M`. Default: `PT5S`. */
  timeout?: string
}

/** What was called, of one tenant or of all. It keeps the youngest requests, see `journalSize`. */
export interface GraphMockRequests {
  /** Newest last. */
  list(filter?: RequestFilter): readonly JournalledRequest[]
  count(filter?: Omit<RequestFilter, 'limit'>): number
  /** Calls of Graph paths that the mock lacks. */
  unmatched(): readonly JournalledRequest[]
  /** How many requests the journal no longer has, because it is bounded. */
  dropped(): number
  clear(): void
  /**
   * Waits until enough requests that match are over, and gives them. At most 100 may wait at once for the same tenant, and
   * 1000 in all.
   *
   * @throws Error when the time is up: its message tells the nearest misses, each with why it did not match
   * @throws TypeError naming the member that is wrong
   */
  waitFor(match: RequestMatch, options?: WaitOptions): Promise<readonly JournalledRequest[]>
}

/**
 * One sandbox: what happens in it is seen in no other.
 *
 * A tenant holds at most 16 MiB, and all of them together 64 MiB, which is room for some 130,000 that hold no more than a
 * state; state and fault rules of one are at most 1 MiB of JSON. What goes beyond throws a RangeError and changes nothing:
 * `forget` and `dropSnapshot` make room.
 */
export interface GraphMockTenant {
  /** Its GUID, the `tid` of its tokens. */
  readonly id: string
  /** An access token for this tenant, ready to stand behind `Bearer`. */
  token(options?: Omit<TokenOptions, 'tenantId'>): Promise<string>
  readonly clock: GraphMockClock
  /** What befalls its requests. */
  readonly faults: GraphMockFaults
  /** What was called with its tokens. */
  readonly requests: GraphMockRequests
  /** As it stands now. */
  state(): GraphMockState
  /** What is left out is as in the fixture. @throws TypeError naming the member that is wrong; nothing has changed then */
  setState(state: GraphMockStateOverrides): GraphMockState
  /** A JSON Merge Patch. @throws TypeError naming the member that is wrong; nothing has changed then */
  patchState(patch: GraphMockStatePatch): GraphMockState
  /**
   * Keeps state, clock and faults under a name (letters, digits, `.`, `_`, `~`, `-`), in place of what it stood for. A
   * tenant has at most 100; they stay over a reset.
   *
   * @throws RangeError for one too many
   */
  snapshot(name: string): GraphMockSnapshot
  /**
   * Brings them back, as often as you like. A clock that stood still shows the instant of then; one that ran has the
   * offset of then, so that what is over by now is over. Limits count anew.
   *
   * @throws RangeError where there is none of that name
   */
  restore(name: string): void
  snapshots(): GraphMockSnapshot[]
  /** One that is gone is gone. */
  dropSnapshot(name: string): void
  /** All of it as one document, which can stand in a fixture. */
  export(): GraphMockTenantDocument
  /** Is from now on what the document says. @throws TypeError naming the member that is wrong; nothing has changed then */
  import(document: GraphMockTenantDocument): void
  /** Back to the fixture, as if it had never been used; snapshots stay. */
  reset(): void
  /** Frees all that is kept of it. Used again, it is as in the fixture. */
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
  /** Tenant of tokens that name none. */
  readonly tenantId: string
  /** Seed of every random choice: given to `startGraphMock`, it repeats the run. */
  readonly seed: number
  /** What befalls the requests of all tenants, before their token is looked at. */
  readonly faults: GraphMockFaults
  /** What was called, by whomever. */
  readonly requests: GraphMockRequests
  /** A sandbox: a fresh one, or the one of a GUID. The same seed gives the same GUIDs in the same order. */
  tenant(id?: string): GraphMockTenant
  /**
   * The Fetch API without sockets, to hand to a Graph SDK or to call: what is asked of the mock's own address, of
   * `graph.microsoft.com` and of `login.microsoftonline.com` goes the whole way of a request, and nothing goes elsewhere. A
   * path alone will do. Rejects as Node's `fetch` does; what would break a connection is a `TypeError` whose `cause` has a
   * `code`.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** What clients have to trust for https, in PEM. Made at the first call or the first https request. */
  caCertificate(): Promise<string>
  /** All tenants back to the fixture. */
  reset(): void
  /** Lets requests in flight end and frees the port. Calling it again does nothing more. */
  close(): Promise<void>
  /** `await using mock = await startGraphMock()` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void>
}
