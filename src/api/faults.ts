/** Which requests a fault rule is about. What is left out matches all. */
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
  /** In place of all that: a string is sent as text/plain, all else as JSON. */
  body?: unknown
  /** Put over those of the answer. */
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
  /** Milliseconds to wait before the request goes on, or before it is answered so. */
  delay?: { ms: number } | { min: number; max: number }
  respond?: FaultResponse
  /** `reset`: TCP RST; `empty`: closed without a byte; `truncate`: half of the real answer; `hang`: no answer at all. */
  connection?: 'reset' | 'empty' | 'truncate' | 'hang'
}

/** A rule that was added, with what became of it. */
export interface FaultRecord extends FaultRule {
  /** Number in the order of adding. */
  id: number
  /** Requests that it matched. */
  matched: number
  /** Requests that it befell. */
  fired: number
}

/** The fault rules of one tenant, or of all. They are tried in the order of adding; the first that answers ends it. */
export interface GraphMockFaults {
  /**
   * There are at most 1000, whose JSON takes at most 1 MiB; at the limit, rules make room that have fired as often as they
   * shall.
   *
   * @throws TypeError naming the member that is wrong, RangeError for one too many
   */
  add(rule: FaultRule): FaultRecord
  list(): readonly FaultRecord[]
  /** Rules that never befell a request: a test that expects its faults demands that there are none. */
  unfired(): readonly FaultRecord[]
  /** Removes one rule; one that is gone is gone. */
  remove(id: number): void
  clear(): void
}
