import { applicationNotFound, credentialMissing } from '../aadsts-client.js'
import { noTenant } from '../aadsts-request.js'
import { PERSONAL_TENANT } from '../identity.js'
import { parseAppScope } from '../scopes.js'
import { demandResource, scopeText, type Grant } from './grant.js'
import { issueToApplication } from './issue.js'
import { hostOf } from '../../lib/hosts.js'
import { required } from '../form.js'

/** `client_credentials`: an application for itself. */
export const clientCredentials: Grant = async (request) => {
  const { tenant, form, version, origin, client } = request
  const { appId } = client.client
  if (client.credential === 'none') throw credentialMissing(appId)
  if (tenant.tenantId === undefined) throw noTenant(tenant.name)
  if (tenant.tenantId === PERSONAL_TENANT) {
    throw applicationNotFound(
      appId,
      'Microsoft Accounts',
      'An application for itself needs the tenant of an organization.'
    )
  }
  const scope = scopeText(request) ?? required(form, version === 1 ? 'resource' : 'scope')
  return issueToApplication(request, tenant.tenantId, demandResource(parseAppScope(scope, hostOf(origin)), request))
}
