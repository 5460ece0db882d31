import { build } from 'esbuild'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { load } from './load.mjs'
import { mint } from './rates.mjs'
import { patch, pinned } from './server.mjs'

const SECONDS = 6

/**
 * Where the time of a PATCH goes. Both servers are profiled under load, and the time that each function ran by itself is
 * put to the folder of its source, so that the rows add up to the whole distance between them.
 *
 * @param servers `{ name: [entry, port, arguments] }`, bare Fastify first
 */
export async function measureSteps({ folder, buildOptions, servers }) {
  const costs = {}
  for (const [name, [entry, port, args]] of Object.entries(servers)) {
    const file = join(folder, `${name}-profiled.mjs`)
    await build({ ...buildOptions, entryPoints: [entry], outfile: file, minify: false, sourcemap: true })
    costs[name] = await costOfRequest({ name, file, port, args, folder })
  }
  report(costs)
}

/** Microseconds of one request by room. */
async function costOfRequest({ name, file, port, args, folder }) {
  const preload = new URL('profile-on-message.mjs', import.meta.url).href
  const [command, all] = pinned(0, process.execPath, ['--import', preload, file, ...args, String(port)])
  const child = spawn(command, all, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  try {
    while ((await patch(port)) !== 200) await new Promise((resolve) => setTimeout(resolve, 20))
    const token = name === 'bare' ? 'none' : await mint(port)
    const options = { port, method: 'PATCH', token, folder }
    await load({ ...options, seconds: 2 })
    await message(child, 'start')
    const rate = await load({ ...options, seconds: SECONDS })
    const profile = await message(child, 'stop')
    return byRoom(profile, file, rate * SECONDS)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

async function message(child, text) {
  const answer = once(child, 'message')
  child.send(text)
  return (await answer)[0]
}

function byRoom({ nodes, samples, timeDeltas }, file, requests) {
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))
  const rooms = new Map(nodes.map(({ id, callFrame }) => [id, roomOf(callFrame, file, map)]))
  const costs = new Map()
  for (const [at, id] of samples.entries()) {
    const room = rooms.get(id)
    if (room !== undefined) costs.set(room, (costs.get(room) ?? 0) + timeDeltas[at] / requests)
  }
  return costs
}

/** `undefined` for time in which nothing ran. */
function roomOf({ functionName, url, lineNumber, columnNumber }, file, map) {
  if (functionName === '(idle)') return undefined
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (url.startsWith('node:')) return `Node, ${url.split('/')[0]}`
  if (!url.endsWith(file)) return 'Node, native code'
  const { originalSource } = map.findEntry(lineNumber, columnNumber)
  if (originalSource === undefined) return 'other'
  const source = relative(process.cwd(), resolve(file, '..', originalSource))
  const [, dependency] = /node_modules\/(@[^/]+\/[^/]+|[^/]+)\//.exec(source) ?? []
  if (dependency) return dependency
  const segments = source.split('/').slice(0, -1)
  return segments.slice(0, segments[1] === 'graph' ? 3 : 2).join('/')
}

function report({ bare, ...others }) {
  const sum = (costs) => [...costs.values()].reduce((total, cost) => total + cost, 0)
  for (const [name, costs] of Object.entries(others)) {
    const distance = sum(costs) - sum(bare)
    console.log(
      `\nPATCH, µs of the server's core: ${name} ${sum(costs).toFixed(1)}, bare Fastify ${sum(bare).toFixed(1)}; the distance of ${distance.toFixed(1)} by room:`
    )
    const rooms = [...new Set([...bare.keys(), ...costs.keys()])]
    const rows = rooms.map((room) => [room, (costs.get(room) ?? 0) - (bare.get(room) ?? 0)])
    for (const [room, cost] of rows.sort(([, one], [, other]) => other - one)) {
      if (Math.abs(cost) >= 0.05) console.log(`  ${room.padEnd(44)}${cost.toFixed(2).padStart(6)}`)
    }
  }
}
