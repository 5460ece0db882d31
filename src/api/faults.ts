/** Which requests a fault rule is about. A member that is left out matches all. */
export interface FaultMatch {
  /** HTTP method, in any case. */
  method?: string
  /** Whole path, in any case, without query; `*` stands for any characters: `*\/sync`. */
  path?: string
  /** Such as `windowsAutopilotSettings.sync`; `*` stands for any characters. */
  operation?: string
}

/** An answer in place of the service's own. */
export interface FaultResponse {
  status: number
  /** `error.code`. Default: the status's reason phrase in one word. */
  code?: string
  /** `error.message`. Default: the status's reason phrase. */
  message?: string
  /** `Retry-After`: seconds, or an ISO 8601 duration. Default: none. */
  retryAfter?: number | string
  /** Graph's envelope (default), with Intune's nested message, or the HTML page of IIS. */
  format?: 'graph' | 'intune' | 'html'
  /** In place of all of the above: a string is sent as text/plain, anything else as JSON. */
  body?: unknown
  /** Added to those of the answer, or in place of them. */
  headers?: Record<string, string>
}

/** A fault to inject: which requests, how often, and what happens to them. */
export interface FaultRule {
  /** Default: all requests to Graph. */
  match?: FaultMatch
  /** How many matching requests pass first. Default: 0. */
  after?: number
  /** How often it fires. Default: always. */
  times?: number
  /** Chance that it fires, from the seed. Default: 1. */
  probability?: number
  /** Milliseconds to wait before the request is processed, or before it gets `respond`. */
  delay?: { ms: number } | { min: number; max: number }
  respond?: FaultResponse
  /** `reset`: TCP RST; `empty`: closed without a byte; `truncate`: half of the real answer; `hang`: no answer at all. */
  connection?: 'reset' | 'empty' | 'truncate' | 'hang'
}

/** A rule that was added, with its counters. */
export interface FaultRecord extends FaultRule {
  /** Number in the order of adding, never given twice. */
  id: number
  /** Requests that it matched. */
  matched: number
  /** Requests that it was applied to. */
  fired: number
}

/** The fault rules of one tenant, or for all tenants. They are tried in the order of adding, up to the first that answers. */
export interface GraphMockFaults {
  /**
   * Adds a rule. There may be 1000, with 1 MiB of JSON; at the limit, rules that have fired as often as `times` allows are
   * removed first.
   *
   * @throws TypeError naming the wrong member, RangeError at the limit
   */
  add(rule: FaultRule): FaultRecord
  list(): readonly FaultRecord[]
  /** Rules that never fired. A test that expects its faults asserts that there are none. */
  unfired(): readonly FaultRecord[]
  /** Removes a rule. Does nothing if the id is unknown. */
  remove(id: number): void
  clear(): void
}
