import type { FastifyRequest } from 'fastify'
import { pathOf } from '../http/request-path.js'
import type { RouteTable } from './route-table.js'
import { Problem } from './problem.js'

/**
 * Refuses a request that no route takes: 405 with `Allow` where the path has other methods, else 404.
 *
 * @param isOff whether `--control off` removed the other routes
 */
export function refuseUnknownPath(routeTable: RouteTable, isOff: boolean) {
  const why = isOff ? ' The control surface is off (--control off); only GET /_mock/health answers.' : ''
  return (request: Pick<FastifyRequest, 'method' | 'url'>): never => {
    const path = pathOf(request)
    const methods = routeTable.methodsAt(path)
    if (methods.length === 0) throw new Problem(404, `There is no ${request.method} ${path}.${why}`)
    const allow = methods.join(', ')
    throw new Problem(405, `${path} takes ${allow}, not ${request.method}.`, { allow })
  }
}
