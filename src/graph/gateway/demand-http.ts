import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { httpVersionNotSupported } from '../errors.js'
import { hostMistake, InvalidHost } from '../../http/host-header.js'
import type { Log } from '../../lib/log.js'
import type { Journal } from '../../journal/journal.js'
import { encodeReason, REASON_HEADER } from '../../http/reason-header.js'
import { targetOriginOf, type TargetOrigin } from '../../http/request-path.js'

/**
 * The first `onRequest` hook: checks what HTTP requires and Node's parser does not check. A request that fails here belongs
 * to no surface, so neither journal nor fault rules see it.
 *
 * @param reasonAgainst why a target in absolute form is refused; `undefined` if it is not
 * @param refuse answers in the envelope of Graph
 */
export function demandHttp(
  journal: Journal,
  reasonAgainst: (target: TargetOrigin) => string | undefined,
  log: Log,
  refuse: (error: Error, request: FastifyRequest, reply: FastifyReply) => void
): onRequestHookHandler {
  return (request, reply, done) => {
    const { raw } = request
    if (raw.httpVersionMajor !== 1) {
      // The parser lets HTTP/0.9 and HTTP/2.0 pass, and refuses all other versions.
      journal.totals.countBroken(505)
      refuse(httpVersionNotSupported(`HTTP/${raw.httpVersion}`), request, reply.header('connection', 'close'))
      return
    }
    const mistake = hostMistake(raw)
    if (mistake !== undefined) {
      journal.totals.countBroken(400)
      done(new InvalidHost(mistake))
      return
    }
    const target = targetOriginOf(request)
    const reason = target && reasonAgainst(target)
    if (reason === undefined) done()
    else refuseTarget(reason, request, reply)
  }

  /** In plain text, as for `CONNECT`, because this is not an answer of Graph or Entra. */
  function refuseTarget(reason: string, { id: requestId, method }: FastifyRequest, reply: FastifyReply): void {
    log.info({ requestId, method, status: 403, reason }, 'refused')
    void reply
      .code(403)
      .headers({ [REASON_HEADER]: encodeReason(reason), 'content-type': 'text/plain; charset=utf-8' })
      .send(`${reason}\n`)
  }
}
