import type { RouteOptions } from 'fastify'

export const BATCH_OPERATION = 'batch'

/** The operations that the routes of Graph declare, by which fault rules name them. */
export class Operations {
  readonly #names = new Set<string>()

  /** An `onRoute` hook. @throws Error when a route declares no operation, which stops the boot */
  add({ method, url, config }: RouteOptions): void {
    if (config?.operation === undefined) throw new Error(`${String(method)} ${url} declares no config.operation`)
    this.#names.add(config.operation)
  }

  /** Sorted. */
  names(): readonly string[] {
    return [...this.#names].sort()
  }
}
