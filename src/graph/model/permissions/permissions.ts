/** Permissions of each kind of token, any one of which opens the place, the least privileged first. */
export interface Grants {
  /** For a work or school account (`scp`). */
  readonly delegated: readonly string[]
  /** Without a user (`roles`). */
  readonly application: readonly string[]
  /** For a personal Microsoft account. Empty, in any of the three, says that no such token is taken. */
  readonly personal: readonly string[]
}

export interface Decision extends Grants {
  /** The row that decided: `GET /users/{}`. It is of an ancestor where the path itself has none. */
  readonly source: string
}

/** By method in capitals. */
export type PermissionRow = ReadonlyMap<string, Grants>

const WRITING = ['POST', 'PATCH', 'PUT', 'DELETE']

/**
 * Which permissions open which path. Graph documents them by path and method on each API page, and publishes them in
 * `permissions.json` of github.com/microsoftgraph/microsoft-graph-devx-content (MIT), for both versions alike.
 */
export class Permissions {
  readonly #load: () => ReadonlyMap<string, PermissionRow>
  #rows: ReadonlyMap<string, PermissionRow> | undefined

  /** @param load gives the rows by path in the form of {@link pathOf}, at the first question */
  constructor(load: () => ReadonlyMap<string, PermissionRow>) {
    this.#load = load
  }

  /**
   * What opens a path: its own row, or that of its nearest ancestor. A row without the method decides for another writing
   * method, as one permission nearly always opens them all (assumed).
   *
   * @param segments below the version, keys as `{…}`: `['users', '{id}', 'manager']`
   * @returns `undefined` where nothing is known
   */
  permissionsFor(segments: readonly string[], method: string): Decision | undefined {
    this.#rows ??= this.#load()
    const methods = method === 'GET' || method === 'HEAD' ? ['GET'] : [method, ...WRITING]
    for (let length = segments.length; length > 0; length--) {
      const path = pathOf(segments.slice(0, length))
      const row = this.#rows.get(path)
      const known = methods.find((one) => row?.has(one))
      const grants = known === undefined ? undefined : row?.get(known)
      if (grants) return { ...grants, source: `${known} ${path}` }
    }
    return undefined
  }
}

/** `/users/{}/manager`: in lower case, keys left out, functions without the values of their parameters. */
export function pathOf(segments: readonly string[]): string {
  return segments.map((segment) => `/${folded(segment)}`).join('')
}

function folded(segment: string): string {
  if (segment.startsWith('{')) return '{}'
  return segment
    .toLowerCase()
    .replace(/^microsoft\.graph\.| /g, '')
    .replace(/=[^,)]*/g, '={}')
}
