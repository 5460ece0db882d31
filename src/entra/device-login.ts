import type { FastifyReply } from 'fastify'
import { escapeHtml } from '../lib/html.js'
import type { Authority } from '../identity/authority.js'
import { approve, hasExpired } from '../identity/decide-device-code.js'
import { findClient } from '../identity/client-authentication.js'
import type { DeviceCode } from '../identity/device-codes.js'
import { required, type Form } from '../identity/form.js'
import { grantedScopes } from '../identity/scopes.js'
import { accountPicker, permissionList } from './account-picker.js'
import { formOf, queryFormOf } from './form.js'
import { hiddenInputs, sendPage } from './page.js'
import type { Handler } from './handler.js'
import { aadsts } from '../identity/aadsts.js'

/** `/devicelogin`: type the code, then pick an account and approve or deny. */
export const deviceLogin: Handler = async (mock, request, reply) => {
  const authority = await mock.authority()
  if (request.method === 'POST') return decideByForm(authority, formOf(request), reply)
  const typed = queryFormOf(request).get('user_code')
  return typed === undefined ? askForCode(reply) : askForDecision(reply, authority, find(authority, typed))
}

function find(authority: Authority, typed: string): DeviceCode {
  const code = authority.deviceCodes.byUserCode(typed)
  if (!code) throw aadsts('badVerificationCode', { reason: `Nobody waits for the code '${typed}'.` })
  if (code.decision !== undefined)
    throw aadsts('badVerificationCode', { reason: `The code ${code.userCode} was used already.` })
  if (hasExpired(authority, code))
    throw aadsts('badVerificationCode', { reason: `The code ${code.userCode} has expired.` })
  return code
}

function askForCode(reply: FastifyReply): FastifyReply {
  return sendPage(reply, {
    title: 'Enter code',
    body: `<form method="get" action="/devicelogin">
<label>Code displayed on your device <input name="user_code" autocomplete="off" autofocus required></label>
<button>Next</button>
</form>`
  })
}

function askForDecision(
  reply: FastifyReply,
  authority: Authority,
  { appId, tenant, scope, userCode }: DeviceCode
): FastifyReply {
  const client = findClient(authority, appId, tenant)
  return sendPage(reply, {
    title: 'Sign in on another device',
    body: `<p><strong>${escapeHtml(client.displayName)}</strong> (${escapeHtml(client.appId)}) shows the code <strong>${escapeHtml(userCode)}</strong>.</p>
<form method="post" action="/devicelogin">
${hiddenInputs([['user_code', userCode]])}
${accountPicker(authority.directory.users, undefined)}
${permissionList(grantedScopes(client, scope))}
<button name="mock_decision" value="approve">Approve</button>
<button name="mock_decision" value="deny">Deny</button>
</form>`
  })
}

function decideByForm(authority: Authority, form: Form, reply: FastifyReply): FastifyReply {
  const code = find(authority, required(form, 'user_code'))
  if (form.get('mock_decision') === 'deny') {
    authority.deviceCodes.decide(code, 'denied')
    return sendPage(reply, { title: 'Denied', body: '<p>The device was refused. You may close this window.</p>' })
  }
  if (form.get('mock_decision') !== 'approve')
    throw aadsts('malformedRequest', { reason: 'mock_decision is approve or deny.' })
  const user = authority.directory.user(form.get('mock_user') ?? '')
  if (!user) throw aadsts('malformedRequest', { reason: 'mock_user must name a user of the fixture.' })
  approve(authority, code, user)
  return sendPage(reply, {
    title: 'Approved',
    body: '<p>You have signed in on your device. You may close this window.</p>'
  })
}
