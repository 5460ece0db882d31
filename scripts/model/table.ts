// The tables that are checked in, src/graph/model/tables/: facts that a script took from Microsoft's SDKs, and the overlay
// by hand. Lines are those of src/graph/model/compact-text.ts; a line with + adds to what the packages say of a type.
import type { Line } from '../../src/graph/model/compact-text.js'

/** What is added to a property, or, under the empty name, to the type itself. */
export interface Marks {
  /** `security.alert` where the packages name another target. */
  readonly target: string | undefined
  readonly add: string
  /** Flags that are taken away, which stand after a question mark. */
  readonly remove: string
  readonly verbs: string | undefined
}

export interface Table {
  /** First line: where it comes from. */
  readonly title: string
  /** Roots and operations. */
  readonly lines: readonly Line[]
  /** By name of the type, or `#` and that of an enumeration; then by property. */
  readonly marks: ReadonlyMap<string, ReadonlyMap<string, Marks>>
}

/** @throws Error naming the line that is wrong */
export function parseTable(text: string, file: string): Table {
  const lines: Line[] = []
  const marks = new Map<string, Map<string, Marks>>()
  const rows = text.split('\n')
  rows.forEach((row, at) => {
    if (row === '' || row.startsWith(';')) return
    const equals = row.indexOf('=')
    if (equals < 0 || !/^[/!+]/.test(row)) throw new Error(`${file}:${at + 1}: no line of a table: ${row.slice(0, 80)}`)
    const [key, body] = [row.slice(0, equals), row.slice(equals + 1)]
    if (!key.startsWith('+')) lines.push({ key, body })
    else marks.set(key.slice(1), withMarks(marks.get(key.slice(1)), body, `${file}:${at + 1}`))
  })
  return { title: text.slice(0, text.indexOf('\n')).replace(/^;\s*/, ''), lines, marks }
}

const MARKS = /^([\w.]*):(?:>([\w.]+))?([^?()]*)(?:\?([^()]*))?(?:\(([gpaud/]*)\))?$/

function withMarks(known: Map<string, Marks> | undefined, body: string, place: string): Map<string, Marks> {
  const marks = new Map(known)
  for (const entry of body.split(';')) {
    const match = MARKS.exec(entry)
    if (!match) throw new Error(`${place}: no mark of a property: ${entry.slice(0, 80)}`)
    const [, name = '', target, add = '', remove = '', verbs] = match
    marks.set(name, merged(marks.get(name), { target, add, remove, verbs }))
  }
  return marks
}

function merged(known: Marks | undefined, more: Marks): Marks {
  if (!known) return more
  const kept = Array.from(known.add, (flag) => (more.remove.includes(flag) ? '' : flag)).join('')
  return {
    target: more.target ?? known.target,
    add: kept + more.add,
    remove: known.remove + more.remove,
    verbs: more.verbs ?? known.verbs
  }
}

/** Tables one after another: a later one overrules. */
export function joinTables(tables: readonly Table[]): Table {
  const marks = new Map<string, ReadonlyMap<string, Marks>>()
  for (const table of tables) {
    for (const [type, entries] of table.marks) {
      const all = new Map(marks.get(type))
      for (const [name, more] of entries) all.set(name, merged(all.get(name), more))
      marks.set(type, all)
    }
  }
  const lines = new Map(tables.flatMap(({ lines }) => lines.map((line) => [line.key, line] as const)))
  return { title: tables.map(({ title }) => title).join(' '), lines: [...lines.values()], marks }
}
