import { mergePatchSchema } from '../lib/merge-patch.js'
import { tenantOverridesSchema, tenantStateSchema } from '../tenants/tenant-state.js'
import type { ControlRoutes } from './control-routes.js'
import { ProblemDocument } from './problem.js'
import { TenantPath, tenantId } from './tenant-path.js'

/**
 * The state document of a tenant: read, replace (members that a PUT leaves out become as in the fixture), patch (JSON Merge
 * Patch). It is validated with the schemas of the resources; a refused document changes nothing.
 */
export const stateRoutes: ControlRoutes = (control, { tenants, documents, graph: { slots } }) => {
  const state = tenantStateSchema(slots)
  const path = '/tenants/:tenant/state'
  const params = TenantPath
  const response = { 200: state, 409: ProblemDocument }

  const read = { summary: 'Read the state of a tenant', params, response }
  control.get(path, { schema: read }, (request) => tenants.stateOf(tenantId(request, tenants)))

  const replace = {
    summary: 'Replace the state of a tenant',
    description: 'What is left out is as in the fixture.',
    params,
    body: tenantOverridesSchema(slots),
    response
  }
  control.put(path, { schema: replace }, (request) => documents.replaceState(tenantId(request, tenants), request.body))

  const patch = {
    summary: 'Patch the state of a tenant',
    description: 'JSON Merge Patch (RFC 7396).',
    params,
    body: mergePatchSchema(state),
    response
  }
  control.patch(path, { schema: patch }, (request) => documents.patchState(tenantId(request, tenants), request.body))
}
