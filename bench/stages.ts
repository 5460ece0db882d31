// The cost of each step of a PATCH by itself, in microseconds per request: the median of several rounds.
import { graphHeaders } from '../src/graph/gateway/headers.js'
import { represent } from '../src/graph/odata/represent.js'
import { withoutAnnotations } from '../src/graph/odata/annotations.js'
import { readPayload } from '../src/graph/odata/payload.js'
import { payloadValidator } from '../src/graph/odata/validation.js'
import { updateSettings, type AutopilotState } from '../src/graph/resources/windows-autopilot-settings/model.js'
import {
  WindowsAutopilotSettings,
  WindowsAutopilotSettingsUpdate
} from '../src/graph/resources/windows-autopilot-settings/schema.js'
import { createMock } from '../src/mock.js'
import { withDefaults } from '../src/options.js'

const ROUNDS = 7
const REQUESTS = 50_000

const mock = await createMock(withDefaults({}))
const { access_token: token } = await mock.mintToken({ scopes: ['DeviceManagementServiceConfig.ReadWrite.All'] })
const use = { now: () => Date.now(), origin: () => 'http://localhost' }
await mock.tokens.verify(token, use)
const update: WindowsAutopilotSettingsUpdate = {
  lastSyncDateTime: '2017-01-01T00:02:49.3205976-08:00',
  lastManualSyncTriggerDateTime: '2016-12-31T23:57:54.7364636-08:00',
  syncStatus: 'inProgress'
}
const body = Buffer.from(JSON.stringify(update))
const validate = payloadValidator({ schema: WindowsAutopilotSettingsUpdate, method: 'PATCH', url: '/' })
const slot = mock.resources[0]?.state
const tenant = mock.tenants.get(mock.tenants.defaultId)
const { windowsAutopilotSettings: settings } = slot?.read(tenant) as AutopilotState
const location = { serviceRoot: () => 'http://localhost/beta', path: 'p', actions: [] }
const representation = { profile: 'documented', level: undefined, select: undefined } as const

const stages: Record<string, () => unknown> = {
  'ids and headers': () => graphHeaders({ requestId: mock.random.uuid(), clientRequestId: 'c' }, 'localhost'),
  'token, verified before': () => mock.tokens.verify(token, use),
  tenant: () => mock.tenants.get(mock.tenants.defaultId),
  'JSON and annotations': () =>
    withoutAnnotations(readPayload(body, { 'content-type': 'application/json' }), WindowsAutopilotSettingsUpdate),
  validation: () => validate(update) as unknown,
  merge: () => slot?.update(tenant, (current) => updateSettings(current as AutopilotState, update)),
  'OData answer': () => JSON.stringify(represent(WindowsAutopilotSettings, settings, representation, location))
}

console.log('\ncost of each step of a PATCH, µs')
for (const [name, step] of Object.entries(stages)) {
  const times = Array.from({ length: ROUNDS }, () => {
    const begun = process.hrtime.bigint()
    for (let request = 0; request < REQUESTS; request++) step()
    return Number(process.hrtime.bigint() - begun) / 1e3 / REQUESTS
  }).sort((a, b) => a - b)
  console.log(`  ${name.padEnd(24)}${(times[Math.floor(ROUNDS / 2)] as number).toFixed(2)}`)
}
