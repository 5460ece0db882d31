import { userNotFound, wrongPassword } from '../aadsts-grant.js'
import { passwordOnCommon } from '../aadsts-request.js'
import { PERSONAL_TENANT } from '../identity.js'
import { demandCredential, requiredScope, type Grant } from './grant.js'
import { issueForUser } from './issue.js'
import { required } from '../form.js'

/** `password`: a user of the fixture, whose password is checked where the fixture gives one. */
export const password: Grant = async (request) => {
  const { authority, tenant, form, client } = request
  const { directory } = authority
  if (tenant.name === 'common' || tenant.tenantId === PERSONAL_TENANT) throw passwordOnCommon()
  const userName = required(form, 'username')
  const given = required(form, 'password')
  const scope = requiredScope(request)
  demandCredential(request)
  const user = directory.user(userName)
  if (!user) throw userNotFound(userName, tenant.name, directory.userNames())
  if (user.password !== undefined && user.password !== given) throw wrongPassword(user.userPrincipalName)
  const tenantId = tenant.tenantId ?? directory.homeTenant(user)
  return issueForUser(request, { appId: client.client.appId, tenantId, subject: user, scope })
}
