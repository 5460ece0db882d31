import type { FastifyInstance, FastifyRequest } from 'fastify'
import { asGuid } from '../identity/identity.js'
import { TokenRequest } from '../identity/token-request.js'
import type { Log } from '../log.js'
import type { Mock } from '../mock.js'
import type { TenantOverrides, TenantState } from '../tenants/tenant-state.js'
import { tenantOverridesSchema, tenantStateSchema } from '../tenants/tenant-state.js'
import { version } from '../version.js'
import { parseJsonBodies } from './json-body.js'
import { guard } from './guard.js'
import { mergePatch } from './merge-patch.js'
import { Problem } from './problem.js'
import { sendProblem } from './problem-response.js'
import { controlValidator, validated } from './validation.js'

/** `/_mock`: the tests' own surface. No token, no faults, not journalled; every route calls what tests call in process. */
export function controlSurface(mock: Mock, log: Log) {
  const { tenants, resources } = mock
  const slots = resources.map((resource) => resource.state)
  const state = validated(tenantStateSchema(slots))

  return (control: FastifyInstance, _options: object, done: () => void): void => {
    control.addHook('onRequest', guard(mock.options))
    parseJsonBodies(control)
    control.setValidatorCompiler(controlValidator)
    control.setErrorHandler(sendProblem(log))
    control.setNotFoundHandler((request) => {
      throw new Problem(404, `There is no ${request.method} ${request.url.split('?', 1)[0] as string}.`)
    })

    control.get('/health', () => ({ status: 'ok', version }))

    control.post<{ Body: TokenRequest | undefined }>('/tokens', { schema: { body: TokenRequest } }, (request, reply) => {
      void reply.code(201).header('cache-control', 'no-store')
      return mock.mintToken(request.body ?? {})
    })

    control.post('/reset', (_request, reply) => {
      tenants.resetAll()
      return reply.code(204).send()
    })

    control.get('/tenants', () => ({ tenants: tenants.list().map((tenantId) => ({ tenantId })) }))

    control.delete('/tenants/:tenant', (request, reply) => {
      tenants.reset(tenantOf(request))
      return reply.code(204).send()
    })

    control.post('/tenants/:tenant/reset', (request, reply) => {
      tenants.reset(tenantOf(request))
      return reply.code(204).send()
    })

    control.get('/tenants/:tenant/state', (request) => tenants.get(tenantOf(request)).state)

    control.put<{ Body: TenantOverrides }>(
      '/tenants/:tenant/state',
      { schema: { body: tenantOverridesSchema(slots) } },
      (request) => {
        const id = tenantOf(request)
        return (tenants.get(id).state = tenants.initialState(id, request.body))
      }
    )

    control.patch('/tenants/:tenant/state', (request) => {
      const tenant = tenants.get(tenantOf(request))
      return (tenant.state = state<TenantState>(mergePatch(tenant.state, request.body)))
    })
    done()
  }

  /** The tenant of the path: a GUID, or `default`. */
  function tenantOf(request: FastifyRequest): string {
    const { tenant } = request.params as { tenant: string }
    if (tenant.toLowerCase() === 'default') return tenants.defaultId
    const id = asGuid(tenant)
    if (id === undefined) throw new Problem(400, `tenant must be a GUID or "default", not ${JSON.stringify(tenant)}.`)
    return id
  }
}
