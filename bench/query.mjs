// `node bench/query.mjs`: what it costs to read queries and paths, and to filter by them. Costs are figures for one
// machine; what counts are the ratios: ten times the text takes about ten times as long, and a filter is compared with
// the same test written by hand in JavaScript, measured in turn in one run. Where the tree of a long text no longer fits
// the young generation, its copies by the garbage collector come on top: `node --max-semi-space-size=128` leaves them out.
import { build } from 'esbuild'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOURCES = {
  'query/parse/parse-expression': ['parseFilter', 'parseOrderBy'],
  'query/parse/parse-select': ['parseSelect'],
  'query/parse/parse-expand': ['parseExpand'],
  'query/parse/parse-search': ['parseSearch'],
  'query/parse/query-options': ['parseQueryOptions'],
  'query/bind/bind-query': ['bindQuery'],
  'query/evaluate/evaluate': ['predicate', 'ordered'],
  'query/evaluate/context': ['jsonContext'],
  'query/evaluate/project': ['project'],
  'path/canonical-path': ['canonicalPath'],
  'path/path-segments': ['pathSegments']
}
const odata = await bundled()

const KIB = 1024
const SMALL = 100 * KIB
const LARGE = 1000 * KIB
const ROUNDS = 9
const ENTITIES = 10_000

/** A type whose properties are told by their values below. */
const PROPERTIES = {
  id: 'Edm.String',
  displayName: 'Edm.String',
  operatingSystem: 'Edm.String',
  accountEnabled: 'Edm.Boolean',
  priority: 'Edm.Int32',
  freeBytes: 'Edm.Int64',
  createdDateTime: 'Edm.DateTimeOffset',
  tags: 'Edm.String'
}
const type = {
  name: 'microsoft.graph.item',
  property: (name) => {
    const found = Object.keys(PROPERTIES).find((property) => property.toLowerCase() === name.toLowerCase())
    return (
      found && { name: found, kind: 'primitive', type: PROPERTIES[found], collection: found === 'tags', nullable: true }
    )
  },
  navigations: () => [],
  isDerivedFrom: (name) => name === 'microsoft.graph.item'
}
const model = { type: () => type, enumeration: () => undefined }
const entities = Array.from({ length: ENTITIES }, (_, at) => ({
  id: String(at),
  displayName: `Device ${at}`,
  operatingSystem: at % 3 === 0 ? 'Windows' : 'iOS',
  accountEnabled: at % 2 === 0,
  priority: at % 100,
  freeBytes: at * 1000,
  createdDateTime: new Date(1_700_000_000_000 + at * 60_000).toISOString(),
  tags: [`t${at % 7}`, 'all']
}))
const context = odata.jsonContext(model, () => '2024-01-01T00:00:00Z')

console.log(`Node ${process.version}\n`)
readTypical()
readLong()
filter()
rest()

/** What a usual query costs. */
function readTypical() {
  const query =
    "$filter=startswith(displayName,'Device 1') and accountEnabled eq true&$select=id,displayName&$orderby=displayName&$top=100"
  const options = odata.parseQueryOptions(query, { dollarOptional: true })
  const bound = odata.bindQuery(options, type, model)
  const rows = {
    'parse a $filter of two tests': () =>
      odata.parseFilter("startswith(displayName,'Device 1') and accountEnabled eq true"),
    'parse a query of four options': () => odata.parseQueryOptions(query, { dollarOptional: true }),
    'hold it against a type': () => odata.bindQuery(options, type, model),
    'make its filter ready': () => odata.predicate(bound.filter, 'ordinal'),
    'bring a path into canonical form': () =>
      odata.canonicalPath("/deviceManagement/managedDevices('39778baa-907f')/microsoft.graph.syncDevice")
  }
  for (const [name, run] of Object.entries(rows)) {
    const micros = median(() => repeated(run, 2000)) / 2
    console.log(`${name.padEnd(36)} ${micros.toFixed(1).padStart(6)} µs`)
  }
  console.log()
}

/** Cost by length: the same text at 100 KiB and at 1000 KiB. */
function readLong() {
  const long = (part, separator) => (size) => filled(part, separator, size)
  const rows = {
    '$filter, tests joined by or': [odata.parseFilter, long("displayName eq 'abc'", ' or ')],
    '$filter, a list behind in': [odata.parseFilter, (size) => `id in (${filled("'abcdefgh'", ',', size)})`],
    '$filter, one string': [odata.parseFilter, (size) => `id eq '${"x''".repeat(size / 3)}'`],
    $orderby: [odata.parseOrderBy, long('displayName desc', ',')],
    $select: [odata.parseSelect, long('displayName', ',')],
    '$expand, side by side': [odata.parseExpand, long('manager($select=id;$top=1)', ',')],
    '$expand, nested': [odata.parseExpand, (size) => nestedExpand(size)],
    $search: [odata.parseSearch, long('"displayName:x"', ' OR ')],
    'a query of options that are passed over': [
      (text) => odata.parseQueryOptions(text, { dollarOptional: true }),
      long('a=%20b', '&')
    ],
    'a path': [odata.canonicalPath, long("users('1')", '/')],
    '$filter that is wrong at its end': [
      refused(odata.parseFilter),
      (size) => `${filled("a eq 'b'", ' or ', size)} or`
    ],
    'brackets that do not close': [refused(odata.parseExpand), (size) => `m${'('.repeat(size)}`]
  }
  console.log(`${''.padEnd(42)}  100 KiB   1000 KiB   ratio`)
  for (const [name, [parse, text]] of Object.entries(rows)) {
    const [small, large] = [text(SMALL), text(LARGE)]
    const times = [median(() => timed(() => parse(small))), median(() => timed(() => parse(large)))]
    const figures = times.map((time) => `${time.toFixed(1).padStart(6)} ms`).join('   ')
    console.log(`${name.padEnd(42)} ${figures}   ${(times[1] / times[0]).toFixed(1).padStart(5)}`)
  }
  console.log()
}

