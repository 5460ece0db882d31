// What a tenant costs: memory of one that lies idle after a request, and a PATCH beside 100,000 others.
import { buildApp } from '../src/app.js'
import { createLog } from '../src/log.js'
import { createMock } from '../src/mock.js'
import { withDefaults } from '../src/options.js'

const TENANTS = 100_000
const ROUNDS = 7
const REQUESTS = 300

const heap = () => {
  if (!globalThis.gc) throw new Error('run it with node --expose-gc')
  for (let pass = 0; pass < 4; pass++) globalThis.gc()
  return process.memoryUsage().heapUsed
}
const ms = (begun: bigint) => Number(process.hrtime.bigint() - begun) / 1e6
const report = (label: string, text: string) => {
  console.log(`${label.padEnd(24)}${text}`)
}

const mock = await createMock(withDefaults({}))
const app = buildApp(mock, { log: createLog('silent', process.stderr), requestLevel: 'debug' })
await app.ready()
const { defaultId } = mock.tenants
const others = Array.from({ length: TENANTS }, () => mock.random.uuid())

/** What one request leaves behind: the tenant, and the state that a PATCH writes. */
function touch(id: string): void {
  const tenant = mock.tenants.get(id)
  const text = JSON.stringify({ lastSyncDateTime: '2017-01-01T00:02:49.3205976-08:00', syncStatus: 'inProgress' })
  const settings = tenant.state['windowsAutopilotSettings'] as object
  tenant.state = {
    ...tenant.state,
    windowsAutopilotSettings: { ...settings, ...(JSON.parse(text) as object) }
  }
}

async function patches(): Promise<number> {
  const headers = { authorization: 'Bearer readwrite', 'content-type': 'application/json' }
  const begun = process.hrtime.bigint()
  for (let request = 0; request < REQUESTS; request++) {
    const { statusCode } = await app.inject({
      method: 'PATCH',
      url: '/beta/deviceManagement/windowsAutopilotSettings',
      headers,
      payload: '{"syncStatus":"completed"}'
    })
    if (statusCode !== 200) throw new Error(`PATCH: ${statusCode}`)
  }
  return ms(begun) / REQUESTS
}

async function patchTime(): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await patches())
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number
}

async function control(method: 'GET' | 'POST', url: string): Promise<number> {
  const begun = process.hrtime.bigint()
  const { statusCode } = await app.inject({ method, url })
  if (statusCode >= 300) throw new Error(`${method} ${url}: ${statusCode}`)
  return ms(begun)
}

touch(defaultId)
await patchTime()
const alone = await patchTime()
const empty = heap()
for (const id of others) touch(id)
const bytes = (heap() - empty) / TENANTS
const among = await patchTime()
report('memory per idle tenant', `${bytes.toFixed(0)} bytes (aim ≤ 2048)`)
report(
  `PATCH, ${TENANTS} tenants`,
  `${(among / alone).toFixed(2)} of the time with one (aim ≤ 1.20)   ${(among * 1000).toFixed(0)} µs : ${(alone * 1000).toFixed(0)} µs`
)
report('list of them', `${(await control('GET', '/_mock/tenants')).toFixed(0)} ms`)
report('reset of all', `${(await control('POST', '/_mock/reset')).toFixed(0)} ms`)
for (const id of others) mock.tenants.forget(id)
others.length = 0
report('left once forgotten', `${((heap() - empty) / TENANTS).toFixed(0)} bytes each`)
await app.close()
