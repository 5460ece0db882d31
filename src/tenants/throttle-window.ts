import { parseDuration } from '../lib/iso-duration.js'

/** How many requests a window allows; a limit that is absent is none. */
export interface Limits {
  /** ISO 8601 duration. */
  readonly window: string
  readonly writesPerTenant?: number
  readonly writesPerApp?: number
  readonly requestsPerTenant?: number
  readonly requestsPerApp?: number
}

/** Apps that are told apart within one window; the least recently seen is counted anew. */
const REMEMBERED_APPS = 1000
/** Bytes of the counts of one app without its name, about. */
const APP_BYTES = 160

interface Counts {
  requests: number
  writes: number
}

/** Which limit a request would go over, and in how many milliseconds the counting begins anew. */
export interface LimitExceeded {
  readonly name: Exclude<keyof Limits, 'window'>
  readonly limit: number
  readonly wait: number
}

/**
 * Counts the requests of one tenant in fixed windows: the first request opens one, the first after its end the next.
 * A request that is refused is not counted.
 */
export class ThrottleWindow {
  #openedAt = 0
  #tenant: Counts | undefined
  /** The least recently seen first. */
  #apps = new Map<string, Counts>()
  #bytes = 0

  /** What it holds, about. */
  get bytes(): number {
    return this.#bytes
  }

  /** What it will hold at most once a request of an app was counted. */
  bytesWith(app: string): number {
    return this.#bytes + (this.#apps.has(app) ? 0 : bytesOf(app))
  }

  /**
   * Counts a request, unless it goes over a limit.
   *
   * @param now milliseconds since 1970 on the clock of the tenant; on a clock put back a new window opens
   */
  take(limits: Limits, app: string, isWrite: boolean, now: number): LimitExceeded | undefined {
    const closesAt = this.#openedAt + parseDuration(limits.window)
    const isOpen = this.#tenant !== undefined && now >= this.#openedAt && now < closesAt
    const tenant = isOpen ? (this.#tenant as Counts) : this.#open(now)
    const counts = this.#apps.get(app) ?? { requests: 0, writes: 0 }
    const wait = (isOpen ? closesAt : now + parseDuration(limits.window)) - now
    const exceeded = exceededOf(limits, tenant, counts, isWrite)
    if (exceeded) return { ...exceeded, wait }
    for (const count of [tenant, counts]) {
      count.requests++
      if (isWrite) count.writes++
    }
    this.#remember(app, counts)
    return undefined
  }

  #open(now: number): Counts {
    this.#openedAt = now
    this.#tenant = { requests: 0, writes: 0 }
    this.#apps = new Map()
    this.#bytes = 0
    return this.#tenant
  }

  #remember(app: string, counts: Counts): void {
    if (!this.#apps.delete(app)) this.#bytes += bytesOf(app)
    this.#apps.set(app, counts)
    if (this.#apps.size <= REMEMBERED_APPS) return
    const [oldest] = this.#apps.keys() as Iterable<string>
    this.#apps.delete(oldest as string)
    this.#bytes -= bytesOf(oldest as string)
  }
}

function bytesOf(app: string): number {
  return APP_BYTES + 2 * app.length
}

function exceededOf(
  limits: Limits,
  tenant: Counts,
  app: Counts,
  isWrite: boolean
): Omit<LimitExceeded, 'wait'> | undefined {
  const checks = [
    ['requestsPerTenant', tenant.requests],
    ['requestsPerApp', app.requests],
    ...(isWrite ? [['writesPerTenant', tenant.writes] as const, ['writesPerApp', app.writes] as const] : [])
  ] as const
  for (const [name, count] of checks) {
    const limit = limits[name]
    if (limit !== undefined && count >= limit) return { name, limit }
  }
  return undefined
}
