import { PassThrough } from 'node:stream'
import type { DestinationStream } from 'pino'
import pretty from 'pino-pretty'
import type { Output } from './io.js'

/** Log lines for people. Loaded on a terminal only. */
export function prettyStream(output: Output): DestinationStream {
  const destination = new PassThrough()
  destination.on('data', (chunk: Buffer) => output.write(chunk.toString()))
  return pretty({
    colorize: true,
    translateTime: 'HH:MM:ss',
    ignore: 'requestId,summary',
    singleLine: true,
    destination
  })
}
