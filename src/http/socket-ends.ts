import type { Socket } from 'node:net'

/** Calls back when connections end, with one listener per connection however many requests are in progress on it. */
export class SocketWatch<Watcher> {
  readonly #gone: (watcher: Watcher) => void
  /** Watchers by connection, also of connections that have none at the moment. */
  readonly #watchers = new Map<Socket, Set<Watcher>>()

  /** @param gone called for each watcher of a connection that has ended */
  constructor(gone: (watcher: Watcher) => void) {
    this.#gone = gone
  }

  watch(socket: Socket, watcher: Watcher): void {
    const watchers = this.#watchers.get(socket) ?? this.#begin(socket)
    watchers.add(watcher)
  }

  unwatch(socket: Socket, watcher: Watcher): void {
    this.#watchers.get(socket)?.delete(watcher)
  }

  /** Ends all connections that have watchers. */
  end(): void {
    for (const [socket, { size }] of this.#watchers) if (size > 0) socket.destroy()
  }

  #begin(socket: Socket): Set<Watcher> {
    const watchers = new Set<Watcher>()
    this.#watchers.set(socket, watchers)
    socket.once('close', () => {
      this.#watchers.delete(socket)
      for (const watcher of watchers) this.#gone(watcher)
    })
    return watchers
  }
}

/** The same for watchers that are functions. */
export class SocketEnds extends SocketWatch<() => void> {
  constructor() {
    super((gone) => {
      gone()
    })
  }

  /** @returns stops watching */
  override watch(socket: Socket, gone: () => void): () => void {
    super.watch(socket, gone)
    return () => {
      this.unwatch(socket, gone)
    }
  }
}
