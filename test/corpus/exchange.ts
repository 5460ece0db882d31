// Sends what a step says, and takes down what comes back as it came: names, order and case of headers, bytes of bodies.
import { once } from 'node:events'
import { Agent, request as httpRequest, STATUS_CODES, type IncomingMessage } from 'node:http'
import { Agent as SecureAgent, request as httpsRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Handshake, RawRequest, Request, Values } from './step.js'

export interface Answer {
  /** A text, with the reason phrase, where that is not Node's own: those change from one Node to the next. */
  readonly status: number | string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly body: Buffer
}

/** Milliseconds. Nothing that is asked takes a second. */
const PATIENCE = 20_000

/** How a connection ended on which bytes were written. */
export type End = 'closed' | 'reset' | 'held open'

/** Keeps one connection of each kind, as clients do. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #heldOpen: Socket[] = []
  readonly #secureAgent = new SecureAgent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false })

  async send(port: number, step: Request, values: Values): Promise<Answer> {
    const { method, isSecure } = step
    const body = typeof step.body === 'function' ? step.body(values) : step.body
    const bytes = typeof body === 'string' ? Buffer.from(filled(body, values)) : body
    const headers = step.headers.map(([name, value]) => [name, filled(value, values)] as const)
    if (bytes) headers.push(['Content-Length', String(bytes.length)])
    const options = { port, host: '127.0.0.1', method, path: filled(step.url, values), headers: headers.flat() }
    const outgoing = isSecure
      ? httpsRequest({ ...options, agent: this.#secureAgent, servername: 'localhost' })
      : httpRequest({ ...options, agent: this.#agent })
    outgoing.setTimeout(PATIENCE, () => outgoing.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)))
    outgoing.end(bytes)
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { statusCode = 0, statusMessage = '', rawHeaders } = incoming
    return { status: statusOf(statusCode, statusMessage), headers: rawHeaders, body: Buffer.concat(chunks) }
  }

  async sendRaw(port: number, { bytes, patience }: RawRequest): Promise<{ text: string; end: End }> {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setEncoding('latin1').on('data', (part: string) => (text += part))
    socket.write(bytes)
    const end = await new Promise<End>((resolve) => {
      socket.on('error', () => {
        resolve('reset')
      })
      socket.on('close', () => {
        resolve('closed')
      })
      socket.setTimeout(patience, () => {
        this.#heldOpen.push(socket)
        resolve('held open')
      })
    })
    return { text, end }
  }

  /** Lets go of the connections that a server held open. */
  letGo(): void {
    for (const socket of this.#heldOpen.splice(0)) socket.destroy()
  }

  close(): void {
    this.letGo()
    this.#agent.destroy()
    this.#secureAgent.destroy()
  }
}

/** The same of the first line of an answer. */
export function statusLine(line: string): string {
  const [, version = '', code = '', phrase = ''] = /^(HTTP\/\d\.\d) (\d+) (.*)$/.exec(line) ?? []
  return version === '' ? line : `${version} ${statusOf(Number(code), phrase)}`
}

function statusOf(code: number, phrase: string): number | string {
  return phrase === STATUS_CODES[code] ? code : `${code} ${phrase}`
}

/** What the server shows of itself, or the alert by which it refuses. */
export async function shakeHands(port: number, { host, protocols }: Handshake): Promise<Record<string, unknown>> {
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    ...(host !== undefined && { servername: host }),
    ALPNProtocols: [...protocols],
    rejectUnauthorized: false
  })
  try {
    await once(socket, 'secureConnect')
  } catch (error) {
    return { refused: (error as NodeJS.ErrnoException).code }
  }
  const { subject, issuer, subjectaltname, valid_from, valid_to, ext_key_usage } = socket.getPeerCertificate()
  const answer = {
    protocol: socket.getProtocol(),
    alpn: socket.alpnProtocol,
    certificate: {
      subject,
      issuer,
      subjectaltname: withoutAddresses(subjectaltname ?? ''),
      valid_from,
      valid_to,
      ext_key_usage
    }
  }
  socket.destroy()
  return answer
}

/** Those of the machine differ from one to the next. */
function withoutAddresses(names: string): string {
  const [own, others] = [/^IP Address:(?:127\.0\.0\.1|0:0:0:0:0:0:0:1)$/, /^IP Address:/]
  const known = names.split(', ').filter((name) => own.test(name) || !others.test(name))
  return known.join(', ') + (known.length < names.split(', ').length ? ', <addresses of this machine>' : '')
}

/** @throws Error for a name under which nothing was kept */
export function filled(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`nothing was kept as ${name}`)
    return value
  })
}
