import fc from 'fast-check'
import t from 'tap'
import { isDateTimeOffset } from '../../../../src/lib/date-time-offset.js'
import { initialState, updateSettings } from '../../../../src/graph/resources/windows-autopilot-settings/model.js'
import type { WindowsAutopilotSettingsUpdate } from '../../../../src/graph/resources/windows-autopilot-settings/schema.js'
import { DEFAULT_TENANT, PAGE, SETTINGS, testApp } from '../../../helper.js'

const CONTEXT = 'http://localhost:80/beta/$metadata#deviceManagement/windowsAutopilotSettings'
const UNTOUCHED = {
  id: '08c16770-6770-08c1-7067-c1087067c108',
  lastSyncDateTime: '0001-01-01T00:00:00Z',
  lastManualSyncTriggerDateTime: '0001-01-01T00:00:00Z',
  syncStatus: 'unknown'
}

t.test("the API page's request gives the API page's response", async (t) => {
  const { call } = await testApp(t)
  const answer = await call('PATCH', SETTINGS, { body: PAGE.request })
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), PAGE.response)
  t.strictSame(Object.keys(answer.json()), Object.keys(PAGE.response), 'in the order of the page')
  t.strictSame((await call('GET', SETTINGS)).json(), PAGE.response)
})

t.test('PATCH is partial, and what the client may not change is ignored', async (t) => {
  const { call } = await testApp(t)
  const after = async (body: object) => (await call('PATCH', SETTINGS, { body })).json<object>()
  t.match(await after({}), UNTOUCHED)
  t.match(await after({ syncStatus: 'failed' }), { ...UNTOUCHED, syncStatus: 'failed' })
  t.match(await after({ lastSyncDateTime: '2026-01-01T00:00:00Z' }), { syncStatus: 'failed' })
  const ignored = {
    id: 'another',
    '@odata.type': '#microsoft.graph.windowsAutopilotSettings',
    '@odata.context': 'https://graph.microsoft.com/beta/$metadata#x',
    '@microsoft.graph.tips': 'x',
    'syncStatus@odata.type': '#microsoft.graph.windowsAutopilotSyncStatus'
  }
  t.match(await after(ignored), { id: UNTOUCHED.id, syncStatus: 'failed', lastSyncDateTime: '2026-01-01T00:00:00Z' })
  const duplicate = await call('PATCH', SETTINGS, { body: '{"syncStatus":"unknown","syncStatus":"completed"}' })
  t.match(duplicate.json(), { syncStatus: 'completed' }, 'the last of two wins')
})

t.test('a content type of JSON in any of its spellings is accepted', async (t) => {
  const { call } = await testApp(t)
  for (const type of [
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'APPLICATION/JSON',
    'application/json;odata.metadata=minimal',
    'application/problem+json'
  ]) {
    const answer = await call('PATCH', SETTINGS, { body: '\uFEFF{}', headers: { 'content-type': type } })
    t.equal(answer.statusCode, 200, type)
  }
  const identity = await call('PATCH', SETTINGS, { body: '{}', headers: { 'content-encoding': 'identity' } })
  t.equal(identity.statusCode, 200)
})

t.test('an untouched tenant', async (t) => {
  const { call } = await testApp(t)
  t.match((await call('GET', SETTINGS)).json(), UNTOUCHED)
})

t.test('annotations by profile and metadata level', async (t) => {
  const TYPE = '#microsoft.graph.windowsAutopilotSettings'
  const names = Object.keys(UNTOUCHED)
  const full = [
    '@odata.context',
    '@odata.type',
    '@odata.id',
    '@odata.editLink',
    'id',
    'lastSyncDateTime@odata.type',
    'lastSyncDateTime',
    'lastManualSyncTriggerDateTime@odata.type',
    'lastManualSyncTriggerDateTime',
    'syncStatus@odata.type',
    'syncStatus',
    '#microsoft.graph.sync'
  ]
  const rows = [
    ['documented', '*/*', ['@odata.type', ...names], 'minimal'],
    ['documented', 'application/json;odata.metadata=none', names, 'none'],
    ['documented', 'application/json;odata.metadata=minimal', ['@odata.context', ...names], 'minimal'],
    ['documented', 'application/json; odata.metadata="full"', full, 'full'],
    ['observed', 'application/json', ['@odata.context', ...names], 'minimal'],
    ['observed', 'application/json;odata.metadata=verbose', ['@odata.context', ...names], 'minimal'],
    ['observed', 'application/json;ODATA.METADATA=NONE', names, 'none'],
    ['observed', 'text/html, application/json;odata.metadata=full, */*', full, 'full']
  ] as const
  for (const [profile, accept, keys, level] of rows) {
    const { call } = await testApp(t, { profile })
    for (const method of ['GET', 'PATCH']) {
      const options = { headers: { accept }, ...(method === 'PATCH' && { body: {} }) }
      const answer = await call(method, SETTINGS, options)
      const body = answer.json<Record<string, unknown>>()
      t.strictSame(Object.keys(body), keys, `${profile} ${method} ${accept}`)
      t.equal(
        answer.headers['content-type'],
        `application/json;odata.metadata=${level};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`
      )
      if ('@odata.type' in body) t.equal(body['@odata.type'], TYPE)
      if ('@odata.context' in body) t.equal(body['@odata.context'], `${CONTEXT}/$entity`)
      if (level === 'full') {
        t.match(body, {
          '@odata.id': 'deviceManagement/windowsAutopilotSettings',
          'lastSyncDateTime@odata.type': '#DateTimeOffset',
          'syncStatus@odata.type': '#microsoft.graph.windowsAutopilotSyncStatus',
          '#microsoft.graph.sync': {
            title: 'microsoft.graph.sync',
            target: `http://localhost:80${SETTINGS}/microsoft.graph.sync`
          }
        })
      }
    }
  }
})

