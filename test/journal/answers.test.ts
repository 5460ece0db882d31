import t from 'tap'
import type { JournalledRequest } from '../../src/api/api.js'
import { SETTINGS, testApp, type TestApp } from '../helper.js'

async function last({ call }: TestApp): Promise<JournalledRequest> {
  const { requests } = (await call('GET', '/_mock/requests', { token: null })).json<{ requests: JournalledRequest[] }>()
  return requests.at(-1) as JournalledRequest
}

t.test('an entry has what was answered', async (t) => {
  const app = await testApp(t)
  const { call } = app
  const body = { syncStatus: 'failed' }
  const patched = await call('PATCH', SETTINGS, { body, headers: { 'client-request-id': 'mine' } })
  t.match(await last(app), {
    status: 200,
    answer: { headers: { 'client-request-id': 'mine', 'odata-version': '4.0' }, body: patched.json<object>() }
  })

  await call('GET', '/beta/none')
  t.match(await last(app), {
    reason: String,
    answer: { body: { error: { code: 'BadRequest', message: /segment/ } } }
  })
  t.notOk((await last(app)).answer?.headers['x-mock-reason'], 'the reason stands in the entry')

  await call('GET', SETTINGS, { token: null })
  t.match((await last(app)).answer, {
    headers: { 'www-authenticate': /^Bearer realm=""/ },
    body: { error: { code: 'InvalidAuthenticationToken' } }
  })

  await call('POST', `${SETTINGS}/sync`)
  t.strictSame((await last(app)).answer?.body, null, '204')

  await call('POST', '/_mock/faults', {
    token: null,
    body: { times: 1, respond: { status: 500, body: 'x'.repeat(70_000) } }
  })
  await call('GET', SETTINGS)
  t.match((await last(app)).answer?.body, /^x{65536}… \[cut: 70000 characters in all\]$/)

  await call('GET', '/beta/$metadata', { token: null })
  t.match((await last(app)).answer?.body, /^<\?xml/)
})

t.test('secrets of an answer stand as [redacted]', async (t) => {
  const app = await testApp(t)
  const { call } = app
  const respond = {
    status: 200,
    body: { passwordProfile: { password: 'hunter2' }, code: 'kept' },
    headers: { 'set-cookie': 'a=b' }
  }
  await call('POST', '/_mock/faults', { token: null, body: { times: 1, respond } })
  await call('GET', SETTINGS)
  t.match((await last(app)).answer, {
    headers: { 'set-cookie': '[redacted]' },
    body: { passwordProfile: '[redacted]', code: 'kept' }
  })
})

t.test('of what Entra answers neither bodies nor codes are told', async (t) => {
  const app = await testApp(t)
  const { call } = app
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  await call('POST', '/organizations/oauth2/v2.0/token', { token: null, body: 'grant_type=none', headers: form })
  t.match(await last(app), { status: 400, code: /AADSTS/, answer: { body: '[redacted]' } })
  const asked = new URLSearchParams({
    client_id: '11111111-2222-4333-8444-555555555555',
    response_type: 'code',
    redirect_uri: 'http://localhost/back',
    scope: 'openid',
    login_hint: 'adele.vance@contoso.example',
    prompt: 'none'
  })
  await call('GET', `/organizations/oauth2/v2.0/authorize?${String(asked)}`, { token: null })
  const { answer, status } = await last(app)
  t.equal(status, 302)
  t.equal(answer?.headers['location'], 'http://localhost/back?[redacted]')
})
