import { readFileSync } from 'node:fs'
import { bareArgs, median, mockArgs, start } from './server.mjs'

/** Resident memory after the first answer, at rest. Aim: at most 1.2 of bare. Linux only. */
export async function measureMemory(bare) {
  if (process.platform !== 'linux') return
  const figures = { bare: [], mock: [] }
  for (let round = 0; round < 5; round++) {
    figures.bare.push(await atRest(bareArgs(bare, 8473), 8473))
    figures.mock.push(await atRest(mockArgs(8474), 8474))
  }
  const [x, y] = [median(figures.mock), median(figures.bare)]
  console.log(
    `memory at rest          ${(x / y).toFixed(2)} of bare Fastify (aim ≤ 1.20)   ${x.toFixed(0)} MB : ${y.toFixed(0)} MB`
  )
}

async function atRest(args, port) {
  const server = await start(args, port)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))
  await server.stop()
  return Number(kilobytes) / 1024
}
