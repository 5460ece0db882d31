import type { GraphMock, GraphMockOptions } from './api.js'
import { faultsHandle } from './faults/faults-handle.js'
import { asGuid } from './identity/identity.js'
import { requestsHandle } from './journal/requests-handle.js'
import { createLog } from './log.js'
import { demandValid, Options, withDefaults } from './options.js'
import { startServer } from './server.js'
import { clockHandle } from './tenants/clock-handle.js'

export type * from './api.js'

/**
 * Starts a Graph mock in this process, on a free port unless `port` says otherwise.
 *
 * @throws Error when an option or the fixture is wrong, or the port is taken
 * @example
 * const mock = await startGraphMock()
 * const token = await mock.tenant().token()
 * await fetch(`${mock.url}/beta/deviceManagement/windowsAutopilotSettings`, { headers: { authorization: `Bearer ${token}` } })
 * await mock.close()
 */
export async function startGraphMock(options: GraphMockOptions = {}): Promise<GraphMock> {
  const complete = withDefaults({ port: 0, logLevel: 'warn', ...options })
  demandValid(complete, Options, (member) => `option ${member}`)
  const server = await startServer(complete, {
    log: createLog(complete.logLevel, process.stderr),
    requestLevel: 'debug'
  })
  const { mock } = server
  return {
    url: server.url,
    httpsUrl: server.httpsUrl,
    authority: server.authority,
    tenantId: mock.tenants.defaultId,
    faults: faultsHandle(mock.faults, undefined),
    requests: requestsHandle(mock.journal, undefined),
    tenant: (given = mock.random.uuid()) => {
      const id = asGuid(given)
      if (id === undefined) throw new TypeError(`a tenant is named by a GUID, not ${JSON.stringify(given)}`)
      return {
        id,
        token: async (request = {}) => (await mock.mintToken({ ...request, tenantId: id })).access_token,
        clock: clockHandle(mock.tenants, id),
        faults: faultsHandle(mock.faults, id),
        requests: requestsHandle(mock.journal, id),
        reset: () => {
          mock.tenants.reset(id)
        }
      }
    },
    caCertificate: () => mock.certificates.trusted(),
    reset: () => {
      mock.tenants.resetAll()
      mock.faults.reset()
    },
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close()
  }
}