t.test('$select, with and without $', async (t) => {
  const documented = await testApp(t)
  const { call } = await testApp(t, { profile: 'observed' })
  const selected = (await call('GET', `${SETTINGS}?$select=syncStatus,id`)).json<object>()
  t.strictSame(selected, {
    '@odata.context': `${CONTEXT}(syncStatus,id)/$entity`,
    id: UNTOUCHED.id,
    syncStatus: 'unknown'
  })
  t.strictSame((await call('GET', `${SETTINGS}?select=id`)).json(), {
    '@odata.context': `${CONTEXT}(id)/$entity`,
    id: UNTOUCHED.id
  })
  t.strictSame((await documented.call('GET', `${SETTINGS}?%24Select=id`)).json(), {
    '@odata.type': '#microsoft.graph.windowsAutopilotSettings',
    id: UNTOUCHED.id
  })
  for (const all of ['$select=', '$select=*', '$select=id,*', '$filter=x', '$top=1&foo=bar']) {
    t.equal(Object.keys((await call('GET', `${SETTINGS}?${all}`)).json<object>()).length, 5, all)
  }
  const patched = await call('PATCH', `${SETTINGS}?$select=id`, { body: {} })
  t.equal(Object.keys(patched.json<object>()).length, 5, 'system query options work on GET only')
})

t.test('the path is case-insensitive, and slashes that are too many do not matter', async (t) => {
  const { call } = await testApp(t)
  // The SDK for Python sends the two slashes.
  const twoSlashes = SETTINGS.replace('/beta/', '/beta//')
  const urls = [
    SETTINGS.toLowerCase(),
    SETTINGS.toUpperCase(),
    `${SETTINGS}/`,
    SETTINGS.replace('w', '%77'),
    twoSlashes
  ]
  for (const url of urls) {
    t.equal((await call('GET', url)).statusCode, 200, url)
  }
  t.match((await call('POST', twoSlashes)).body, 'No method match route template')
})

t.test('HEAD is GET without the body', async (t) => {
  const { call } = await testApp(t)
  const [get, head] = [await call('GET', SETTINGS), await call('HEAD', SETTINGS)]
  t.equal(head.statusCode, 200)
  t.equal(head.body, '')
  for (const name of ['content-type', 'content-length', 'odata-version']) t.equal(head.headers[name], get.headers[name])
})

t.test('a profile is a setting of each tenant', async (t) => {
  const { call } = await testApp(t, { profile: 'observed' })
  const sent = '2017-01-01T00:02:49.3205976000-08:00'
  const { lastSyncDateTime } = (await call('PATCH', SETTINGS, { body: { lastSyncDateTime: sent } })).json<{
    lastSyncDateTime: string
  }>()
  t.equal(lastSyncDateTime, '2017-01-01T08:02:49.3205976Z', 'observed: normalised')
  await call('PATCH', `/_mock/tenants/${DEFAULT_TENANT}/state`, { body: { profile: 'documented' } })
  t.match((await call('GET', SETTINGS)).json(), { lastSyncDateTime: sent }, 'documented: as it was sent')
})

t.test('model: a merge, whatever the update', (t) => {
  const date = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  const instant = date.map((value) => value.toISOString().replace(/^[+-]\d\d/, ''))
  const update = fc.record(
    {
      id: fc.string(),
      lastSyncDateTime: instant,
      lastManualSyncTriggerDateTime: instant,
      syncStatus: fc.constantFrom('unknown', 'inProgress', 'completed', 'failed')
    },
    { requiredKeys: [] }
  ) as fc.Arbitrary<WindowsAutopilotSettingsUpdate>
  fc.assert(
    fc.property(fc.array(update), (updates) => {
      const untouched = initialState('tenant')
      const initial = Object.freeze(untouched.windowsAutopilotSettings)
      const { windowsAutopilotSettings: result, sync } = updates.reduce(updateSettings, untouched)
      t.equal(sync, untouched.sync, 'a value starts no sync')
      const last = (name: keyof typeof initial) => updates.findLast((next) => name in next)?.[name] ?? initial[name]
      t.strictSame(Object.keys(result), Object.keys(initial), 'the order of properties stays')
      return (
        result.id === initial.id &&
        result.syncStatus === last('syncStatus') &&
        result.lastSyncDateTime === last('lastSyncDateTime') &&
        result.lastManualSyncTriggerDateTime === last('lastManualSyncTriggerDateTime') &&
        isDateTimeOffset(result.lastSyncDateTime)
      )
    })
  )
  const idOf = (tenant: string) => initialState(tenant).windowsAutopilotSettings.id
  t.not(idOf('a'), idOf('b'))
  t.equal(idOf('a'), idOf('a'), 'the id of a tenant stays the same')
  t.end()
})
