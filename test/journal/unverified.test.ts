import { connect } from 'node:net'
import t from 'tap'
import type { JournalledRequest } from '../../src/api/api.js'
import { startGraphMock } from '../../src/index.js'
import { readWait } from '../../src/journal/wait-request.js'
import { SETTINGS, testApp, until, type TestApp } from '../helper.js'
import { startTestServer } from '../server-helper.js'

const OTHER = '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11'
const OF_OTHER = `/_mock/tenants/${OTHER}/requests`
const ALL = '/_mock/requests'

interface List {
  readonly requests: JournalledRequest[]
}

async function listed({ call }: Pick<TestApp, 'call'>, path: string): Promise<JournalledRequest[]> {
  return (await call('GET', path, { token: null })).json<List>().requests
}

async function mint({ mock }: Pick<TestApp, 'mock'>, request: object): Promise<string> {
  return (await mock.mintToken({ tenantId: OTHER, ...request })).access_token
}

/** The claims of a token, without a signature that would fit. */
function forged(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256', kid: 'x' })}.${part(claims)}.c2ln`
}

t.test('a request is of the tenant of its token where the signature of that verified', async (t) => {
  const strict = await testApp(t)
  const trusting = await testApp(t, { trustForeignTokens: true })
  const rows: [name: string, app: TestApp, token: string, tenantId: string | null, isUnverified: boolean][] = [
    ['valid', strict, await mint(strict, {}), OTHER, false],
    ['expired', strict, await mint(strict, { expiresIn: -5 }), OTHER, false],
    ['of the future', strict, await mint(strict, { claims: { nbf: 99_999_999_999 } }), OTHER, false],
    ['for others', strict, await mint(strict, { audience: 'https://a.example' }), OTHER, false],
    ['without lifetime', strict, await mint(strict, { claims: { exp: null } }), OTHER, false],
    ['without tenant', strict, await mint(strict, { claims: { tid: null } }), null, false],
    ['unsigned', strict, await mint(strict, { signature: 'none' }), OTHER, true],
    ['wrong bytes', strict, await mint(strict, { signature: 'invalid' }), OTHER, true],
    ['foreign', strict, await mint(strict, { signature: 'foreign' }), OTHER, true],
    ['forged', strict, forged({ tid: OTHER.toUpperCase() }), OTHER, true],
    ['forged, without tenant', strict, forged({}), null, true],
    ['too long', strict, forged({ tid: OTHER, a: 'x'.repeat(40_000) }), OTHER, true],
    ['no token', strict, 'a.b.c', null, false],
    ['foreign, trusted', trusting, await mint(trusting, { signature: 'foreign' }), OTHER, false],
    ['forged, trusted', trusting, forged({ tid: OTHER }), OTHER, false]
  ]
  for (const [name, app, token, tenantId, unverified] of rows) {
    await app.call('DELETE', ALL)
    for (const url of [SETTINGS, '/beta/$metadata', '/gamma', '/beta/%E0%A4%A']) await app.call('GET', url, { token })
    const all = await listed(app, ALL)
    t.strictSame(
      all.map((entry) => [entry.tenantId, entry.unverified]),
      Array(4).fill([tenantId, unverified]),
      name
    )
    const [own, claimed] = tenantId === null ? [0, 0] : unverified ? [0, 4] : [4, 0]
    for (const [path, count] of [
      [OF_OTHER, own],
      [`${OF_OTHER}?unverified=false`, own],
      [`${OF_OTHER}?unverified=true`, claimed],
      [`${ALL}?unverified=true`, unverified ? 4 : 0],
      [`${ALL}?unverified=false`, unverified ? 0 : 4]
    ] as const) {
      t.equal((await listed(app, path)).length, count, `${name}: ${path}`)
      const [list = '', query = ''] = path.split('?')
      t.match((await app.call('GET', `${list}/count?${query}`)).json(), { count }, `${name}: ${path}, counted`)
    }
  }
})

t.test('a token that was never seen before is of its tenant whatever befalls the request', async (t) => {
  const app = await testApp(t)
  app.mock.faults.add(undefined, { respond: { status: 503 } })
  await app.call('GET', SETTINGS, { token: await mint(app, {}) })
  t.match(await listed(app, OF_OTHER), [{ status: 503, tenantId: OTHER, unverified: false }])
  const requests = [
    { id: '1', method: 'GET', url: SETTINGS.slice(5), headers: { Authorization: `Bearer ${await mint(app, {})}` } },
    { id: '2', method: 'GET', url: SETTINGS.slice(5), headers: { Authorization: `Bearer ${forged({ tid: OTHER })}` } }
  ]
  await app.call('DELETE', ALL)
  await app.call('POST', '/beta/$batch', { body: { requests } })
  t.match(await listed(app, OF_OTHER), [{ batch: { id: '1' } }])
  t.match(await listed(app, `${OF_OTHER}?unverified=true`), [{ batch: { id: '2' } }])
})

