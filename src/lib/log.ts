import { pino, type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from './log-levels.js'
import { redactCredentials } from './redact-credentials.js'

export type Log = Logger

/** What a line may hold of what a client wrote. */
const QUOTING = ['path', 'reason', 'detail']

/** JSON lines of pino. Headers are never logged; the redaction is the second lock on tokens. */
export function createLog(level: LogLevel, destination: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      redact: ['req.headers.authorization', '*.authorization', '*.access_token'],
      serializers: Object.fromEntries(QUOTING.map((name) => [name, (text: string) => redactCredentials(text)]))
    },
    destination
  )
}
