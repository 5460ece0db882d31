import type { Socket } from 'node:net'

/** The client sees its connection end in good order before a byte of an answer: "socket hang up", "empty reply". */
export function empty(socket: Socket): void {
  socket.destroySoon()
}
