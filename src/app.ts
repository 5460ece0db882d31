import type { Server } from 'node:http'
import fastify, { type FastifyInstance } from 'fastify'
import { injectFaults } from './graph/faults/inject-faults.js'
import { refuseBrokenRequest } from './graph/gateway/client-error.js'
import { demandHttp } from './graph/gateway/demand-http.js'
import { sendProblem } from './control/problem-response.js'
import { controlSurface } from './control/surface.js'
import { frontPage } from './front-page/routes.js'
import { entra } from './entra/surface.js'
import { authenticate } from './graph/gateway/authenticate.js'
import { batchRoutes } from './graph/batch/routes.js'
import { answerCors } from './http/cors.js'
import { meetConditions } from './graph/services/intune/conditions/conditions.js'
import { sendGraphError } from './graph/gateway/error-response.js'
import { invalidVersion } from './graph/errors.js'
import { setGraphHeaders } from './graph/gateway/headers.js'
import { metadataRoutes } from './graph/metadata/routes.js'
import { sendEntity } from './graph/odata/entity-answer.js'
import { keepRawBody, readEntityPayload } from './graph/gateway/read-payload.js'
import type { Resource } from './graph/resource.js'
import type { GraphVersion } from './graph/gateway/versions.js'
import { Segments } from './graph/gateway/segments.js'
import { throttle } from './graph/gateway/throttle.js'
import { userInfoRoute } from './graph/gateway/user-info.js'
import { BODY_LIMIT, httpOptions } from './http/http-options.js'
import { journalRequests } from './journal/journal-requests.js'
import type { Log } from './lib/log.js'
import type { Mock } from './mock.js'
import { logRequests } from './http/request-log.js'
import { pathOf } from './http/request-path.js'

export interface AppLog {
  readonly log: Log
  /** Level of the line that every request leaves. */
  readonly requestLevel: 'info' | 'debug'
}

/** The way of a request, its steps in the order in which a request meets them. */
export function buildApp(mock: Mock, { log, requestLevel }: AppLog): FastifyInstance {
  const app = fastify<Server>({
    ...httpOptions,
    genReqId: () => mock.random.uuid(),
    clientErrorHandler: refuseBrokenRequest(mock, log),
    frameworkErrors: (error, request, reply) => {
      if (request.url.startsWith('/_mock/')) answerProblem(error, request, reply)
      else {
        journal.ofNobody(request, reply, () => {
          answerError(error, request, reply)
        })
      }
    }
  })
  const answerError = sendGraphError(log, mock.tenants, BODY_LIMIT)
  const answerProblem = sendProblem(log)

  // Node would answer 417 by itself, in no shape of ours; an expectation may also be passed over (RFC 9110, 10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  logRequests(app, log, requestLevel)
  app.addHook('onRequest', demandHttp(mock, log, answerError))
  const journal = journalRequests(app, mock)
  const faults = injectFaults(app, mock.faults, log)
  app.decorateRequest('clientRequestId', '')
  for (const name of ['journalled', 'bearer', 'tenantId', 'fault', 'identity', 'tenant']) app.decorateRequest(name)

  void app.register(frontPage(mock))
  void app.register(controlSurface(mock, log), { prefix: '/_mock' })
  void app.register(entra(mock, log, journal))
  void app.register(graph('beta'), { prefix: '/beta' })
  void app.register(graph('v1.0'), { prefix: '/v1.0' })
  void app.register(openIdConnect, { prefix: '/oidc' })

  // What never reaches a version of Graph: a malformed URL, no version.
  app.setErrorHandler(answerError)
  void app.register(nowhere)
  return app

  /** What begins with no version of Graph, and belongs to nothing else. */
  async function nowhere(scope: FastifyInstance): Promise<void> {
    scope.addHook('onRequest', (request, reply, done) => {
      journal.ofNobody(request, reply, done)
    })
    keepRawBody(scope)
    scope.setNotFoundHandler((request, reply) => {
      answerError(
        invalidVersion(`${pathOf(request)} begins with no version. Graph's paths begin with /beta or /v1.0.`),
        request,
        reply
      )
    })
  }

  /** One version of Graph: ids and headers, CORS; metadata for everybody, all else behind the token. */
  function graph(version: GraphVersion) {
    const served = mock.resources.filter(({ versions }) => versions.includes(version))
    return async (scope: FastifyInstance) => {
      const paths = mock.resources.map(({ path }) => path)
      const segments = new Segments(version, paths)
      meetGateway(scope)
      // What each route attaches to itself, in the order in which a request meets it behind the token.
      scope.addHook('onRoute', (route) => {
        mock.permissions.demand(route)
        meetConditions(route, mock.origin)
        throttle(route)
        readEntityPayload(route)
        segments.add(route)
        mock.support.addRoute(route)
        mock.operations.add(route)
      })
      if (served.length > 0) metadataRoutes(scope, served, (request) => `${mock.origin(request)}/${version}`)
      await scope.register(behindToken(version, segments, served))
    }
  }

  /** What Graph hosts beside its versions: ids and headers, CORS, token, faults. */
  async function openIdConnect(scope: FastifyInstance): Promise<void> {
    const segments = new Segments('oidc', [])
    meetGateway(scope)
    scope.addHook('onRequest', authenticate(mock))
    scope.addHook('onRequest', faults.ofTenant)
    scope.addHook('onRoute', (route) => {
      segments.add(route)
      mock.support.addRoute(route)
      mock.operations.add(route)
    })
    scope.setNotFoundHandler((request) => {
      throw segments.refusal(request)
    })
    userInfoRoute(scope, mock.tokens, mock.tenants)
  }

  /** What every request to Graph meets before its token is looked at. */
  function meetGateway(scope: FastifyInstance): void {
    if (journal.ofGraph) scope.addHook('onRequest', journal.ofGraph)
    scope.addHook('onRequest', setGraphHeaders)
    scope.addHook('onRequest', answerCors)
    scope.addHook('onRequest', faults.ofAll)
    keepRawBody(scope)
    scope.setErrorHandler(answerError)
  }

  /** Token, faults, permissions, condition and limits of the tenant, payload, validation, then the resource. */
  function behindToken(version: GraphVersion, segments: Segments, served: readonly Resource[]) {
    return async (scope: FastifyInstance) => {
      scope.addHook('onRequest', authenticate(mock))
      scope.addHook('onRequest', faults.ofTenant)
      scope.setNotFoundHandler((request) => {
        throw segments.refusal(request)
      })
      // Fastify asks QUERY for a content type before it asks whether there is a route.
      scope.setErrorHandler((error: Error, request, reply) => {
        const isAsked = request.is404 && request.method === 'QUERY'
        answerError(isAsked ? segments.refusal(request) : error, request, reply)
      })
      for (const resource of served) resource.routes(scope, sendEntity(mock.origin, version))
      if (served.length > 0) batchRoutes(scope, `/${version}`, mock.random)
    }
  }
}
