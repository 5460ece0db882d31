import { renameSync, writeFileSync } from 'node:fs'
import { describeServer } from '../front-page/describe.js'
import { Options } from '../options.js'
import { startServer, type Server } from '../server.js'
import { UserError } from '../user-error.js'
import { parseFlags } from './flags.js'
import type { Io } from './io.js'
import { logFor, readOptions } from './server-setup.js'

/** `msgraph-mock serve`: runs until a signal. Standard output carries the ready line only. */
export async function serve(args: readonly string[], io: Io): Promise<number> {
  const { values: flags, positionals } = parseFlags(args, Options)
  if (positionals.length > 0) throw new UserError(`unknown command ${String(positionals[0])}; --help lists all`, 2)
  const { options, warnings } = readOptions(flags, io.env)
  const server = await startServer(options, await logFor(options, io, warnings))
  try {
    announce(server, options, io)
  } catch (error) {
    await server.close()
    throw error
  }
  return untilSignal(server, io)
}

function announce({ url, httpsUrl, authority, mock }: Server, { readyFile }: Options, { stdout, pid }: Io): void {
  const ready = { url, httpsUrl, authority, tenantId: mock.tenants.defaultId, pid, seed: mock.random.seed }
  const line = `${JSON.stringify(ready)}\n`
  if (readyFile !== undefined) writeReadyFile(readyFile, line)
  stdout.write(stdout.isTTY ? banner(url, describeServer(mock, url).try) : line)
}

/** By rename, so that whoever waits for the file never reads half of it. */
function writeReadyFile(file: string, line: string): void {
  try {
    writeFileSync(`${file}.tmp`, line)
    renameSync(`${file}.tmp`, file)
  } catch (error) {
    throw new UserError(`cannot write the ready file ${file}: ${(error as Error).message}`)
  }
}

function banner(url: string, curl: string): string {
  return `msgraph-mock answers at ${url}. Try:

  ${curl}

Ctrl-C stops it.
`
}

/** The first signal lets requests in flight end, a second one ends all. */
function untilSignal(server: Server, { signals }: Io): Promise<number> {
  return new Promise((resolve, reject) => {
    let stopping = false
    const stop = (_signal: string, number: number) => {
      if (stopping) {
        server.app.server.closeAllConnections()
        resolve(128 + number)
        return
      }
      stopping = true
      server.close().then(() => {
        signals.off('SIGINT', stop)
        signals.off('SIGTERM', stop)
        resolve(0)
      }, reject)
    }
    signals.on('SIGINT', stop)
    signals.on('SIGTERM', stop)
  })
}
