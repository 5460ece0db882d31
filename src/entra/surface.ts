import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerCors } from '../http/cors.js'
import { inOrder } from '../http/steps.js'
import type { Log } from '../lib/log.js'
import type { JournalHooks } from '../journal/journal-requests.js'
import type { Mock } from '../mock.js'
import { deviceLogin, endpointAt, errorCode, type Endpoint } from './endpoints.js'
import { sendAadstsError } from './error-response.js'
import { parseForms } from './form.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The endpoint of Entra's that the path names, if any. */
    entra: Endpoint | undefined
  }
}

/** Every first segment but those of the other surfaces; the endpoint refuses one that is not a tenant. */
const BELOW_TENANT = '/:tenant(^(?!(?:beta|v1\\.0|oidc|_[mM][oO][cC][kK])$).*$)/*'

/**
 * Entra's endpoints: no bearer token, bodies are forms, refusals are AADSTS errors. One wildcard route serves all paths that
 * begin with a tenant, because every route takes time at start.
 */
export function entra(mock: Mock, log: Log, journal: JournalHooks) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    parseForms(scope)
    scope.decorateRequest('entra')
    scope.setErrorHandler(sendAadstsError(mock, log))
    // Endpoints refuse the verbs that they do not take, in Entra's words.
    const method = ['GET', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'] as const
    scope.route({
      method: [...method],
      url: BELOW_TENANT,
      onRequest: inOrder(findEndpoint, (request, reply) =>
        request.entra?.isPage === false ? answerCors(request, reply) : undefined
      ),
      handler: async (request, reply) => {
        if (request.entra) return answer(request.entra, request, reply)
        reply.callNotFound()
        return reply
      }
    })
    for (const [url, endpoint] of [
      ['/devicelogin', deviceLogin],
      ['/error', errorCode]
    ] as const) {
      scope.route({
        method: ['GET', 'POST'],
        url,
        onRequest: (request, reply, next) => {
          request.entra = endpoint
          journal.authority(request, reply, undefined)
          next()
        },
        handler: (request, reply) => answer(endpoint, request, reply)
      })
    }
    done()

    function findEndpoint(request: FastifyRequest, reply: FastifyReply): undefined | Promise<unknown> {
      const { tenant, '*': path } = request.params as { tenant: string; '*': string }
      request.entra = endpointAt(path)
      if (!request.entra) return journal.unversioned(request, reply)
      journal.authority(request, reply, mock.directory.tenant(tenant)?.tenantId)
      return undefined
    }
  }

  async function answer({ load }: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    reply.headers({ 'cache-control': 'no-store, no-cache', pragma: 'no-cache', 'x-ms-request-id': request.id })
    return (await load())(mock, request, reply, log)
  }
}
