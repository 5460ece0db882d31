import { tenantOverridesSchema, tenantStateSchema, withNulls, type TenantState } from '../tenants/tenant-state.js'
import type { ControlRoutes } from './control-routes.js'
import { mergePatch, mergePatchSchema } from '../merge-patch.js'
import { ProblemDocument } from './problem.js'
import { TenantPath, tenantId } from './tenant-id.js'
import { demand } from './validation.js'

/**
 * The state document of a tenant: read, replaced (what a PUT leaves out is as in the fixture), or patched (JSON Merge
 * Patch). It is checked with the resources' own schemas; a refused document changes nothing.
 */
export const stateRoutes: ControlRoutes = (control, { tenants, resources }) => {
  const slots = resources.map((resource) => resource.state)
  const state = tenantStateSchema(slots)
  const path = '/tenants/:tenant/state'
  const params = TenantPath
  const response = { 200: state }

  const read = { summary: 'Read the state of a tenant', params, response }
  control.get(path, { schema: read }, (request) => tenants.stateOf(tenantId(request, tenants)))

  const replace = {
    summary: 'Replace the state of a tenant',
    description: 'What is left out is as in the fixture.',
    params,
    body: tenantOverridesSchema(slots),
    response
  }
  control.put(path, { schema: replace }, (request) => {
    const tenant = tenants.get(tenantId(request, tenants))
    tenant.state = tenants.initialState(tenant.id, request.body)
    return tenants.stateOf(tenant.id)
  })

  const patch = {
    summary: 'Patch the state of a tenant',
    description: 'JSON Merge Patch (RFC 7396).',
    params,
    body: mergePatchSchema(state),
    response: { ...response, 409: ProblemDocument }
  }
  // A patch that is good by itself can leave a document that is not: a running sync without its end.
  const demandState = demand(state, 'the patched state would not be valid: ', 409)
  control.patch(path, { schema: patch }, (request) => {
    const tenant = tenants.get(tenantId(request, tenants))
    const patched = withNulls(state, mergePatch(tenants.stateOf(tenant.id), request.body))
    tenant.state = demandState(patched) as TenantState
    return tenants.stateOf(tenant.id)
  })
}
