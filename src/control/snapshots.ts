import { Type } from '@sinclair/typebox'
import { SnapshotName, snapshotSchema } from '../tenants/snapshots.js'
import { NoContent, type ControlRoutes } from './control-routes.js'
import { ProblemDocument } from './problem.js'
import { TenantPath, tenantId } from './tenant-path.js'
import { closedObject } from '../lib/schemas.js'

const params = closedObject({ ...TenantPath.properties, name: SnapshotName })

/** Snapshots of a tenant: state, clock and faults under a name. A reset keeps them; forgetting the tenant drops them. */
export const snapshotRoutes: ControlRoutes = (control, { tenants, graph: { slots } }) => {
  const path = '/tenants/:tenant/snapshots'
  const Snapshot = snapshotSchema(slots)
  const Snapshots = closedObject({ snapshots: Type.Array(Snapshot) })

  const list = { summary: 'List the snapshots of a tenant', params: TenantPath, response: { 200: Snapshots } }
  control.get(path, { schema: list }, (request) => ({
    snapshots: tenants.known(tenantId(request, tenants))?.listSnapshots() ?? []
  }))

  const keep = {
    summary: 'Keep what a tenant is: state, clock and faults',
    description: 'Answers 201 for a new name, 200 where it takes the place of an older snapshot.',
    params,
    response: { 200: Snapshot, 201: Snapshot, 409: ProblemDocument }
  }
  control.put(`${path}/:name`, { schema: keep }, (request, reply) => {
    const { isNew, snapshot } = tenants.get(tenantId(request, tenants)).keep(request.params.name)
    void reply.code(isNew ? 201 : 200)
    return snapshot
  })

  const restore = {
    summary: 'Make a tenant what it was when a snapshot was taken',
    description: 'A clock that stood still shows the instant of then; one that ran has its offset of then.',
    params,
    response: { 204: NoContent, 404: ProblemDocument, 409: ProblemDocument }
  }
  control.post(`${path}/:name/restore`, { schema: restore }, async (request, reply) => {
    tenants.restore(tenantId(request, tenants), request.params.name)
    return reply.code(204).send()
  })

  const drop = { summary: 'Drop a snapshot', params, response: { 204: NoContent } }
  control.delete(`${path}/:name`, { schema: drop }, async (request, reply) => {
    tenants.known(tenantId(request, tenants))?.dropSnapshot(request.params.name)
    return reply.code(204).send()
  })
}
