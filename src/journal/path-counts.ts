/** Paths that are counted one by one. */
const MAX_PATHS = 100

export interface PathCalls {
  readonly method: string
  readonly path: string
  readonly calls: number
}

/** Counts calls by method and path. */
export class PathCounts {
  readonly #paths = new Map<string, PathCalls>()
  #calls = 0
  #more = 0

  count(method: string, path: string): void {
    this.#calls++
    const key = `${method} ${path}`
    const calls = (this.#paths.get(key)?.calls ?? 0) + 1
    if (calls === 1 && this.#paths.size >= MAX_PATHS) this.#more++
    else this.#paths.set(key, { method, path, calls })
  }

  /** All together. */
  get calls(): number {
    return this.#calls
  }

  /** In the order in which they were first called. */
  get paths(): readonly PathCalls[] {
    return [...this.#paths.values()]
  }

  /** Calls of paths beyond those. */
  get more(): number {
    return this.#more
  }

  /** `GET /beta/users (2), POST /beta/groups` */
  toString(): string {
    const told = this.paths.map(({ method, path, calls }) => `${method} ${path}${calls === 1 ? '' : ` (${calls})`}`)
    return [...told, ...(this.#more === 0 ? [] : [`${this.#more} more`])].join(', ')
  }
}
