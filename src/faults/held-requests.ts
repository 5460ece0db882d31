import type { Socket } from 'node:net'
import { GRACE } from '../http/grace.js'
import { SocketEnds } from '../http/socket-ends.js'

/** Milliseconds. Node takes a longer timer for one of a millisecond, and delays add up. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Requests that wait at once. Each keeps its header block, of at most 64 KiB. */
export const MAX_HELD = 1000

/** The requests that fault rules keep waiting: by a delay, or without end. */
export class HeldRequests {
  readonly #delayed = new SocketEnds()
  /** No answer comes in the time that requests get at a close, so a server that closes does not wait for these. */
  readonly #lasting = new SocketEnds()
  #count = 0

  /** How many wait now. */
  get count(): number {
    return this.#count
  }

  get isFull(): boolean {
    return this.#count >= MAX_HELD
  }

  /** What a client asked for that leaves in the meantime is not done. */
  delay(socket: Socket, ms: number, goOn: () => void): void {
    const timer = setTimeout(
      () => {
        release()
        goOn()
      },
      Math.min(ms, LONGEST_TIMER)
    )
    const release = this.#hold(ms > GRACE ? this.#lasting : this.#delayed, socket, () => {
      clearTimeout(timer)
    })
  }

  /** Until the client leaves or the server closes. */
  hang(socket: Socket): void {
    this.#hold(this.#lasting, socket, () => undefined)
  }

  /** Ends the connections of those that no answer would reach in time. */
  close(): void {
    this.#lasting.end()
  }

  /** @returns lets it go on */
  #hold(ends: SocketEnds, socket: Socket, left: () => void): () => void {
    // It has ended while the token was verified, or while an earlier part of the batch ran.
    if (socket.destroyed) {
      left()
      return () => undefined
    }
    this.#count++
    const unwatch = ends.watch(socket, () => {
      this.#count--
      left()
    })
    return () => {
      unwatch()
      this.#count--
    }
  }
}
