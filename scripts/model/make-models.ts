// Makes the compact texts from the packages and tables; scripts/model/build.mjs keeps them for the next build.
import { readFileSync } from 'node:fs'
import { parseType, writeText, type Line } from '../../src/graph/model/compact-text.js'
import { parseOperations } from '../../src/graph/model/operation.js'
import { Merge } from './merge.js'
import { readSdkTypes, type SdkTypes } from './sdk-types.js'
import { joinTables, parseTable, type Table } from './table.js'
import { readTypings } from './typings.js'

export interface Counts {
  readonly types: number
  readonly properties: number
  readonly navigation: number
  readonly enumerations: number
  readonly roots: number
  readonly operations: number
}

/** A little under what the packages and tables have: fewer means that something is no longer read. */
const FLOORS: Readonly<Record<string, Counts>> = {
  beta: { types: 5500, properties: 22_000, navigation: 2700, enumerations: 1780, roots: 120, operations: 1900 },
  'v1.0': { types: 2850, properties: 10_200, navigation: 1400, enumerations: 810, roots: 68, operations: 1080 }
}

const PACKAGES = {
  beta: ['@microsoft/msgraph-beta-sdk', '@microsoft/microsoft-graph-types-beta'],
  'v1.0': ['@microsoft/msgraph-sdk', '@microsoft/microsoft-graph-types']
} as const

/** Text by version. */
export function makeModels(modules: string, tables: string): ReadonlyMap<string, string> {
  const overlay = readTable(tables, 'overlay')
  const read = Object.entries(PACKAGES).map(([version, [sdk, typings]]) => {
    return { version, sdk, typings, types: readSdkTypes(`${modules}/${sdk}`) }
  })
  demandUse(
    overlay,
    read.map(({ types }) => types)
  )
  return new Map(
    read.map(({ version, sdk, typings, types }) => {
      const table = readTable(tables, version)
      const merge = new Merge(types, readTypings(`${modules}/${typings}`), joinTables([table, overlay]))
      const packages = [sdk, typings].map((name) => `${name} ${versionOf(`${modules}/${name}`)}`).join(', ')
      const source = { key: '%source', body: `${packages}; ${table.title}` }
      const lines = [source, ...merge.lines()]
      demandFloors(version, lines)
      return [version, writeText(lines)]
    })
  )
}

function readTable(tables: string, name: string): Table {
  const file = `${tables}/${name}.txt`
  return parseTable(readFileSync(file, 'utf8'), file)
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version: string }).version
}

/** A line of the overlay that no version has a use for is a mistake in it, or outlived what it mended. */
function demandUse(overlay: Table, versions: readonly SdkTypes[]): void {
  for (const [key, marks] of overlay.marks) {
    const name = key.replace(/^#/, '')
    const known = versions.flatMap(({ types, enums }) => types.get(name) ?? (enums.has(name) ? { properties: [] } : []))
    if (known.length === 0) throw new Error(`the overlay names the type ${name}, which no version has`)
    for (const property of marks.keys()) {
      if (property === '' || known.some(({ properties }) => properties.some((one) => one.name === property))) continue
      throw new Error(`the overlay names the property ${name}/${property}, which no version has`)
    }
  }
}

export function countLines(lines: readonly Line[]): Counts {
  const types = lines.filter(({ key }) => /^\w/.test(key)).map(parseType)
  const members = types.flatMap((type) => type.members)
  const navigation = members.filter(({ kind }) => kind.startsWith('>')).length
  return {
    types: types.length,
    properties: members.length - navigation,
    navigation,
    enumerations: lines.filter(({ key }) => key.startsWith('#')).length,
    roots: lines.filter(({ key }) => key.startsWith('/')).length,
    operations: lines.filter(({ key }) => key.startsWith('!')).flatMap(({ body }) => parseOperations(body)).length
  }
}

function demandFloors(version: string, lines: readonly Line[]): void {
  const counts = countLines(lines)
  const floors = FLOORS[version]
  for (const [what, floor] of Object.entries(floors ?? {}) as [keyof Counts, number][]) {
    if (counts[what] >= floor) continue
    throw new Error(`the model of ${version} has ${counts[what]} ${what}, and should have ${floor} at least`)
  }
}