/** Filtering plain objects, against the same test by hand. */
function filter() {
  const since = '2023-11-18T00:00:00.000Z'
  const rows = {
    "operatingSystem eq 'Windows'": (item) => item.operatingSystem === 'Windows',
    "startswith(displayName,'Device 1') and accountEnabled eq true": (item) =>
      item.displayName.startsWith('Device 1') && item.accountEnabled === true,
    "contains(displayName,'77') or priority gt 90": (item) => item.displayName.includes('77') || item.priority > 90,
    'freeBytes gt 5000000 and freeBytes lt 9000000': (item) => item.freeBytes > 5_000_000 && item.freeBytes < 9_000_000,
    [`createdDateTime ge ${since}`]: (item) => Date.parse(item.createdDateTime) >= Date.parse(since),
    "tags/any(t:t eq 't3')": (item) => item.tags.some((tag) => tag === 't3'),
    [`id in (${Array.from({ length: 15 }, (_, at) => `'${at * 100}'`).join(',')})`]: (item) =>
      [
        '0',
        '100',
        '200',
        '300',
        '400',
        '500',
        '600',
        '700',
        '800',
        '900',
        '1000',
        '1100',
        '1200',
        '1300',
        '1400'
      ].includes(item.id)
  }
  console.log(`${`filtering ${ENTITIES} objects`.padEnd(64)} here     by hand   ratio`)
  for (const [text, byHand] of Object.entries(rows)) {
    const options = odata.parseQueryOptions(`$filter=${encodeURIComponent(text)}`, { dollarOptional: true })
    const fits = odata.predicate(odata.bindQuery(options, type, model).filter, 'ordinal')
    const here = () => entities.filter((item) => fits(item, context))
    if (here().length !== entities.filter(byHand).length) throw new Error(`not the same entities: ${text}`)
    const [ours, theirs] = medians(here, () => entities.filter(byHand))
    const label = text.length > 60 ? `${text.slice(0, 57)}...` : text
    console.log(
      `${label.padEnd(62)} ${ours.toFixed(2).padStart(5)} ms  ${theirs.toFixed(2).padStart(6)} ms  ${(ours / theirs).toFixed(1).padStart(6)}`
    )
  }
  console.log()
}

/** Ordering and projecting, against the same by hand. */
function rest() {
  const { orderby, select } = odata.bindQuery(
    odata.parseQueryOptions('$orderby=operatingSystem,priority desc&$select=id,displayName', { dollarOptional: true }),
    type,
    model
  )
  const compare = (left, right) =>
    left.operatingSystem < right.operatingSystem
      ? -1
      : left.operatingSystem > right.operatingSystem
        ? 1
        : right.priority - left.priority
  const rows = {
    'two items of $orderby': [
      () => odata.ordered(entities, orderby, 'ordinal', context),
      () => [...entities].sort(compare)
    ],
    'two properties of $select': [
      () => entities.map((item) => odata.project(item, select)),
      () => entities.map(({ id, displayName }) => ({ id, displayName }))
    ]
  }
  for (const [name, [run, byHand]] of Object.entries(rows)) {
    const [ours, theirs] = medians(run, byHand)
    console.log(
      `${name.padEnd(62)} ${ours.toFixed(2).padStart(5)} ms  ${theirs.toFixed(2).padStart(6)} ms  ${(ours / theirs).toFixed(1).padStart(6)}`
    )
  }
}

function filled(part, separator, size) {
  const times = Math.floor(size / (part.length + separator.length))
  return Array.from({ length: times }, () => part).join(separator)
}

/** As deep as is allowed, with all the text at the bottom. */
function nestedExpand(size) {
  const levels = 9
  return `${'manager($expand='.repeat(levels)}${filled('manager', ',', size)}${')'.repeat(levels)}`
}

function refused(parse) {
  return (text) => {
    try {
      parse(text)
    } catch {
      return
    }
    throw new Error('was not refused')
  }
}

/** Milliseconds of processor time, which others on the machine do not lengthen. */
function timed(run) {
  const begun = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

function repeated(run, times) {
  return timed(() => {
    for (let time = 0; time < times; time++) run()
  })
}

function median(measure) {
  measure()
  const times = Array.from({ length: ROUNDS }, measure).sort((left, right) => left - right)
  return times[Math.floor(ROUNDS / 2)]
}

/** Of two, measured in turn. */
function medians(first, second) {
  const times = [[], []]
  for (let round = 0; round < ROUNDS * 3; round++) {
    times[0].push(timed(first))
    times[1].push(timed(second))
  }
  return times.map((found) => found.sort((left, right) => left - right)[Math.floor(found.length / 2)])
}

async function bundled() {
  const contents = Object.entries(SOURCES)
    .map(([file, names]) => `export { ${names.join(', ')} } from './src/graph/odata/${file}.js'`)
    .join('\n')
  const folder = await mkdtemp(join(tmpdir(), 'msgraph-mock-bench-'))
  try {
    const outfile = join(folder, 'odata.mjs')
    await build({
      stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20'
    })
    return await import(outfile)
  } finally {
    await rm(folder, { recursive: true })
  }
}
