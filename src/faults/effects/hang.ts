import type { Socket } from 'node:net'

/** Connections over which nothing more will come. They last until the client leaves, or the server closes. */
export class HungConnections {
  readonly #sockets = new Set<Socket>()

  add(socket: Socket): void {
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  /** A server that closes waits for no client's patience. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}
