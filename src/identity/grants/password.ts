import { PERSONAL_TENANT } from '../identity.js'
import { demandCredential, requiredScope, type Grant } from './grant.js'
import { issueForUser } from './issue.js'
import { required } from '../form.js'
import { aadsts } from '../aadsts.js'

/** `password`: a user of the fixture, whose password is checked where the fixture gives one. */
export const password: Grant = async (request) => {
  const { authority, tenant, form, client } = request
  const { directory } = authority
  if (tenant.name === 'common' || tenant.tenantId === PERSONAL_TENANT) throw aadsts('passwordOnCommon', {})
  const userName = required(form, 'username')
  const given = required(form, 'password')
  const scope = requiredScope(request)
  demandCredential(request)
  const user = directory.user(userName)
  if (!user) throw aadsts('userNotFound', { userName, directory: tenant.name, known: directory.userNames().join(', ') })
  if (user.password !== undefined && user.password !== given)
    throw aadsts('wrongPassword', { userName: user.userPrincipalName })
  const tenantId = tenant.tenantId ?? directory.homeTenant(user)
  return issueForUser(request, { appId: client.client.appId, tenantId, subject: user, scope })
}
