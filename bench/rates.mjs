import { request } from 'node:http'
import { load, loadedBy } from './load.mjs'
import { bareArgs, median, mockArgs, start } from './server.mjs'

const ROUNDS = 7
const SECONDS = 3
/** Of bare Fastify. */
const AIMS = { PATCH: 0.72, GET: 0.5 }

/**
 * PATCH and GET per second through the whole path, with a minted token, the journal and all else on, beside both
 * yardsticks: each server in turn, so that what else runs on the machine meets all of them.
 */
export async function measureRates({ bare, ceiling, folder }) {
  const servers = {
    bare: await start(bareArgs(bare, 8475), 8475),
    ceiling: await start(bareArgs(ceiling, 8476), 8476),
    mock: await start(mockArgs(8477), 8477)
  }
  try {
    const token = await mint(servers.mock.port)
    for (const method of ['PATCH', 'GET']) {
      const rates = { bare: [], ceiling: [], mock: [] }
      for (let round = 0; round <= ROUNDS; round++) {
        for (const [name, { port }] of Object.entries(servers)) {
          const rate = await load({ port, method, seconds: round === 0 ? 2 : SECONDS, token, folder })
          if (round > 0) rates[name].push(rate)
        }
      }
      const ratio = (name, other) => median(rates[name].map((rate, at) => rate / rates[other][at])).toFixed(2)
      const figures = Object.entries(rates).map(([name, list]) => `${name} ${median(list).toFixed(0)}`)
      console.log(
        `${method} per second`.padEnd(24) +
          `${ratio('mock', 'bare')} of bare Fastify (aim ≥ ${AIMS[method].toFixed(2)}), ${ratio('mock', 'ceiling')} of the ceiling, ` +
          `which is ${ratio('ceiling', 'bare')} of bare   ${figures.join(', ')}`
      )
    }
    console.log(`loaded by ${loadedBy}`)
  } finally {
    for (const server of Object.values(servers)) await server.stop()
  }
}

export function mint(port) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path: '/_mock/tokens', method: 'POST' }, async (incoming) => {
      resolve(JSON.parse(Buffer.concat(await incoming.toArray()).toString()).access_token)
    })
    outgoing.on('error', reject).end()
  })
}
