import type { Socket } from 'node:net'
import { transportOf } from '../../http/transport.js'

/** The client sees its connection reset by the peer: `ECONNRESET`, a TCP packet RST. */
export function reset(socket: Socket): void {
  transportOf(socket).resetAndDestroy()
}
