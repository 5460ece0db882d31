// `npm run hostile`: texts made to take as long as can be, of 100 KB and of 1 MB, against what looks for secrets and
// against every place of the built server that a client can write to. Ten times the length may take about ten times as
// long: 20 times is a failure. Figures are processor time, the least of several runs, so that a busy machine changes
// nothing.
import { build } from 'esbuild'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOSTILE } from './hostile/texts.mjs'
import { places, send } from './hostile/places.mjs'
import { startMeasured } from './measured-server.mjs'

const [SHORT, LONG] = [100_000, 1_000_000]
/** A header block is at most 64 KiB. */
const [SHORT_HEAD, LONG_HEAD] = [6_000, 60_000]
const MOST = 20
const RUNS = 3
/** Milliseconds that the shorter text counts at least, so that no accident of a short time makes a large ratio. */
const LEAST = 10

const failures = []
await measureFunctions()
await measureServer()
for (const failure of failures) console.error(`FAILED: ${failure}`)
console.log(failures.length === 0 ? 'all in proportion to their length' : `${failures.length} failures`)
process.exitCode = failures.length === 0 ? 0 : 1

async function measureFunctions() {
  const folder = await mkdtemp(join(tmpdir(), 'msgraph-mock-hostile-'))
  const outfile = join(folder, 'redaction.mjs')
  try {
    await build({ entryPoints: ['bench/hostile/redaction.ts'], outfile, bundle: true, platform: 'node', format: 'esm' })
    const { redactions } = await import(outfile)
    const time = () => {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1000
    }
    for (const [what, redact] of Object.entries(redactions)) {
      await measure(what, [SHORT, LONG], time, (text) => redact(text))
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function measureServer() {
  const server = await startMeasured('--log-level', 'info')
  for (const [where, { isHead = false, ask }] of Object.entries(places)) {
    const lengths = isHead ? [SHORT_HEAD, LONG_HEAD] : [SHORT, LONG]
    await measure(where, lengths, server.time, async (text) => {
      for (const request of ask(text)) await send(server.port, request)
      // What was written is read as well.
      for (const path of ['/_mock/requests?limit=1', '/_mock/requests/unmatched']) await send(server.port, { path })
      await send(server.port, { method: 'DELETE', path: '/_mock/requests' })
    })
  }
  const code = await server.stop()
  if (code !== 0) failures.push(`the server ended with ${code}`)
}

/** Takes the time of every hostile text, short and long. @param time milliseconds so far */
async function measure(what, lengths, time, act) {
  const worst = { ratio: 0, long: 0 }
  for (const [kind, make] of Object.entries(HOSTILE)) {
    const [short, long] = [await best(make(lengths[0])), await best(make(lengths[1]))]
    const ratio = long / Math.max(short, LEAST)
    if (ratio >= MOST)
      failures.push(`${what}, ${kind}: ${long.toFixed(0)} ms, ${ratio.toFixed(0)} times ${short.toFixed(1)} ms`)
    worst.ratio = Math.max(worst.ratio, ratio)
    worst.long = Math.max(worst.long, long)
  }
  console.log(
    `  ${what.padEnd(34)}${worst.ratio.toFixed(1).padStart(5)} times as long, at most ${worst.long.toFixed(0)} ms`
  )

  async function best(text) {
    let least = Infinity
    for (let run = 0; run < RUNS; run++) {
      const begun = await time()
      await act(text)
      least = Math.min(least, (await time()) - begun)
    }
    return least
  }
}
