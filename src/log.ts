import { pino, type DestinationStream, type Logger } from 'pino'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export type Log = Logger

/** JSON lines of pino. Headers are never logged; the redaction is the second lock on tokens. */
export function createLog(level: LogLevel, destination: DestinationStream): Log {
  return pino(
    { level, base: null, redact: ['req.headers.authorization', '*.authorization', '*.access_token'] },
    destination
  )
}
