import type { AppLog } from '../app.js'
import { createLog } from '../lib/log.js'
import { demandValid, flagOf, Options, variableOf, withDefaults } from '../options.js'
import { parseVariables } from './flags.js'
import type { DestinationStream } from 'pino'
import type { Io, Output } from './io.js'

/**
 * The options of a server: flags over variables over `base` over the schema's defaults.
 *
 * @throws UserError naming the option that is wrong
 */
export function readOptions(
  flags: Record<string, unknown>,
  env: NodeJS.Dict<string>,
  base: Partial<Options> = {}
): { options: Options; warnings: readonly string[] } {
  const { values: variables, warnings } = parseVariables(env, Options)
  const options = withDefaults({ ...base, ...variables, ...flags })
  demandValid(options, Options, (name) => `--${flagOf(name)} (${variableOf(name)})`)
  return { options, warnings }
}

/** Logs in colour on a terminal, JSON lines elsewhere. */
export async function logFor({ logLevel }: Options, { stderr }: Io, warnings: readonly string[]): Promise<AppLog> {
  const appLog = stderr.isTTY
    ? {
        log: createLog(logLevel, (await import('./pretty-log.js')).prettyStream(stderr)),
        requestLevel: 'info' as const
      }
    : { log: createLog(logLevel, unlessUnread(stderr)), requestLevel: 'debug' as const }
  for (const warning of warnings) appLog.log.warn(warning)
  return appLog
}

/** Bytes of log lines that wait for a reader; beyond them lines are dropped, because nobody seems to read. */
const MAX_UNREAD = 1024 * 1024

function unlessUnread(output: Output): DestinationStream {
  return {
    write: (line) => {
      if (output.writableLength < MAX_UNREAD) output.write(line)
    }
  }
}
