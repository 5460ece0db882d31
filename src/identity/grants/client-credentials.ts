import { PERSONAL_TENANT } from '../identity.js'
import { parseAppScope } from '../scopes.js'
import { demandResource, scopeText, type Grant } from './grant.js'
import { issueToApplication } from './issue.js'
import { hostOf } from '../../lib/hosts.js'
import { required } from '../form.js'
import { aadsts } from '../aadsts.js'

/** `client_credentials`: an application on its own behalf. */
export const clientCredentials: Grant = async (request) => {
  const { tenant, form, version, origin, client } = request
  const { appId } = client.client
  if (client.credential === 'none') throw aadsts('credentialMissing', { appId })
  if (tenant.tenantId === undefined) throw aadsts('noTenant', { name: tenant.name })
  if (tenant.tenantId === PERSONAL_TENANT) {
    throw aadsts('applicationNotFound', {
      appId,
      directory: 'Microsoft Accounts',
      reason: 'client_credentials needs the tenant of an organization in the path.'
    })
  }
  const scope = scopeText(request) ?? required(form, version === 1 ? 'resource' : 'scope')
  return issueToApplication(request, tenant.tenantId, demandResource(parseAppScope(scope, hostOf(origin)), request))
}
