import t from 'tap'
import { ADELE, claimsOf, GRAPH, PUBLIC, READ_WRITE, refused, TENANT, testAuthority, UNKNOWN } from './authority.js'

const APP = { grant_type: 'client_credentials', scope: `${GRAPH}/.default`, ...UNKNOWN }

t.test('a body without a content type is a form, as Java sends it', async (t) => {
  const { app } = await testAuthority(t)
  const send = (path: string, form: object, headers = {}) => {
    const payload = new URLSearchParams({ ...form }).toString()
    return app.inject({ method: 'POST', url: `/${TENANT}/${path}`, payload, headers })
  }
  const token = await send('oauth2/v2.0/token', APP)
  t.equal(token.statusCode, 200)
  t.match(claimsOf(token.json<{ access_token: string }>().access_token), { appid: UNKNOWN.client_id })
  t.match((await send('oauth2/v2.0/devicecode', { ...PUBLIC, scope: READ_WRITE })).json(), { device_code: String })
  const empty = await send('oauth2/v2.0/token', APP, { 'content-type': '' })
  refused(t, empty, 400, 'invalid_request', 9002313, /could not be read/)
  const v1 = { grant_type: 'client_credentials', resource: GRAPH, ...UNKNOWN }
  t.equal((await send('oauth2/token', v1)).statusCode, 200)
})

t.test('a client id of zeros', async (t) => {
  const { token, post, app } = await testAuthority(t)
  const client_id = '00000000-0000-0000-0000-000000000000'
  const text = `AADSTS700038: ${client_id} is not a valid application identifier.`
  for (const answer of [
    await token({ ...APP, client_id }),
    await post('oauth2/v2.0/devicecode', { client_id, scope: READ_WRITE })
  ]) {
    refused(t, answer, 400, 'unauthorized_client', 700038, /all zeros/)
    t.match(answer.json<{ error_description: string }>().error_description, `${text} Trace ID: `)
  }
  const page = await app.inject(`/${TENANT}/oauth2/v2.0/authorize?client_id=${client_id}`)
  t.equal(page.statusCode, 400)
  t.match(page.body, `<p>${text}<br>\nTrace ID: `)
})

t.test('a 401 after HTTP Basic names the scheme', async (t) => {
  const { post, token } = await testAuthority(t)
  const basic = `Basic ${Buffer.from('11112222-bbbb-3333-cccc-4444dddd5555:wrong').toString('base64')}`
  const form = { grant_type: 'client_credentials', scope: `${GRAPH}/.default` }
  const answer = await post('oauth2/v2.0/token', form, { authorization: basic })
  refused(t, answer, 401, 'invalid_client', 7000215)
  t.equal(answer.headers['www-authenticate'], 'Basic realm="http://localhost:80", charset="UTF-8"')
  const inForm = await token({ ...form, client_id: '11112222-bbbb-3333-cccc-4444dddd5555', client_secret: 'wrong' })
  refused(t, inForm, 401, 'invalid_client', 7000215)
  t.notOk('www-authenticate' in inForm.headers)
})

t.test('what is sent in an error description breaks no line', async (t) => {
  const { token } = await testAuthority(t)
  const scope = 'a\r\nb\u2028c\u0000d'
  const { error_description } = (await token({ ...APP, scope })).json<{ error_description: string }>()
  t.equal(/^[\x20-\x7e]+$/.test(error_description), true)
  t.equal(error_description.includes('for scope a b c d is not valid.'), true)
})

t.test('the version of a path, however its slashes are written', async (t) => {
  const { post } = await testAuthority(t)
  for (const path of [
    `//${TENANT}/oauth2/v2.0/token`,
    `/${TENANT}//oauth2//v2.0/token`,
    `/${TENANT}/OAuth2/V2.0/token`
  ]) {
    t.equal((await post(path, APP)).json<{ expires_in: unknown }>().expires_in, 3599, path)
  }
})

t.test('too many parameters', async (t) => {
  const { token } = await testAuthority(t)
  const more = (count: number) => Array.from({ length: count }, (_, at) => `&p${at}=1`).join('')
  const form = new URLSearchParams(APP).toString()
  t.equal((await token(form + more(1000 - Object.keys(APP).length))).statusCode, 200)
  refused(t, await token(form + more(1000)), 400, 'invalid_request', 9002313, /more than 1000 parameters/)
})

t.test('redirect URIs that are none', async (t) => {
  const { app } = await testAuthority(t)
  for (const [client_id, redirect_uri] of [
    ['%%', 'msal%%://auth'],
    ['a b', 'msala b://auth'],
    ['\r\n', 'msal\r\n://auth'],
    ['x', ' http://localhost/'],
    ['x', 'http://local\thost/']
  ] as const) {
    const query = new URLSearchParams({
      client_id,
      redirect_uri,
      response_type: 'code',
      scope: READ_WRITE,
      login_hint: ADELE
    }).toString()
    const answer = await app.inject(`/${TENANT}/oauth2/v2.0/authorize?${query}`)
    t.equal(answer.statusCode, 400, redirect_uri)
    t.match(answer.body, 'AADSTS50011: ')
  }
})

t.test('an origin that is no URL has an instance too', async (t) => {
  const { app } = await testAuthority(t)
  const answer = await app.inject({
    url: '/common/discovery/instance?authorization_endpoint=https%3A%2F%2Fevil.example%2F',
    headers: { host: 'localhost:99999' }
  })
  refused(t, answer, 400, 'invalid_instance', 50049, /this authority is localhost:99999/)
})
