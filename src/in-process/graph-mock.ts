import type { AddressInfo } from 'node:net'
import type { GraphMock } from '../api/api.js'
import { faultsHandle } from './faults-handle.js'
import { requestsHandle } from './requests-handle.js'
import { memoized } from '../lib/memoized.js'
import type { Server } from '../server.js'
import type { InProcessFetch } from './fetch.js'
import { tenantHandle } from './tenant-handle.js'

/** A running server for the in-process API: what `/_mock` does, as methods. */
export function graphMock(server: Server): GraphMock {
  const { mock } = server
  // An independent sequence, so that ids of concurrent requests do not change the GUIDs of tenants.
  const ids = mock.random.derive('tenants')
  const { port } = server.app.server.address() as AddressInfo
  let inProcess: InProcessFetch | undefined
  let isClosed = false
  const loaded = memoized(async () => {
    const { inProcessFetch } = await import('./fetch.js')
    inProcess = inProcessFetch(server, port)
    if (isClosed) await inProcess.close()
    return inProcess
  })
  const close = async () => {
    isClosed = true
    await Promise.all([server.close(), inProcess?.close()])
  }
  return {
    url: server.url,
    httpsUrl: server.httpsUrl,
    authority: server.authority,
    tenantId: mock.tenants.defaultId,
    seed: mock.random.seed,
    faults: faultsHandle(mock.faults, undefined),
    requests: requestsHandle(mock.journal, undefined),
    tenant: (given = ids.uuid()) => tenantHandle(mock, given),
    fetch: async (input, init) => (await loaded()).fetch(input, init),
    caCertificate: () => mock.certificates.trusted(),
    reset: () => {
      mock.reset()
    },
    close,
    [Symbol.asyncDispose]: close
  }
}
