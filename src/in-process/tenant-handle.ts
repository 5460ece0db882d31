import type { GraphMockSnapshot, GraphMockState, GraphMockTenant, GraphMockTenantDocument } from '../api/api.js'
import { faultsHandle } from './faults-handle.js'
import { TokenRequest } from '../identity/token-request.js'
import { requestsHandle } from './requests-handle.js'
import { lazyCheck } from '../lib/lazy-check.js'
import type { Mock } from '../mock.js'
import { explainMismatch } from '../lib/schema-mismatch.js'
import { clockHandle } from './clock-handle.js'
import { demandSnapshotName } from '../tenants/snapshots.js'
import { jsonCopy } from '../tenants/json-copy.js'
import { asGuid } from '../lib/guid.js'

const tokenCheck = lazyCheck(TokenRequest)

/**
 * One tenant for the in-process API: what `/_mock/tenants/{t}` does, as methods. Documents are copied in and out.
 *
 * @throws TypeError for a text that is not a GUID
 */
export function tenantHandle(mock: Mock, given: string): GraphMockTenant {
  const { tenants, documents, faults } = mock
  const id = asGuid(given)
  if (id === undefined) throw new TypeError(`a tenant is named by a GUID, not ${JSON.stringify(given)}`)
  const state = (document: object) => jsonCopy(document) as GraphMockState
  return {
    id,
    token: async (request = {}) => {
      const asked = { ...request, tenantId: id }
      if (!tokenCheck.accepts(asked)) throw new TypeError(explainMismatch(tokenCheck.errors(asked)))
      return (await mock.mintToken(asked)).access_token
    },
    clock: clockHandle(tenants, id),
    faults: faultsHandle(faults, id),
    requests: requestsHandle(mock.journal, id),
    state: () => state(tenants.stateOf(id)),
    setState: (document) => state(documents.replaceState(id, jsonCopy(document))),
    patchState: (patch) => state(documents.patchState(id, jsonCopy(patch))),
    snapshot: (name) => jsonCopy(tenants.get(id).keep(demandSnapshotName(name)).snapshot) as GraphMockSnapshot,
    restore: (name) => {
      tenants.restore(id, demandSnapshotName(name))
    },
    snapshots: () => jsonCopy(tenants.known(id)?.listSnapshots() ?? []) as GraphMockSnapshot[],
    dropSnapshot: (name) => {
      tenants.known(id)?.dropSnapshot(demandSnapshotName(name))
    },
    export: () => jsonCopy(documents.export(id)) as GraphMockTenantDocument,
    import: (document) => {
      documents.import(id, jsonCopy(document))
    },
    reset: () => {
      tenants.reset(id)
    },
    forget: () => {
      tenants.forget(id)
    }
  }
}
