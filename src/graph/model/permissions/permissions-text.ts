import type { Grants, PermissionRow } from './permissions.js'

/**
 * The compact text of permissions: three parts, a blank line between them, lines with `;` are comments.
 *
 * ```text
 * User.Read.All                     names, numbered from 0
 *
 * 4 0 7                             sets of them by number, the least privileged first, numbered from 0
 *
 * users G:da1,p3 P:da2              paths: letters of the method, then for delegated, application, personal the set
 * .{}/manager U:da9                 as many dots as segments that are those of the line before
 * ```
 */
const METHODS: Readonly<Record<string, string>> = { G: 'GET', P: 'POST', A: 'PATCH', U: 'PUT', D: 'DELETE' }
const KINDS: Readonly<Record<string, keyof Grants>> = { d: 'delegated', a: 'application', p: 'personal' }

export function permissionsOfText(text: string): ReadonlyMap<string, PermissionRow> {
  const parts = text.replace(/^;.*\n/gm, '').split('\n\n')
  const [names = [], sets = [], paths = []] = parts.map((part) => part.split('\n').filter((line) => line !== ''))
  const permissions = sets.map((set) => set.split(' ').map((number) => names[Number(number)] as string))
  const rows = new Map<string, PermissionRow>()
  let before: readonly string[] = []
  for (const line of paths) {
    const [path = '', ...cells] = line.split(' ')
    const own = path.replace(/^\.+/, '')
    before = [...before.slice(0, path.length - own.length), ...own.split('/')]
    rows.set(`/${before.join('/')}`, new Map(cells.map((cell) => methodOf(cell, permissions))))
  }
  return rows
}

/** `G:da1,p3` */
function methodOf(cell: string, permissions: readonly (readonly string[])[]): readonly [string, Grants] {
  const grants: Record<keyof Grants, readonly string[]> = { delegated: [], application: [], personal: [] }
  for (const part of cell.slice(2).split(',')) {
    const [, letters = '', number = ''] = /^([dap]+)(\d+)$/.exec(part) ?? []
    for (const letter of letters)
      grants[KINDS[letter] as keyof Grants] = permissions[Number(number)] as readonly string[]
  }
  return [METHODS[cell.charAt(0)] as string, grants]
}

/** The text of rows; the inverse of {@link permissionsOfText}. */
export function writePermissions(rows: ReadonlyMap<string, PermissionRow>, comment: string): string {
  const texts = [...rows.values()].flatMap((row) =>
    [...row.values()].flatMap((grants) => Object.values(grants) as string[][])
  )
  const names = [...new Set(texts.flat())].sort()
  const numbers = new Map(names.map((name, number) => [name, number]))
  const spelled = (set: readonly string[]) => set.map((name) => numbers.get(name)).join(' ')
  const sets = mostFirst(texts.filter((set) => set.length > 0).map(spelled))
  const number = new Map(sets.map((set, at) => [set, at]))
  let before: readonly string[] = []
  const paths = [...rows]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, row]) => {
      const segments = path.slice(1).split('/')
      const same = Math.min(sharedBy(before, segments), segments.length - 1)
      before = segments
      const cells = Object.entries(METHODS).flatMap(([letter, method]) => {
        const grants = row.get(method)
        return grants ? `${letter}:${cellOf(grants, (set) => number.get(spelled(set)) as number)}` : []
      })
      return [`${'.'.repeat(same)}${segments.slice(same).join('/')}`, ...cells].join(' ')
    })
  return `; ${comment}\n${[names, sets, paths].map((part) => part.join('\n')).join('\n\n')}\n`
}

/** `da1,p3`: kinds with one set share it. */
function cellOf(grants: Grants, numberOf: (set: readonly string[]) => number): string {
  const bySet = new Map<number, string>()
  for (const [letter, kind] of Object.entries(KINDS)) {
    if (grants[kind].length === 0) continue
    const number = numberOf(grants[kind])
    bySet.set(number, `${bySet.get(number) ?? ''}${letter}`)
  }
  return [...bySet].map(([number, letters]) => `${letters}${number}`).join(',')
}

/** What is used most gets the shortest number. */
function mostFirst(texts: readonly string[]): readonly string[] {
  const uses = new Map<string, number>()
  for (const text of texts) uses.set(text, (uses.get(text) ?? 0) + 1)
  return [...uses].sort(([one, often], [other, more]) => more - often || (one < other ? -1 : 1)).map(([text]) => text)
}

function sharedBy(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((segment, place) => segment !== other[place])
  return at < 0 ? one.length : at
}
