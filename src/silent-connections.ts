import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Watches the connections over which nothing was ever asked, such as those that browsers open in advance. Node takes
 * them for requests under way, and would wait for them at a close.
 *
 * @returns a function that ends those that are open
 */
export function watchSilentConnections(server: Server): () => void {
  const silent = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  server.on('request', ({ socket }) => silent.delete(socket))
  return () => {
    for (const socket of silent) socket.destroy()
  }
}
