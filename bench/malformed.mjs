// `npm run malformed`: thousands of malformed requests, http and https in turn, against the built command line. Then the
// server has to answer as before, no connection may be left, and memory has to be flat. `--requests N --seed N`; a
// failure names the seed and the number of the request, which `--only NUMBER` repeats.
import { parseArgs } from 'node:util'
import { growth } from './flat.mjs'
import { deliver } from './malformed/deliver.mjs'
import { KINDS, TLS_KINDS } from './malformed/kinds.mjs'
import { keepWaiting } from './malformed/slow.mjs'
import { startMeasured } from './measured-server.mjs'
import { seeded } from './seeded.mjs'

const SAMPLES = 30
const AT_ONCE = 32
/** Milliseconds within which the server ends those who keep it waiting: its own limit is 30 s. */
const PATIENCE = 35_000

const { values } = parseArgs({
  options: { requests: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } }
})
const requests = Number(values.requests ?? 10_000)
const seed = Number(values.seed ?? 1)
// Node warns that a client which trusts any certificate does so.
process.removeAllListeners('warning')

const failures = []
const server = await startMeasured('--journal-size', '100')
const waiting = values.only === undefined ? keepWaiting(server.port, PATIENCE) : []
const samples = []
const begun = performance.now()
if (values.only !== undefined) await attack(Number(values.only))
else {
  for (let sample = 0; sample < SAMPLES; sample++) {
    let next = Math.round((requests * sample) / SAMPLES)
    const end = Math.round((requests * (sample + 1)) / SAMPLES)
    const worker = async () => {
      while (next < end) await attack(next++)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    samples.push(await server.memory())
  }
}
const seconds = (performance.now() - begun) / 1000
console.log(`${requests} malformed requests, seed ${seed}, ${seconds.toFixed(0)} s`)
for (const name of await waiting) failures.push(`was kept waiting for ${PATIENCE} ms by a client: ${name}`)
failures.push(...(await stillAnswers()))
if (samples.length > 0) failures.push(...growth(samples))
const { sockets } = await settled()
if (sockets > 0) failures.push(`${sockets} connections are left`)
const code = await server.stop()
if (code !== 0) failures.push(`ended with ${code}`)

for (const failure of failures.slice(0, 20)) console.error(`FAILED: ${failure}`)
console.log(
  failures.length === 0 ? 'answers as before; memory flat; no connection left' : `${failures.length} failures`
)
process.exitCode = failures.length === 0 ? 0 : 1

async function attack(number) {
  const random = seeded(seed * 1_000_003 + number)
  const { name, bytes, statuses, secure } = choose(random)
  const pieces = random.pick([1, 1, 1, 2, 3, 9])
  const hangUpAt = random.below(4) === 0 ? random.below(bytes.length) : undefined
  const ending = statuses === null || needsEnd(name) || random.below(2) === 0 ? 'end' : 'stay'
  const { said, stuck } = await deliver(server.port, bytes, { secure, pieces, ending, hangUpAt })
  const got = [...said.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status))
  const fail = (text) => failures.push(`${number}: ${secure ? 'https' : 'http'}, ${name}, ${ending}: ${text}`)
  if (stuck) fail(`still open after everything was said: ${got.join()}`)
  // An unknown version is the one mistake of a client that HTTP answers with a 5xx.
  if (got.some((status) => status >= 500 && status !== 505)) fail(`answered ${got.join()}`)
  // Over TLS, Node takes the end of the client's side for that of the connection, whatever is still to be answered.
  const wanted = secure && ending === 'end' ? statuses?.slice(0, Math.max(got.length, 1)) : statuses
  if (hangUpAt === undefined && wanted && got.join() !== wanted.join())
    fail(`answered ${got.join()}, not ${wanted.join()}`)
}

function choose(random) {
  const isHandshake = random.below(8) === 0
  const [name, make] = random.pick(Object.entries(isHandshake ? TLS_KINDS : KINDS))
  const made = make(random)
  return isHandshake
    ? { name, bytes: made, statuses: null, secure: false }
    : { name, ...made, secure: random.below(2) === 0 }
}

/** What breaks only by its end. */
function needsEnd(name) {
  return /early|half/.test(name)
}

async function stillAnswers() {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  const answers = await Promise.all(
    [server.url, server.httpsUrl].map((url) =>
      fetch(`${url}/beta/deviceManagement/windowsAutopilotSettings`, {
        method: 'PATCH',
        headers: { authorization: 'Bearer readwrite', 'content-type': 'application/json', connection: 'close' },
        body: '{"syncStatus":"inProgress"}'
      }).then(async (answer) => `${answer.status} ${(await answer.json()).syncStatus}`, String)
    )
  )
  return answers.filter((answer) => answer !== '200 inProgress').map((answer) => `a good PATCH afterwards: ${answer}`)
}

/** The memory, once the last connections have ended. */
async function settled() {
  for (let look = 0; ; look++) {
    const memory = await server.memory()
    if (memory.sockets === 0 || look === 50) return memory
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
