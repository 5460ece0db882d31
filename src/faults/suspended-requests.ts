import type { Socket } from 'node:net'
import { GRACE } from '../http/grace.js'
import { SocketEnds } from '../http/socket-ends.js'

/** Milliseconds. Delays add up, and Node would run a longer timer after one millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Suspended requests at once. Each keeps its header block of up to 64 KiB in memory. */
export const MAX_SUSPENDED = 1000

/** The requests that fault rules keep waiting: for the time of a delay, or for ever (`hang`). */
export class SuspendedRequests {
  readonly #delayed = new SocketEnds()
  /** Requests that cannot be answered within the grace of a close, so a server that closes cuts them off. */
  readonly #lasting = new SocketEnds()
  #count = 0

  /** How many are suspended now. */
  get count(): number {
    return this.#count
  }

  get isFull(): boolean {
    return this.#count >= MAX_SUSPENDED
  }

  /** Goes on after the delay; drops the request if the client disconnects in the meantime. */
  delay(socket: Socket, ms: number, goOn: () => void): void {
    const timer = setTimeout(
      () => {
        release()
        goOn()
      },
      Math.min(ms, LONGEST_TIMER)
    )
    const release = this.#suspend(ms > GRACE ? this.#lasting : this.#delayed, socket, () => {
      clearTimeout(timer)
    })
  }

  /** Suspends until the client disconnects or the server closes. */
  hang(socket: Socket): void {
    this.#suspend(this.#lasting, socket, () => undefined)
  }

  /** Ends the connections of requests that cannot be answered in time. */
  close(): void {
    this.#lasting.end()
  }

  /** @returns ends the suspension */
  #suspend(ends: SocketEnds, socket: Socket, onDisconnect: () => void): () => void {
    // The client disconnected while the token was verified, or while an earlier part of the batch ran.
    if (socket.destroyed) {
      onDisconnect()
      return () => undefined
    }
    this.#count++
    const unwatch = ends.watch(socket, () => {
      this.#count--
      onDisconnect()
    })
    return () => {
      unwatch()
      this.#count--
    }
  }
}