t.test('who merely claims a tenant neither meets its waits nor pushes its requests out', async (t) => {
  const app = await testApp(t, { journalSize: 3 })
  const [token, claim] = [await mint(app, {}), forged({ tid: OTHER })]
  await app.call('GET', SETTINGS, { token })
  const wait = (body: object, path = OF_OTHER) => app.call('POST', `${path}/wait`, { body })
  const own = wait({ count: 2 })
  const claimed = wait({ unverified: true, status: 401, count: 2 })
  const all = wait({ unverified: true, count: 3 }, ALL)
  await until(() => app.mock.journal.hasWaits)
  for (let call = 0; call < 5; call++) await app.call('GET', SETTINGS, { token: claim })
  t.match((await claimed).json(), { requests: [{ status: 401 }, { status: 401 }] })
  t.match((await all).json(), { requests: [{}, {}, {}] })
  const late = await wait({ count: 2, timeout: 'PT0S' })
  t.match(late.json(), {
    detail:
      '1 of 2 matching requests were over within PT0S; wanted any request. 3 more came with a token whose signature did not verify (unverified: true).',
    misses: []
  })
  const none = await wait({ unverified: true, status: 200, timeout: 'PT0S' })
  t.match(none.json(), {
    detail: /wanted any request with status 200 with unverified true\./,
    misses: [{ why: ['status was 401, not 200'] }, {}, {}]
  })
  t.match((await wait({ unverified: true, status: 200, timeout: 'PT0S' }, ALL)).json(), {
    misses: [{ why: ['status was 401, not 200'] }, {}, {}, { why: ['unverified was false, not true'] }]
  })
  t.equal((await listed(app, OF_OTHER)).length, 1)
  await app.call('GET', SETTINGS, { token })
  t.match((await own).json(), { requests: [{ status: 200 }, { status: 200 }] })
  await app.call('DELETE', OF_OTHER)
  t.strictSame(await listed(app, ALL), [], 'what is forgotten of a tenant takes with it what claims to be of it')
})

t.test('in process', async (t) => {
  await using mock = await startGraphMock({ logLevel: 'silent' })
  const tenant = mock.tenant()
  const get = (token: string) => fetch(mock.url + SETTINGS, { headers: { authorization: `Bearer ${token}` } })
  await get(await tenant.token({ signature: 'none' }))
  t.strictSame(tenant.requests.list(), [])
  t.match(tenant.requests.list({ unverified: true }), [{ unverified: true, tenantId: tenant.id, status: 401 }])
  t.match(await tenant.requests.waitFor({ status: 401, unverified: true }), [{ unverified: true }])
  t.equal(mock.requests.count({ unverified: true }), 1)
})

t.test('a token is verified by itself as well', async (t) => {
  const { mock } = await testApp(t)
  const use = { now: () => Date.now(), origin: () => 'http://localhost' }
  t.match(await mock.tokens.verify(await mint({ mock }, {}), use), { tenantId: OTHER })
  await t.rejects(async () => mock.tokens.verify(forged({ tid: OTHER }), use), { message: 'Invalid x5t claim.' })
})

t.test('a client that leaves while its token is looked at', async (t) => {
  const { server, port } = await startTestServer(t)
  const { journal, tokens } = server.mock
  const { access_token: token } = await server.mock.mintToken({ tenantId: OTHER })
  let verify: (() => void) | undefined
  const signedClaims = tokens.signedClaims.bind(tokens)
  tokens.signedClaims = async (given) => {
    await new Promise<void>((resolve) => (verify = resolve))
    return signedClaims(given)
  }
  const { found } = journal.wait(OTHER, readWait({}))
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${SETTINGS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`)
  await until(() => verify !== undefined)
  socket.destroy()
  await until(() => journal.totals.calls !== 0)
  t.strictSame(journal.list(undefined).requests, [], 'nobody knows whose it is')
  verify?.()
  t.match((await found).list().requests, [{ tenantId: OTHER, outcome: 'disconnected', status: null }])
})
