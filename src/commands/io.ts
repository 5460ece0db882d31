import type { EventEmitter } from 'node:events'

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  /** Bytes that wait for a reader. */
  readonly writableLength: number
}

/** What a command needs of `process`, so that tests can run it in their own process. */
export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.Dict<string>
  readonly pid: number
  /** Source of SIGINT and SIGTERM. */
  readonly signals: Pick<EventEmitter, 'on' | 'off'>
}
