// Plays sequences against a server, and writes down what it answers.
import { abridge } from './abridge.js'
import { CONTROL_TOKEN } from './fixture.js'
import { shakeHands, statusLine, type Answer, type Client } from './exchange.js'
import { Mask, type MaskOptions } from './mask.js'
import type { RunningServer } from './servers.js'
import type { Request, Sequence, Step } from './step.js'

/** An answer as it stands in a file of the corpus. */
export type Recorded = Readonly<Record<string, unknown>>

export interface PlayOptions extends Omit<MaskOptions, 'constants' | 'port'> {
  /** Texts of fixtures. */
  readonly fixtures: readonly string[]
  /** What sequences may use besides what they keep. */
  readonly values: Readonly<Record<string, string>>
}

/** Answers by the names of steps. @throws Error where there is no answer, or a request that only prepares others is refused */
export async function play(
  server: RunningServer,
  client: Client,
  { steps }: Sequence,
  { fixtures, values, version }: PlayOptions
): Promise<Map<string, Recorded>> {
  await startAnew(server, client)
  const { port } = server
  const mask = new Mask({ port, version, constants: [...fixtures, ...steps.map((step) => JSON.stringify(step))] })
  const kept = new Map(Object.entries(values))
  const recorded = new Map<string, Recorded>()
  for (const step of steps) {
    try {
      const answer = await record(port, client, step, kept, mask)
      if (answer) recorded.set(step.name, answer)
    } catch (error) {
      throw new Error(`${server.name} | ${step.name}: ${(error as Error).message}`, { cause: error })
    }
  }
  client.letGo()
  return recorded
}

async function record(
  port: number,
  client: Client,
  step: Step,
  kept: Map<string, string>,
  mask: Mask
): Promise<Recorded | undefined> {
  if (step.kind === 'raw') {
    const { text, end } = await client.sendRaw(port, step)
    return { request: step.bytes.slice(0, 120).split('\r\n')[0], bytes: linesOf(maskHead(text, mask)), connection: end }
  }
  if (step.kind === 'handshake') {
    return mask.json({ handshake: step.host ?? 'without a name', ...(await shakeHands(port, step)) }) as Recorded
  }
  const answer = await client.send(port, step, kept)
  if (step.isSetUp && !isGood(answer)) throw new Error(`it was refused: ${answer.status} ${answer.body.toString()}`)
  for (const [name, where] of Object.entries(step.keep)) kept.set(name, find(answer, where))
  return step.isSetUp ? undefined : describe(step, answer, mask)
}

function describe({ method, url, isSecure }: Request, { status, headers, body }: Answer, mask: Mask): Recorded {
  const lines: string[] = []
  // A new certificate is some bytes shorter or longer than the last, and HEAD shows nothing to compare its length with.
  const isUnseenCertificate = body.length === 0 && headers.includes('application/x-pem-file')
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] as string
    const value = headers[at + 1] as string
    const length = isUnseenCertificate ? Number(value) : body.length
    lines.push(`${name}: ${mask.header(name, value, length)}`)
  }
  const request = `${method} ${url.length > 200 ? `${url.slice(0, 200)}…` : url}${isSecure ? ' (https)' : ''}`
  const content = contentOf(body, mask)
  const tokens = mask.takeTokens()
  return { request, status, headers: abridge(lines), ...content, ...(Object.keys(tokens).length > 0 && { tokens }) }
}

/** JSON as such where it is written as JSON.stringify does, so that no byte is lost; else the text, line by line. */
function contentOf(body: Buffer, mask: Mask): Recorded {
  if (body.length === 0) return {}
  const text = body.toString()
  try {
    const value = JSON.parse(text) as unknown
    if (JSON.stringify(value) === text) return { json: mask.json(value) }
  } catch {
    // Text.
  }
  return { text: linesOf(mask.text(text)) }
}

function isGood({ status }: Answer): boolean {
  return String(status).startsWith('2')
}

function maskHead(text: string, mask: Mask): string {
  return text
    .split('\r\n')
    .map((line) => {
      const [, name = '', value = ''] = /^([\w-]+): (.*)$/.exec(line) ?? []
      return name === '' ? mask.text(statusLine(line)) : `${name}: ${mask.header(name, value, -1)}`
    })
    .join('\r\n')
}

function linesOf(text: string): string[] {
  return text.split('\n')
}

function find({ headers, body }: Answer, where: string | RegExp): string {
  const text = body.toString()
  const found =
    typeof where === 'string'
      ? where
          .split('.')
          .reduce<unknown>((value, member) => (value as Record<string, unknown>)[member], JSON.parse(text))
      : where.exec(`${headers.join('\n')}\n${text}`)?.[1]
  if (typeof found === 'string') return found
  throw new Error(`there is nothing to keep at ${String(where)} in ${text}`)
}

/** As it was started: every tenant forgotten, no rules, no journal. */
async function startAnew({ name, port }: RunningServer, client: Client): Promise<void> {
  if (name === 'control off') return
  const headers = [
    ['Host', 'localhost'],
    ['Authorization', `Bearer ${CONTROL_TOKEN}`]
  ] as const
  const call = async (method: string, path: string) => {
    const url = `/_mock/${path}`
    const answer = await client.send(port, { ...CALL, method, url, headers, name: url }, new Map())
    if (!isGood(answer)) throw new Error(`${method} ${url}: ${answer.status}`)
    return answer.body.toString()
  }
  const { tenants } = JSON.parse(await call('GET', 'tenants')) as { tenants: { tenantId: string }[] }
  for (const { tenantId } of tenants) await call('DELETE', `tenants/${tenantId}`)
  await call('POST', 'reset')
}

const CALL = { kind: 'request', body: undefined, isSecure: false, keep: {}, isSetUp: true } as const
