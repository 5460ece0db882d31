import { Type } from '@sinclair/typebox'
import { approve, hasExpired } from '../identity/decide-device-code.js'
import type { ControlRoutes } from './control-routes.js'
import { Problem, ProblemDocument } from './problem.js'
import { TenantPath, tenantId } from './tenant-path.js'
import { closedObject, oneOf } from '../lib/schemas.js'

const decision = oneOf(['approve', 'deny'], { description: 'Default: approve.' })

const Decision = closedObject({
  decision: Type.Optional(decision),
  user: Type.Optional(Type.String({ description: 'Name or id of a user of the fixture. Default: the first.' }))
})

const Decided = closedObject({ user_code: Type.String(), decision, client_id: Type.String() })

const DeviceCodePath = closedObject({
  ...TenantPath.properties,
  userCode: Type.String({ description: 'What the device shows; case does not matter.' })
})

/** `POST /_mock/tenants/{t}/devicecodes/{user_code}`: what a person does at `/devicelogin`, for tests. */
export const deviceCodeRoutes: ControlRoutes = (control, mock) => {
  const schema = {
    summary: 'Approve or deny a device code',
    description: 'What a person does at /devicelogin.',
    params: DeviceCodePath,
    body: Type.Optional(Decision),
    response: { 200: Decided, 404: ProblemDocument, 409: ProblemDocument }
  }
  control.post('/tenants/:tenant/devicecodes/:userCode', { schema }, async (request) => {
    const tenant = tenantId(request, mock.tenants)
    const { userCode } = request.params
    const { decision = 'approve', user: name } = request.body
    const authority = await mock.authority()
    const code = authority.deviceCodes.byUserCode(userCode)
    if (!code || (code.tenant.tenantId ?? tenant) !== tenant) {
      throw new Problem(404, `No device of the tenant ${tenant} waits for the code ${JSON.stringify(userCode)}.`)
    }
    if (hasExpired(authority, code)) throw new Problem(409, `The code ${code.userCode} has expired.`)
    if (code.decision !== undefined) throw new Problem(409, `The code ${code.userCode} is decided already.`)
    const { directory } = mock
    const user = name === undefined ? directory.users[0] : directory.user(name)
    if (!user) throw new Problem(400, `user must be one of ${directory.userNames().join(', ')}.`)
    if (decision === 'deny') authority.deviceCodes.decide(code, 'denied')
    else approve(authority, code, user, tenant)
    return { user_code: code.userCode, decision, client_id: code.appId }
  })
}
