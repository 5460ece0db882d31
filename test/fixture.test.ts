import { readFileSync } from 'node:fs'
import t from 'tap'
import { publishedSchema } from '../src/graph/published-fixture-schema.js'
import { DEFAULT_TENANT, SETTINGS, testApp } from './helper.js'

const OTHER = '5F0B1C9E-8A35-4C5F-9A0E-0F0A5E3B7A11'

t.test('the published schema is the one that the server checks with: npm run schema writes it', async (t) => {
  t.strictSame(JSON.parse(readFileSync('fixtures/schema.json', 'utf8')), await publishedSchema())
})

t.test('layers: defaults, the profile option, the tenant', async (t) => {
  const fixture = {
    defaultTenant: DEFAULT_TENANT.toUpperCase(),
    tenantDefaults: { profile: 'observed', windowsAutopilotSettings: { syncStatus: 'completed' } },
    tenants: {
      [OTHER]: { profile: 'observed', windowsAutopilotSettings: { lastSyncDateTime: '2020-01-01T00:00:00Z' } }
    },
    tokens: { mine: { tenantId: OTHER } }
  }
  const folder = t.testdir({ 'fixture.json': JSON.stringify(fixture) })
  const rows = [
    [undefined, DEFAULT_TENANT, 'observed'],
    ['documented', DEFAULT_TENANT, 'documented'],
    ['documented', OTHER.toLowerCase(), 'observed']
  ] as const
  for (const [profile, tenant, expected] of rows) {
    const { call } = await testApp(t, { fixtures: `${folder}/fixture.json`, ...(profile && { profile }) })
    const state = (await call('GET', `/_mock/tenants/${tenant}/state`)).json<object>()
    t.match(state, { profile: expected, windowsAutopilotSettings: { syncStatus: 'completed' } })
    const answer = await call('GET', SETTINGS, { token: 'mine' })
    t.match(
      answer.json(),
      { lastSyncDateTime: '2020-01-01T00:00:00Z' },
      'a named token without scopes may do everything'
    )
    t.equal((await call('GET', SETTINGS)).statusCode, 401, 'the tokens of the default fixture are gone')
  }
})

t.test('a byte order mark is passed over; a tenant stands there once, in whatever case', async (t) => {
  const fixture = { defaultTenant: DEFAULT_TENANT, tenants: { [OTHER]: {}, [OTHER.toLowerCase()]: {} } }
  const folder = t.testdir({
    'bom.json': `\uFEFF${JSON.stringify({ defaultTenant: DEFAULT_TENANT })}`,
    'twice.json': JSON.stringify(fixture)
  })
  await testApp(t, { fixtures: `${folder}/bom.json` })
  await t.rejects(testApp(t, { fixtures: `${folder}/twice.json` }), {
    name: 'UserError',
    message: /twice\.json: tenants\.5f0b1c9e.* stands there twice/
  })
})

t.test('a fixture without tokens or tenants is enough', async (t) => {
  const folder = t.testdir({ 'fixture.json': JSON.stringify({ defaultTenant: DEFAULT_TENANT }) })
  const { call, mock } = await testApp(t, { fixtures: `${folder}/fixture.json` })
  const { access_token: token } = await mock.mintToken({})
  t.equal((await call('GET', SETTINGS, { token })).statusCode, 200)
})
