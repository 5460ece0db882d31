// `npm run corpus`: asks a build what the corpus asks, and tells where its answers differ from those that are recorded.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { tellDifferences } from './differences.js'
import { Client } from './exchange.js'
import { corpusFixture, emptyFixture } from './fixture.js'
import { play, type PlayOptions, type Recorded } from './play.js'
import { Servers, type ServerName } from './servers.js'
import type { Sequence } from './step.js'

const USAGE = `npm run corpus -- [options] [GROUP…]
  --record      writes the answers down instead of comparing them
  --dist DIR    asks the build in DIR; default: dist
  --sources     asks the sources of this checkout, without a build
GROUP is the name of a file in test/corpus/requests; default: all.`
const REQUESTS = join(import.meta.dirname, 'requests')
const ANSWERS = join(import.meta.dirname, 'answers')
/** Servers that are asked at once. */
const AT_ONCE = 2

interface Group {
  readonly name: string
  readonly sequences: readonly Sequence[]
}

type Answers = Record<string, Recorded>

const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    record: { type: 'boolean', default: false },
    dist: { type: 'string', default: 'dist' },
    sources: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})
if (flags.help) console.log(USAGE)
else process.exitCode = await main()

async function main(): Promise<number> {
  const groups = await readGroups(wanted)
  const begun = performance.now()
  const servers = new Servers(
    flags.sources
      ? [process.execPath, '--import', pathToFileURL(resolve('scripts/typescript.mjs')).href, 'src/cli.ts']
      : [process.execPath, join(flags.dist, 'cli.js')]
  )
  let answers: Map<string, Answers>
  try {
    answers = await askAll(servers, groups)
  } finally {
    servers.close()
  }
  const count = [...answers.values()].reduce((sum, group) => sum + Object.keys(group).length, 0)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${count} answers of ${groups.length} groups in ${seconds} s`)
  if (flags.record) {
    record(answers)
    return 0
  }
  const different = groups.reduce(
    (sum, { name }) => sum + tellDifferences(name, read(name), answers.get(name) ?? {}),
    0
  )
  if (different === 0) return 0
  console.log(
    `${different} answers differ from those in test/corpus/answers. Where that is meant, npm run corpus -- --record writes them anew.`
  )
  return 1
}

async function readGroups(names: readonly string[]): Promise<Group[]> {
  const known = readdirSync(REQUESTS).map((file) => basename(file, '.ts'))
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`no group ${unknown}; there are ${known.join(', ')}`)
  return Promise.all(
    [...(names.length === 0 ? known : names)].sort().map(async (name) => {
      const url = pathToFileURL(join(REQUESTS, `${name}.ts`)).href
      const { sequences } = (await import(url)) as { sequences: readonly Sequence[] }
      demandUnique(name, sequences)
      return { name, sequences }
    })
  )
}

function demandUnique(group: string, sequences: readonly Sequence[]): void {
  const seen = new Set<string>()
  for (const { server, steps } of sequences) {
    for (const step of steps) {
      if (step.kind === 'request' && step.isSetUp) continue
      const name = nameOf(server, step.name)
      if (seen.has(name)) throw new Error(`${group} has two rows named ${JSON.stringify(name)}`)
      seen.add(name)
    }
  }
}

/** Server by server, and on each in the order of the files, so that what one leaves behind is always the same. */
async function askAll(servers: Servers, groups: readonly Group[]): Promise<Map<string, Answers>> {
  const byServer = new Map<ServerName, { group: string; sequence: Sequence }[]>()
  for (const { name: group, sequences } of groups) {
    for (const sequence of sequences) {
      byServer.set(sequence.server, [...(byServer.get(sequence.server) ?? []), { group, sequence }])
    }
  }
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  const options: PlayOptions = {
    version,
    fixtures: [readFileSync('fixtures/default.json', 'utf8'), JSON.stringify([corpusFixture(''), emptyFixture])],
    values: { clientKey: servers.clientKey }
  }
  const found = new Map<string, Recorded>()
  const waiting = [...byServer].sort(([, one], [, other]) => other.length - one.length)
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, sequences] = next
      const server = await servers.start(name)
      const client = new Client()
      for (const { group, sequence } of sequences) {
        const answers = await play(server, client, sequence, options)
        for (const [step, answer] of answers) found.set(`${group}\n${nameOf(name, step)}`, answer)
      }
      client.close()
      await server.close()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return inOrder(groups, found)
}

function inOrder(groups: readonly Group[], found: ReadonlyMap<string, Recorded>): Map<string, Answers> {
  return new Map(
    groups.map(({ name: group, sequences }) => {
      const names = sequences.flatMap(({ server, steps }) => steps.map(({ name }) => nameOf(server, name)))
      const answers = names.flatMap((name) => {
        const answer = found.get(`${group}\n${name}`)
        return answer ? [[name, answer] as const] : []
      })
      return [group, Object.fromEntries(answers)]
    })
  )
}

/** Rows of the server that most are about need not name it. */
function nameOf(server: ServerName, step: string): string {
  return server === 'documented' ? step : `${server} | ${step}`
}

function read(group: string): Answers {
  try {
    return JSON.parse(readFileSync(join(ANSWERS, `${group}.json`), 'utf8')) as Answers
  } catch {
    return {}
  }
}

function record(answers: ReadonlyMap<string, Answers>): void {
  for (const [group, rows] of answers) {
    writeFileSync(join(ANSWERS, `${group}.json`), `${JSON.stringify(rows, undefined, 2)}\n`)
  }
  const groups = readdirSync(REQUESTS).map((file) => `${basename(file, '.ts')}.json`)
  for (const file of readdirSync(ANSWERS)) if (!groups.includes(file)) rmSync(join(ANSWERS, file))
}
