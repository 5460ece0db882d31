import { Type, type Static } from '@sinclair/typebox'
import { decide, hasExpired } from '../identity/decide-device-code.js'
import { Problem } from './problem.js'
import type { ControlRoutes } from './control-routes.js'
import { tenantId } from './tenant-id.js'

const Decision = Type.Object(
  {
    decision: Type.Optional(
      Type.Union([Type.Literal('approve'), Type.Literal('deny')], { description: 'Default: approve.' })
    ),
    user: Type.Optional(Type.String({ description: 'Name or id of a user of the fixture. Default: the first.' }))
  },
  { additionalProperties: false }
)
type Decision = Static<typeof Decision>

/** `POST /_mock/tenants/{t}/devicecodes/{user_code}`: what a person does at `/devicelogin`, for tests. */
export const deviceCodeRoutes: ControlRoutes = (control, mock) => {
  const path = '/tenants/:tenant/devicecodes/:userCode'
  control.post<{ Body: Decision | undefined }>(path, { schema: { body: Decision } }, async (request) => {
    const tenant = tenantId(request, mock.tenants)
    const { userCode } = request.params as { userCode: string }
    const { decision = 'approve', user: name } = request.body ?? {}
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
    if (decision === 'deny') code.decision = 'denied'
    else decide(authority, code, user, tenant)
    return { user_code: code.userCode, decision, client_id: code.client.appId }
  })
}
