// What a tenant costs: memory of one that lies idle after a request, and a PATCH beside 100,000 others.
import { setFlagsFromString } from 'node:v8'
import { setTimeout } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import { buildApp } from '../src/app.js'
import { createLog } from '../src/lib/log.js'
import { createMock } from '../src/mock.js'
import { withDefaults } from '../src/options.js'

const TENANTS = 100_000
const ROUNDS = 9
const REQUESTS = 300

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use once everything that is over is gone. */
async function heap(): Promise<number> {
  for (let pass = 0; pass < 8; pass++) {
    collect()
    await setTimeout(50)
  }
  return process.memoryUsage().heapUsed
}

const ms = (begun: bigint) => Number(process.hrtime.bigint() - begun) / 1e6
const report = (label: string, text: string) => {
  console.log(`  ${label.padEnd(24)}${text}`)
}

async function start() {
  const mock = await createMock(withDefaults({}))
  const app = buildApp(mock, { log: createLog('silent', process.stderr), requestLevel: 'debug' })
  await app.ready()
  return { mock, app }
}
type Started = Awaited<ReturnType<typeof start>>

/** What one request leaves behind: the tenant, and the state that a PATCH writes. */
function touch({ mock }: Started, id: string): void {
  const tenant = mock.tenants.get(id)
  const text = JSON.stringify({ lastSyncDateTime: '2017-01-01T00:02:49.3205976-08:00', syncStatus: 'inProgress' })
  mock.graph.resources[0]?.state.update(tenant, (current) => {
    const { windowsAutopilotSettings } = current as { windowsAutopilotSettings: object }
    return { ...current, windowsAutopilotSettings: { ...windowsAutopilotSettings, ...(JSON.parse(text) as object) } }
  })
}

/** Microseconds of a PATCH. */
async function patch({ app }: Started): Promise<number> {
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
  return (ms(begun) * 1000) / REQUESTS
}

async function control({ app }: Started, method: 'GET' | 'POST', url: string): Promise<number> {
  const begun = process.hrtime.bigint()
  const { statusCode } = await app.inject({ method, url })
  if (statusCode >= 300) throw new Error(`${method} ${url}: ${statusCode}`)
  return ms(begun)
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number

console.log('\ntenants')
const [one, many] = [await start(), await start()]
for (const started of [one, many]) await patch(started)
const empty = await heap()
// Read from JSON, as the tenant of a token is: a string of its own.
const ids = JSON.parse(JSON.stringify(Array.from({ length: TENANTS }, () => many.mock.random.uuid()))) as string[]
for (const id of ids) touch(many, id)
report('memory of an idle one', `${(((await heap()) - empty) / TENANTS).toFixed(0)} bytes (aim ≤ 2048)`)
const times: [number, number][] = []
for (let round = 0; round < ROUNDS; round++) times.push([await patch(many), await patch(one)])
const ratio = median(times.map(([among, alone]) => among / alone))
report(`PATCH beside ${TENANTS}`, `${ratio.toFixed(2)} of the time without (aim ≤ 1.20)`)
report('list of them', `${(await control(many, 'GET', '/_mock/tenants')).toFixed(0)} ms`)
report('reset of all', `${(await control(many, 'POST', '/_mock/reset')).toFixed(0)} ms`)
for (const id of ids) many.mock.tenants.forget(id)
ids.length = 0
report('left once forgotten', `${(((await heap()) - empty) / TENANTS).toFixed(0)} bytes each`)
for (const { app } of [one, many]) await app.close()
