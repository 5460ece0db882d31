import type { FastifyInstance } from 'fastify'
import { pathOf } from './request-path.js'
import type { Log } from '../lib/log.js'

/** Logs one line per request. If the level is off, no hook is added and a request costs nothing. */
export function logRequests(app: FastifyInstance, log: Log, level: 'info' | 'debug'): void {
  if (!log.isLevelEnabled(level)) return
  app.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method } = request
    log[level](
      {
        requestId,
        method,
        path: pathOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10
      },
      'answered'
    )
    done()
  })
}
