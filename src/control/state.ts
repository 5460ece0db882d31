import {
  tenantOverridesSchema,
  tenantStateSchema,
  withNulls,
  type TenantOverrides,
  type TenantState
} from '../tenants/tenant-state.js'
import type { TObject } from '@sinclair/typebox'
import { mergePatch } from '../merge-patch.js'
import { Problem } from './problem.js'
import type { ControlRoutes } from './control-routes.js'
import { tenantId } from './tenant-id.js'
import { demand } from './validation.js'

/**
 * The state document of a tenant: read, replaced (what a PUT leaves out is as in the fixture), or patched (JSON Merge
 * Patch). It is checked with the resources' own schemas; a refused document changes nothing.
 */
export const stateRoutes: ControlRoutes = (control, { tenants, resources }) => {
  const slots = resources.map((resource) => resource.state)
  const schema = tenantStateSchema(slots)
  const demandState = demand(schema)
  const path = '/tenants/:tenant/state'

  control.get(path, (request) => tenants.stateOf(tenantId(request, tenants)))

  control.put<{ Body: TenantOverrides }>(path, { schema: { body: tenantOverridesSchema(slots) } }, (request) => {
    const tenant = tenants.get(tenantId(request, tenants))
    tenant.state = tenants.initialState(tenant.id, request.body)
    return tenants.stateOf(tenant.id)
  })

  control.patch(path, (request) => {
    const tenant = tenants.get(tenantId(request, tenants))
    demandKnown(request.body, schema)
    const patched = withNulls(schema, mergePatch(tenants.stateOf(tenant.id), request.body))
    demandState(patched)
    tenant.state = patched as TenantState
    return tenants.stateOf(tenant.id)
  })
}

/** A merge patch removes what it sets to null, so a mistyped name would leave no trace otherwise. */
function demandKnown(patch: unknown, schema: TObject): void {
  const unknown = Object.keys(Object(patch) as object).find((name) => !Object.hasOwn(schema.properties, name))
  if (unknown !== undefined) throw new Problem(400, `${unknown} is not a known member.`)
}
