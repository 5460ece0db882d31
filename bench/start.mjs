import { bareArgs, median, mockArgs, start } from './server.mjs'

const ROUNDS = 15

/** From spawn to the first 200, and from SIGTERM to the end of the process. Aims: at most 1.2 of bare, and 50 ms. */
export async function measureStart(bare) {
  const times = { bare: [], mock: [], stop: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    const a = await start(bareArgs(bare, 8471), 8471)
    await a.stop()
    const b = await start(mockArgs(8472), 8472)
    const stop = await b.stop()
    if (round === 0) continue
    times.bare.push(a.ms)
    times.mock.push(b.ms)
    times.stop.push(stop)
  }
  const [x, y] = [median(times.mock), median(times.bare)]
  console.log(
    `start to first answer   ${(x / y).toFixed(2)} of bare Fastify (aim ≤ 1.20)   ${x.toFixed(0)} ms : ${y.toFixed(0)} ms`
  )
  console.log(`SIGTERM to exit, idle   ${median(times.stop).toFixed(0)} ms (aim ≤ 50 ms)`)
}
