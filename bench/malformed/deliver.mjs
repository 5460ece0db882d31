import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { setImmediate as turn } from 'node:timers/promises'

/** Milliseconds after which a connection that should have ended counts as stuck. */
const STUCK = 8_000

/**
 * Sends bytes in some number of pieces, then ends its side, stays, or hangs up on the way.
 *
 * @returns all that the server said, and whether the connection came to an end
 */
export async function deliver(port, bytes, { secure, pieces, ending, hangUpAt }) {
  const socket = secure
    ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, servername: 'localhost', ...resumed(port) })
    : connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', () => resolve(false)))
  // Resets are among what is tried here.
  socket.on('error', () => undefined)
  if (secure) socket.on('session', (session) => sessions.set(port, session))
  let said = ''
  socket.setEncoding('latin1').on('data', (text) => (said += text))
  let stuck = false
  const timer = setTimeout(() => {
    stuck = true
    socket.destroy()
  }, STUCK)
  const ready = new Promise((resolve) => socket.once(secure ? 'secureConnect' : 'connect', () => resolve(true)))
  const opened = await Promise.race([ready, closed])
  if (opened) await send(socket, Buffer.from(bytes).subarray(0, hangUpAt), pieces)
  if (hangUpAt !== undefined) socket.destroy()
  else if (ending === 'end') socket.end()
  await closed
  clearTimeout(timer)
  return { said, stuck }
}

const sessions = new Map()

/** A second handshake is cheaper, and one more thing to break. */
function resumed(port) {
  const session = sessions.get(port)
  return session && { session }
}

async function send(socket, bytes, pieces) {
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  for (let at = 0; at < bytes.length && socket.writable; at += size) {
    socket.write(bytes.subarray(at, at + size))
    if (pieces > 1) await turn()
  }
}
