import { tenantDocumentSchema } from '../tenants/tenant-document.js'
import type { ControlRoutes } from './control-routes.js'
import { ProblemDocument } from './problem.js'
import { TenantPath, tenantId } from './tenant-path.js'

/** A whole tenant as one document, which can stand in `tenants` of a fixture. */
export const exportRoutes: ControlRoutes = (control, { tenants, documents, graph: { slots } }) => {
  const body = tenantDocumentSchema(slots)
  const path = '/tenants/:tenant/export'
  const params = TenantPath
  const response = { 200: body, 409: ProblemDocument }

  const read = { summary: 'Export a tenant: state, clock and faults', params, response }
  control.get(path, { schema: read }, (request) => documents.export(tenantId(request, tenants)))

  const replace = {
    summary: 'Replace a tenant by an exported one',
    description: 'What is left out is as in the fixture. Snapshots stay.',
    params,
    body,
    response: { ...response, 409: ProblemDocument }
  }
  control.put(path, { schema: replace }, (request) => {
    const id = tenantId(request, tenants)
    documents.import(id, request.body)
    return documents.export(id)
  })
}
