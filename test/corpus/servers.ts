// The servers that the corpus asks, each started when it is first needed.
import { spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CONTROL_TOKEN, corpusFixture, emptyFixture } from './fixture.js'

/** Flags, by name. */
const FLAGS = {
  documented: () => [],
  observed: () => ['--profile', 'observed'],
  'journal off': () => ['--journal-size', '0'],
  'small journal': () => ['--journal-size', '2'],
  'control token': () => ['--control-token', CONTROL_TOKEN],
  'control off': () => ['--control', 'off'],
  'tls off': () => ['--tls', 'off'],
  'public url': () => ['--public-url', 'https://graph.example:8443/', '--allowed-host', 'Other.Example'],
  'foreign tokens': () => ['--trust-foreign-tokens'],
  registered: (folder: string) => ['--fixtures', join(folder, 'registered.json'), '--profile', 'observed'],
  'nothing registered': (folder: string) => ['--fixtures', join(folder, 'empty.json')],
  'own certificate': (folder: string) => ['--tls-cert', join(folder, 'ca.pem'), '--tls-key', join(folder, 'ca-key.pem')]
} as const satisfies Record<string, (folder: string) => string[]>
export type ServerName = keyof typeof FLAGS

export interface RunningServer {
  readonly name: ServerName
  readonly port: number
  close(): Promise<void>
}

/** The command that is under test, such as `node dist/cli.js`; and a folder for the files that its flags name. */
export class Servers {
  readonly #command: readonly string[]
  readonly #running = new Set<ChildProcess>()
  readonly #folder = mkdtempSync(join(tmpdir(), 'msgraph-mock-corpus-'))

  constructor(command: readonly string[]) {
    this.#command = command
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
    })
    // One key for the tokens of all servers, which saves making one for each.
    writeFileSync(join(this.#folder, 'key.pem'), privateKey)
    writeFileSync(join(this.#folder, 'registered.json'), JSON.stringify(corpusFixture(publicKey)))
    writeFileSync(join(this.#folder, 'empty.json'), JSON.stringify(emptyFixture))
    this.clientKey = privateKey
  }

  /** Private key (PEM) of the certificate that the fixture registers. */
  readonly clientKey: string

  async start(name: ServerName): Promise<RunningServer> {
    if (name === 'own certificate') await this.#run(['ca', '--ca-dir', this.#folder])
    const key = join(this.#folder, 'key.pem')
    // Where clients are told another address, the line that says that it is ready does not tell the port.
    const port = name === 'public url' ? await freePort() : 0
    const flags = ['--port', String(port), '--seed', '1', '--log-level', 'error', '--signing-key', key]
    const server = this.#spawn([...flags, ...FLAGS[name](this.#folder)])
    const [line] = (await Promise.race([once(server.stdout, 'data'), failed(server, name)])) as [Buffer]
    const { url } = JSON.parse(line.toString()) as { url: string }
    return {
      name,
      port: port === 0 ? Number(new URL(url).port) : port,
      async close() {
        const exit = once(server, 'exit')
        server.kill()
        await exit
      }
    }
  }

  /** Ends those that still run, too, after an error. */
  close(): void {
    for (const child of this.#running) child.kill()
    rmSync(this.#folder, { recursive: true })
  }

  async #run(args: readonly string[]): Promise<void> {
    const child = this.#spawn(args)
    child.stdout.resume()
    await once(child, 'exit')
  }

  #spawn(args: readonly string[]) {
    const [node = '', ...program] = this.#command
    const clock = pathToFileURL(join(import.meta.dirname, 'still-clock.mjs')).href
    const child = spawn(node, ['--import', clock, ...program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#running.add(child)
    child.once('exit', () => this.#running.delete(child))
    return child
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function failed(server: ReturnType<typeof spawn>, name: string): Promise<never> {
  await once(server, 'exit')
  throw new Error(`the server "${name}" did not start`)
}
