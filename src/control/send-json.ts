import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'

/** Characters that are serialised in one turn of the event loop. */
const PIECE = 256 * 1024

/**
 * Sends a JSON document that is serialised piece by piece, no faster than the client reads, so that a long one is never in
 * memory as a whole and does not block other requests.
 */
export function sendJson(reply: FastifyReply, pieces: Iterator<string, void>): void {
  const beginning = take(pieces)
  void reply
    .type('application/json; charset=utf-8')
    .send(beginning.isEnd ? beginning.text : Readable.from(inTurn(beginning.text, pieces), { objectMode: false }))
}

async function* inTurn(beginning: string, pieces: Iterator<string, void>): AsyncGenerator<string, void> {
  yield beginning
  for (let isEnd = false; !isEnd;) {
    await setImmediate()
    const next = take(pieces)
    isEnd = next.isEnd
    yield next.text
  }
}

function take(pieces: Iterator<string, void>): { readonly text: string; readonly isEnd: boolean } {
  let text = ''
  while (text.length < PIECE) {
    const { done, value } = pieces.next()
    if (done === true) return { text, isEnd: true }
    text += value
  }
  return { text, isEnd: false }
}
