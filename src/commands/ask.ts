import { request as http } from 'node:http'
import { request as https } from 'node:https'
import { trimEnd } from '../lib/trim-end.js'
import { UserError } from '../lib/user-error.js'

export interface Answer {
  readonly status: number
  readonly body: string
}

/** The server that client commands talk to: a flag or argument, else `MSGRAPH_MOCK_URL`, else the default address. */
export function serverUrl(given: string | undefined, env: NodeJS.Dict<string>): string {
  const url = given ?? env['MSGRAPH_MOCK_URL'] ?? `http://127.0.0.1:${localPort(env)}`
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
    throw new UserError(`${url} is not the URL of a server; it must be like http://127.0.0.1:8365`, 2)
  return trimEnd(url, '/')
}

/** In the Docker image the health check has the server's own environment, so it follows the server's port. */
function localPort({ MSGRAPH_MOCK_PORT: port = '' }: NodeJS.Dict<string>): string {
  return /^\d+$/.test(port) && port !== '0' ? port : '8365'
}

/** The headers that a server with `--control-token` needs, with the token of the flag, else of the variable. */
export function controlHeaders(given: string | undefined, env: NodeJS.Dict<string>): Record<string, string> {
  const token = given ?? env['MSGRAPH_MOCK_CONTROL_TOKEN'] ?? ''
  if (!/^[\x21-\x7e]*$/.test(token))
    throw new UserError('MSGRAPH_MOCK_CONTROL_TOKEN must be one or more visible ASCII characters', 2)
  return token === '' ? {} : { authorization: `Bearer ${token}` }
}

/**
 * One request by `node:http`, which loads faster than `fetch`.
 *
 * @throws UserError when no server answers
 */
export function ask(
  method: string,
  url: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {}
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? https : http
    const sent = { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const outgoing = send(url, { method, headers: sent, timeout: 3000 }, (incoming) => {
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

/** The JSON document of an answer. @throws UserError where there is none, as from another kind of server */
export function documentOf({ status, body }: Answer, url: string): object {
  const document = parsed(body)
  if (typeof document === 'object' && document !== null) return document
  throw new UserError(`${url} answered ${status} without a document; it is not msgraph-mock`)
}

/** A server's refusal as an error, with how to send the token if that is missing. */
export function refusal({ status, body }: Answer): UserError {
  const hint = status === 401 ? ' Give this command that token as --control-token or MSGRAPH_MOCK_CONTROL_TOKEN.' : ''
  return new UserError(`${detailOf(body) ?? `the server answered ${status}: ${body}`}${hint}`)
}

function detailOf(body: string): string | undefined {
  return (parsed(body) as { detail?: string } | null | undefined)?.detail
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
