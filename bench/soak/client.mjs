import { Agent, request } from 'node:http'

/**
 * Requests over a fixed number of keep-alive sockets, counted. An answer of another status than wanted is an error.
 *
 * @returns `ask(method, path, { token, body, headers, wanted })` gives `{ status, text, json() }`; `wanted` is a status
 */
export function keepAliveClient(port, sockets) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const client = { asked: 0, ask, close: () => agent.destroy() }
  return client

  async function ask(method, path, { token, body, headers = {}, wanted = 200 } = {}) {
    client.asked++
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await send({
      method,
      path,
      text,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...headers
      }
    })
    if (answer.status !== wanted) {
      throw new Error(`${method} ${path}: ${answer.status}, not ${wanted}: ${answer.text.slice(0, 300)}`)
    }
    return answer
  }

  function send({ method, path, text, headers }) {
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, agent, method, path, headers }, (incoming) => {
        const parts = []
        incoming.on('data', (part) => parts.push(part)).on('error', reject)
        incoming.on('end', () => {
          const said = Buffer.concat(parts).toString()
          resolve({ status: incoming.statusCode, text: said, json: () => JSON.parse(said) })
        })
      })
      outgoing.on('error', reject).end(text)
    })
  }
}
