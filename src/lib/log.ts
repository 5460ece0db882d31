import { pino, type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from './log-levels.js'
import { redactCredentials } from './redact-credentials.js'

export type Log = Logger

/** Members of a line that may quote a request. */
const QUOTING = ['path', 'reason', 'detail']

/** A logger of JSON lines. Headers are never logged; redaction is a second safeguard for tokens. */
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
