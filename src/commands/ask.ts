import { request as http } from 'node:http'
import { request as https } from 'node:https'
import { UserError } from '../user-error.js'

export interface Answer {
  readonly status: number
  readonly body: string
}

/** The server that client commands talk to: a flag or argument, else `MSGRAPH_MOCK_URL`, else the default address. */
export function serverUrl(given: string | undefined, env: NodeJS.Dict<string>): string {
  const url = given ?? env['MSGRAPH_MOCK_URL'] ?? `http://127.0.0.1:${localPort(env)}`
  if (!/^https?:\/\/[^/]/.test(url))
    throw new UserError(`${url} is no URL of a server, such as http://127.0.0.1:8365`, 2)
  return url.replace(/\/+$/, '')
}

/** In the image the health check runs in the server's own environment, so it follows the server's port. */
function localPort({ MSGRAPH_MOCK_PORT: port = '' }: NodeJS.Dict<string>): string {
  return /^\d+$/.test(port) && port !== '0' ? port : '8365'
}

/**
 * One request by `node:http`, which loads faster than `fetch`.
 *
 * @throws UserError when no server answers
 */
export function ask(method: string, url: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? https : http
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const outgoing = send(url, { method, headers, timeout: 3000 }, (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => (text += chunk))
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode as number, body: text })
      })
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 3 s')))
    outgoing.on('error', ({ message }) => {
      reject(new UserError(`no answer from ${url}: ${message}`))
    })
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
