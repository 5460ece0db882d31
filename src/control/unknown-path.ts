import type { FastifyRequest } from 'fastify'
import { pathOf } from '../http/request-path.js'
import type { Operations } from './operations.js'
import { Problem } from './problem.js'

/**
 * Refuses what no route takes: 405 with `Allow` where the path takes other methods, 404 where there is no such path.
 *
 * @param isOff whether `--control off` took the other routes away
 */
export function refuseUnknownPath(operations: Operations, isOff: boolean) {
  const why = isOff ? ' The control surface is off (--control off); only GET /_mock/health answers.' : ''
  return (request: Pick<FastifyRequest, 'method' | 'url'>): never => {
    const path = pathOf(request)
    const methods = operations.methodsAt(path)
    if (methods.length === 0) throw new Problem(404, `There is no ${request.method} ${path}.${why}`)
    const allow = methods.join(', ')
    throw new Problem(405, `${path} takes ${allow}, not ${request.method}.`, { allow })
  }
}
