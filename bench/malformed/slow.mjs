import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'

const HEAD = 'PATCH /beta/deviceManagement/windowsAutopilotSettings HTTP/1.1\r\nHost: localhost\r\n'
const BODY = `${HEAD}Authorization: Bearer readwrite\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"sync`
/** Each byte in its turn, one in two seconds, then silence. */
const SLOW = {
  'says nothing': '',
  'half a request line': 'PATCH /beta',
  'half a header block': `${HEAD}X: y`,
  'half a body': BODY,
  'half a ClientHello': Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]),
  'drips a header': [...`${HEAD}${'x'.repeat(200)}`],
  'drips a body': [...BODY]
}

/**
 * Clients that keep the server waiting, and never end their side.
 *
 * @returns resolves with the names of those that the server had not ended after `ms`
 */
export async function keepWaiting(port, ms) {
  const clients = Object.entries(SLOW).flatMap(([name, text]) => [
    wait(name, connect({ port, host: '127.0.0.1', allowHalfOpen: true }), 'connect', text, ms),
    wait(
      `https: ${name}`,
      connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }),
      'secureConnect',
      text,
      ms
    )
  ])
  return (await Promise.all(clients)).filter((name) => name !== undefined)
}

function wait(name, socket, ready, text, ms) {
  return new Promise((resolve) => {
    let drip
    const giveUp = setTimeout(() => {
      resolve(name)
      socket.destroy()
    }, ms)
    socket.on('error', () => undefined).resume()
    socket.once(ready, () => {
      if (!Array.isArray(text)) socket.write(text)
      else drip = setInterval(() => socket.writable && text.length > 0 && socket.write(text.shift()), 2000)
    })
    // A client that keeps its own side open hears of the server's end this way.
    socket.once('end', () => done()).once('close', () => done())
    const done = () => {
      clearTimeout(giveUp)
      clearInterval(drip)
      socket.destroy()
      resolve(undefined)
    }
  })
}
