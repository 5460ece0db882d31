// `npm run soak`: at least a million mixed requests against the built command line, over keep-alive sockets. Every answer
// is checked, and memory has to be bounded: flat between the middle and the last third. `--requests N --seed N`; with
// fewer than a million the stores that are bounded (verified tokens, grants) are still filling.
import { parseArgs } from 'node:util'
import { growth } from './flat.mjs'
import { startMeasured } from './measured-server.mjs'
import { seeded } from './seeded.mjs'
import { keepAliveClient } from './soak/client.mjs'
import { MIX } from './soak/mix.mjs'

const SAMPLES = 30
const LINES = 10
const SOCKETS = 32

const { values } = parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } })
const requests = Number(values.requests ?? 1_000_000)
const random = seeded(Number(values.seed ?? 1))
// One entry for each unit of weight.
const deck = MIX.flatMap((entry) => Array(entry.weight).fill(entry))
const done = Object.fromEntries(MIX.map(({ name }) => [name, 0]))

// A ring that is full early shows early whether anything else grows.
const server = await startMeasured('--journal-size', '100')
const client = keepAliveClient(server.port, SOCKETS)
const failures = []
const samples = []
const begun = performance.now()
try {
  const { access_token: token } = (
    await client.ask('POST', '/_mock/tokens', { body: { expiresIn: 86_400 }, wanted: 201 })
  ).json()
  const world = { ask: client.ask, random, token }
  for (let sample = 1; sample <= SAMPLES; sample++) {
    await Promise.all(Array.from({ length: SOCKETS }, () => work(world, Math.ceil((requests * sample) / SAMPLES))))
    samples.push(await server.memory())
    if (sample % (SAMPLES / LINES) === 0) tell(samples.at(-1))
  }
} catch (error) {
  failures.push(error.message)
}
client.close()
if (samples.length === SAMPLES) failures.push(...growth(samples, { heap: 5, rss: 40 }))
const code = await server.stop()
if (code !== 0) failures.push(`the server ended with ${code}`)
console.log(
  Object.entries(done)
    .map(([name, times]) => `  ${name}: ${times}`)
    .join('\n')
)
for (const failure of failures) console.error(`FAILED: ${failure}`)
console.log(failures.length === 0 ? 'every answer as it should be; memory bounded' : `${failures.length} failures`)
process.exitCode = failures.length === 0 ? 0 : 1

async function work(world, until) {
  while (client.asked < until && failures.length === 0) {
    const { name, run } = random.pick(deck)
    await run(world)
    done[name]++
  }
}

function tell({ heap, rss }) {
  const rate = client.asked / ((performance.now() - begun) / 1000)
  console.log(
    `${String(client.asked).padStart(9)} requests, ${rate.toFixed(0)} a second: heap ${heap.toFixed(1)} MB, resident ${rss.toFixed(0)} MB`
  )
}
