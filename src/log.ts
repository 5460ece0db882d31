import { pino, type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from './log-levels.js'

export type Log = Logger

/** JSON lines of pino. Headers are never logged; the redaction is the second lock on tokens. */
export function createLog(level: LogLevel, destination: DestinationStream): Log {
  return pino(
    { level, base: null, redact: ['req.headers.authorization', '*.authorization', '*.access_token'] },
    destination
  )
}
