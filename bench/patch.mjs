import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { bareArgs, median, mockArgs, pinned, start } from './server.mjs'

const ROUNDS = 5
const SECONDS = 4

/** PATCH requests per second through the whole path, with a minted token. Aim: 0.75 of bare; 0.60 at the least. */
export async function measurePatch(bare) {
  const servers = [await start(bareArgs(bare, 8475), 8475), await start(mockArgs(8476), 8476)]
  try {
    const token = await mint(8476)
    const rates = [[], []]
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [at, { port }] of servers.entries()) {
        const rate = await load(port, token)
        if (round > 0) rates[at].push(rate)
      }
    }
    const ratio = median(rates[1].map((rate, at) => rate / rates[0][at]))
    const [y, x] = rates.map(median)
    console.log(
      `PATCH per second        ${ratio.toFixed(2)} of bare Fastify (aim ≥ 0.75)   ${x.toFixed(0)} : ${y.toFixed(0)}`
    )
  } finally {
    for (const server of servers) await server.stop()
  }
}

/** The load is a process of its own, on the other core. */
async function load(port, token) {
  const [command, args] = pinned(1, process.execPath, ['bench/load.mjs', String(port), String(SECONDS), token])
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const text = Buffer.concat(await child.stdout.toArray()).toString()
  if (text === '') throw new Error('the load failed')
  return Number(text)
}

function mint(port) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path: '/_mock/tokens', method: 'POST' }, async (incoming) => {
      resolve(JSON.parse(Buffer.concat(await incoming.toArray()).toString()).access_token)
    })
    outgoing.on('error', reject).end()
  })
}
