import type { Server } from 'node:http'
import fastify, { type FastifyInstance } from 'fastify'
import { sendProblem } from './control/problem-response.js'
import { controlSurface } from './control/surface.js'
import { entra } from './entra/surface.js'
import { injectFaults } from './graph/faults/inject-faults.js'
import { frontPage } from './front-page/routes.js'
import { AllOperations } from './graph/entities/all-operations.js'
import { modelledRoutes } from './graph/entities/routes.js'
import { batchRoutes } from './graph/batch/routes.js'
import { invalidVersion } from './graph/errors.js'
import { canonicalUrl } from './graph/gateway/canonical-url.js'
import { authenticate } from './graph/gateway/authenticate.js'
import { sendGraphError } from './graph/gateway/error-response.js'
import { tokenOwner } from './graph/gateway/bearer-token.js'
import { withToken } from './graph/gateway/operation-step.js'
import type { OperationLookup } from './graph/gateway/operation-lookup.js'
import { setGraphHeaders } from './graph/gateway/headers.js'
import { demandPermissions } from './graph/gateway/permissions.js'
import { checkProperties, ignoreTypeOfEmptyBody, keepRawBody, readProperties } from './graph/gateway/read-payload.js'
import { sendEntity } from './graph/gateway/send-entity.js'
import { throttle } from './graph/gateway/throttle.js'
import { userInfoRoute } from './graph/gateway/user-info.js'
import { graphVersions, withCanonicalVersion, type GraphVersion } from './graph/gateway/versions.js'
import { metadataRoutes } from './graph/metadata/routes.js'
import { applyCondition } from './graph/services/intune/conditions/conditions.js'
import { refuseBrokenRequest } from './graph/gateway/client-error.js'
import { answerCors } from './http/cors.js'
import { demandHttp } from './graph/gateway/demand-http.js'
import { BODY_LIMIT, httpOptions, writeJson } from './http/http-options.js'
import { logRequests } from './http/request-log.js'
import { pathOf, takeTarget } from './http/request-path.js'
import { inOrder, type Step } from './http/steps.js'
import { journalRequests } from './journal/journal-requests.js'
import type { Log } from './lib/log.js'
import type { Mock } from './mock.js'
import { foreignTarget } from './tls/foreign-target.js'

export interface AppLog {
  readonly log: Log
  /** Level of the line that every request leaves. */
  readonly requestLevel: 'info' | 'debug'
}

/** What steps add to a request for later ones; the types are declared next to the steps. */
const DECORATIONS = ['journalled', 'bearer', 'tenantId', 'fault', 'identity', 'tenant', 'operation']

/** The way of a request: its steps in the order in which they run. */
export function buildApp(mock: Mock, { log, requestLevel }: AppLog): FastifyInstance {
  const tables = Object.values(mock.graph.operations)
  const app = fastify<Server>({
    ...httpOptions,
    // The one place that turns a request target into the path that requests are routed by.
    rewriteUrl: (raw) => canonicalUrl(withCanonicalVersion(takeTarget(raw)), tables),
    genReqId: () => mock.random.uuid(),
    // TypeBox validates and JSON.stringify serialises, so neither Ajv nor fast-json-stringify is ever loaded.
    schemaController: {
      // Fastify's type of this option knows Ajv only.
      compilersFactory: { buildValidator: () => checkProperties as never, buildSerializer: () => writeJson }
    },
    clientErrorHandler: refuseBrokenRequest(mock, log),
    frameworkErrors: (error, request, reply) => {
      if (request.url.startsWith('/_mock/')) answerProblem(error, request, reply)
      else {
        inOrder(journal.unversioned).call(app, request, reply, () => {
          answerError(error, request, reply)
        })
      }
    }
  })
  const answerError = sendGraphError(log, mock.tenants, BODY_LIMIT)
  const answerProblem = sendProblem(log)

  // Node would answer 417 in no shape of Graph's; a server may also ignore an expectation (RFC 9110, 10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  logRequests(app, log, requestLevel)
  app.addHook('onRequest', demandHttp(mock.journal, foreignTarget(mock.options), log, answerError))
  const journal = journalRequests(app, mock.journal, (request) => tokenOwner(request, mock.tokens))
  const faults = injectFaults(app, mock.faults, log)
  app.decorateRequest('clientRequestId', '')
  for (const name of DECORATIONS) app.decorateRequest(name)

  void app.register(frontPage(mock))
  void app.register(controlSurface(mock, log), { prefix: '/_mock' })
  void app.register(entra(mock, log, journal))
  for (const version of graphVersions) void app.register(graph(version), { prefix: `/${version}` })
  void app.register(openIdConnect, { prefix: '/oidc' })
  void app.register(unversioned)
  // For requests that reach no version of Graph, such as one with a malformed URL.
  app.setErrorHandler(answerError)
  return app

  function graph(version: GraphVersion) {
    return async (scope: FastifyInstance) => {
      const operations = new AllOperations(mock.graph.operations[version], version, mock.modelled)
      addSteps(scope, operations)
      scope.addHook('preValidation', inOrder(readProperties))
      // Here Fastify validates: `checkProperties`, by the schema that the route has of its operation.
      const served = mock.graph.resources.filter(({ versions }) => versions.includes(version))
      for (const resource of served) resource.routes(scope, sendEntity(mock.origin, version))
      if (served.length > 0) {
        metadataRoutes(scope, served, (request) => `${mock.origin(request)}/${version}`)
      }
      batchRoutes(scope, `/${version}`, mock.random)
      modelledRoutes(scope, version, operations, mock.modelled)
    }
  }

  /** The OpenID Connect endpoints that Graph hosts beside its versions. */
  async function openIdConnect(scope: FastifyInstance): Promise<void> {
    addSteps(scope, mock.graph.openIdOperations)
    userInfoRoute(scope, mock.tokens, mock.tenants)
  }

  /** The steps before the body is read. A request without an operation is refused after them. */
  function addSteps(scope: FastifyInstance, operations: OperationLookup): void {
    const resolveOperation: Step = (request) => {
      const found = operations.find(request)
      if (found instanceof Promise) return found.then((operation) => (request.operation = operation))
      request.operation = found
      return undefined
    }
    const steps = inOrder(
      journal.graph,
      setGraphHeaders,
      resolveOperation,
      answerCors,
      faults.forAll,
      withToken(authenticate(mock)),
      withToken(faults.forTenant),
      demandPermissions(mock.origin),
      applyCondition(mock.origin),
      throttle,
      ignoreTypeOfEmptyBody
    )
    scope.addHook('onRequest', steps)
    keepRawBody(scope)
    scope.setNotFoundHandler(async (request) => {
      throw await operations.refusal(request)
    })
    // For QUERY, Fastify refuses a missing content type before it looks for a route.
    scope.setErrorHandler(async (error: Error, request, reply) => {
      const isUnrouted = request.is404 && request.method === 'QUERY'
      answerError(isUnrouted ? await operations.refusal(request) : error, request, reply)
      return reply
    })
  }

  /** Paths that begin with no version of Graph, and belong to no other surface. */
  async function unversioned(scope: FastifyInstance): Promise<void> {
    scope.addHook('onRequest', inOrder(journal.unversioned))
    keepRawBody(scope)
    scope.setNotFoundHandler((request, reply) => {
      answerError(
        invalidVersion(`${pathOf(request)} begins with no version. Graph's paths begin with /beta or /v1.0.`),
        request,
        reply
      )
    })
  }
}
