import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { pathOf, type Grants, type PermissionRow } from './permissions.js'

const Document = Type.Object({
  permissions: Type.Record(
    Type.String(),
    Type.Object({
      pathSets: Type.Array(
        Type.Object({
          schemeKeys: Type.Array(Type.String()),
          methods: Type.Array(Type.String()),
          paths: Type.Record(Type.String(), Type.String())
        })
      )
    })
  )
})

const KINDS: ReadonlyMap<string, keyof Grants> = new Map([
  ['DelegatedWork', 'delegated'],
  ['Application', 'application'],
  ['DelegatedPersonal', 'personal']
])

/** By path, method and kind: each permission, and whether it is the least privileged one. */
type Collected = Map<string, Map<string, Record<keyof Grants, Map<string, boolean>>>>

/**
 * The rows of Microsoft's `permissions.json`, whole.
 *
 * What a permission needs beside it (`AlsoRequires`) is not heeded: it is accepted alone.
 *
 * @param document the parsed file
 * @throws Error in one line for what is no such document
 */
export function permissionsOfJson(document: unknown): ReadonlyMap<string, PermissionRow> {
  const [mistake] = Value.Errors(Document, document)
  if (mistake) throw new Error(`it is no permissions.json: ${mistake.path || '/'}: ${mistake.message}`)
  const collected: Collected = new Map()
  for (const [permission, { pathSets }] of Object.entries((document as Static<typeof Document>).permissions)) {
    for (const { schemeKeys, methods, paths } of pathSets) {
      const kinds = schemeKeys.flatMap((key) => ({ key, kind: KINDS.get(key) })).filter(({ kind }) => kind)
      for (const [path, marks] of Object.entries(paths)) {
        const least = /(?:^|;)least=([^;]*)/.exec(marks)?.[1]?.split(',') ?? []
        for (const method of methods) {
          for (const { key, kind } of kinds) {
            const grants = placeOf(collected, pathOf((path.split('?', 1)[0] as string).split('/').slice(1)), method)[
              kind as keyof Grants
            ]
            grants.set(permission, (grants.get(permission) ?? false) || least.includes(key))
          }
        }
      }
    }
  }
  return new Map([...collected].map(([path, methods]) => [path, rowOf(methods)]))
}

function placeOf(collected: Collected, path: string, method: string): Record<keyof Grants, Map<string, boolean>> {
  const row = collected.get(path) ?? new Map<string, Record<keyof Grants, Map<string, boolean>>>()
  collected.set(path, row)
  const place = row.get(method) ?? { delegated: new Map(), application: new Map(), personal: new Map() }
  row.set(method, place)
  return place
}

function rowOf(methods: ReadonlyMap<string, Record<keyof Grants, ReadonlyMap<string, boolean>>>): PermissionRow {
  return new Map(
    [...methods].map(([method, { delegated, application, personal }]) => {
      return [method, { delegated: inOrder(delegated), application: inOrder(application), personal: inOrder(personal) }]
    })
  )
}

/** The one that is marked as the least first; then those that only read, those for all of the directory last (assumed). */
function inOrder(permissions: ReadonlyMap<string, boolean>): readonly string[] {
  const rank = (name: string) => {
    return `${permissions.get(name) ? 0 : 1}${/ReadWrite|Manage|FullControl/.test(name) ? 1 : 0}${name.startsWith('Directory.') ? 1 : 0}${name}`
  }
  return [...permissions.keys()].sort((one, other) => (rank(one) < rank(other) ? -1 : 1))
}
