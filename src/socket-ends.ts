import type { Socket } from 'node:net'

/** Who wants to know when a connection ends: one listener per connection, however many requests are under way on it. */
export class SocketEnds {
  readonly #watchers = new WeakMap<Socket, Set<() => void>>()
  /** Connections that somebody watches. */
  readonly #watched = new Set<Socket>()

  /** @returns takes it back */
  watch(socket: Socket, gone: () => void): () => void {
    const watchers = this.#watchers.get(socket) ?? this.#begin(socket)
    watchers.add(gone)
    this.#watched.add(socket)
    return () => {
      watchers.delete(gone)
      if (watchers.size === 0) this.#watched.delete(socket)
    }
  }

  /** Ends the connections that somebody watches. */
  end(): void {
    for (const socket of this.#watched) socket.destroy()
  }

  #begin(socket: Socket): Set<() => void> {
    const watchers = new Set<() => void>()
    this.#watchers.set(socket, watchers)
    socket.once('close', () => {
      this.#watched.delete(socket)
      for (const gone of watchers) gone()
    })
    return watchers
  }
}
