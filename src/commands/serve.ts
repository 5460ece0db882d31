import { EventEmitter, once } from 'node:events'
import { describeServer } from '../front-page/describe.js'
import { logSummary } from '../journal/summary.js'
import { Options } from '../options.js'
import { startServer, type Server } from '../server.js'
import { UserError } from '../lib/user-error.js'
import { parseFlags } from './flags.js'
import type { Io } from './io.js'
import { ReadyFile } from './ready-file.js'
import { logFor, readOptions } from './server-setup.js'

/**
 * `msgraph-mock serve`: runs until a signal. Standard output carries the ready line only. The ready file exists only
 * while the server answers.
 */
export async function serve(args: readonly string[], io: Io): Promise<number> {
  const { values: flags, positionals } = parseFlags(args, Options)
  if (positionals.length > 0) throw new UserError(`unknown command ${String(positionals[0])}; --help lists all`, 2)
  const { options, warnings } = readOptions(flags, io.env)
  const file = options.readyFile === undefined ? undefined : new ReadyFile(options.readyFile)
  const signals = watchSignals(io)
  try {
    const appLog = await logFor(options, io, warnings)
    const server = await startServer(options, appLog)
    try {
      announce(server, file, io)
    } catch (error) {
      await server.close()
      throw error
    }
    await signals.first
    const closed = server.close().then(() => {
      logSummary(server.mock.journal.totals, server.mock.random.seed, appLog.log)
      return 0
    })
    return await Promise.race([closed, signals.second])
  } finally {
    signals.release()
    file?.remove()
  }
}

function announce({ url, httpsUrl, authority, mock }: Server, file: ReadyFile | undefined, { stdout, pid }: Io): void {
  const ready = { url, httpsUrl, authority, tenantId: mock.tenants.defaultId, pid, seed: mock.random.seed }
  const line = `${JSON.stringify(ready)}\n`
  file?.write(line)
  stdout.write(stdout.isTTY ? banner(url, describeServer(mock, url).try) : line)
}

function banner(url: string, curl: string): string {
  return `msgraph-mock answers at ${url}. Try:

  ${curl}

Ctrl-C stops it.
`
}

interface Signals {
  /** The first signal: requests in flight may end. */
  readonly first: Promise<void>
  /** The second signal: end at once, with this exit code (128 and the number of the signal). */
  readonly second: Promise<number>
  release(): void
}

/** Begins before the start, so that a signal right after the ready line stops the server like any other. */
function watchSignals({ signals }: Io): Signals {
  const heard = new EventEmitter()
  let count = 0
  const hear = (_signal: string, number: number) => heard.emit(count++ === 0 ? 'first' : 'second', 128 + number)
  const nth = async (name: string) => ((await once(heard, name)) as [number])[0]
  signals.on('SIGINT', hear)
  signals.on('SIGTERM', hear)
  return {
    first: nth('first').then(() => undefined),
    second: nth('second'),
    release: () => {
      signals.off('SIGINT', hear)
      signals.off('SIGTERM', hear)
    }
  }
}
