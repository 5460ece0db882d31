// Prints the compact table of permissions, made from Microsoft's permissions.json:
//
//     npm run permissions -- permissions.json 2026-08-07 > src/graph/model/tables/permissions.txt
//
// permissions.json stands at https://github.com/microsoftgraph/microsoft-graph-devx-content/tree/dev/permissions/new (MIT).
// Given one in full, this table says on standard error how much of it the table tells rightly.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { permissionsOfJson } from '../../src/graph/model/permissions/permissions-json.js'
import { permissionsOfText, writePermissions } from '../../src/graph/model/permissions/permissions-text.js'
import { Permissions, type Grants, type PermissionRow } from '../../src/graph/model/permissions/permissions.js'

const INTUNE = /^\/(?:devicemanagement|deviceappmanagement)(?:\/|$)/

/** Names of segments, keys apart, down to which a path has a row of its own: actions on devices need their own permissions. */
const depthOf = (path: string) => (INTUNE.test(path) ? 3 : 2)

type Rows = ReadonlyMap<string, PermissionRow>

function compact(truth: Rows): Rows {
  const rows = new Map<string, Map<string, Grants>>()
  const permissions = new Permissions(() => rows)
  const paths = [...truth.keys()].sort(
    (one, other) => segmentsOf(one).length - segmentsOf(other).length || (one < other ? -1 : 1)
  )
  for (const path of paths) {
    const segments = segmentsOf(path)
    if (segments.filter((segment) => segment !== '{}').length > depthOf(path)) continue
    for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
      const grants = truth.get(path)?.get(method)
      if (!grants || isTold(permissions.permissionsFor(segments, method), grants, INTUNE.test(path))) continue
      rows.set(path, (rows.get(path) ?? new Map<string, Grants>()).set(method, grants))
    }
  }
  return rows
}

/** Whether the row of an ancestor tells it: all of it, or, where that is enough, the least privileged of each kind. */
function isTold(told: Grants | undefined, grants: Grants, whole: boolean): boolean {
  return (['delegated', 'application', 'personal'] as const).every((kind) => {
    return whole ? told?.[kind].join() === grants[kind].join() : told && told[kind][0] === grants[kind][0]
  })
}

function segmentsOf(path: string): readonly string[] {
  return path.slice(1).split('/')
}

function report(truth: Rows, text: string): void {
  const permissions = new Permissions(() => permissionsOfText(text))
  const all = [...truth].flatMap(([path, row]) => [...row].map(([method, grants]) => ({ path, method, grants })))
  const agreeing = (whole: boolean) => {
    return all.filter(({ path, method, grants }) =>
      isTold(permissions.permissionsFor(segmentsOf(path), method), grants, whole)
    )
  }
  console.error(
    `${text.length} characters; of ${all.length} paths and methods ${agreeing(false).length} with the right least`
  )
  console.error(`privileged permission of each kind, ${agreeing(true).length} with all permissions`)
}

const [file, date = 'an unknown date'] = process.argv.slice(2)
if (file === undefined) throw new Error('say which permissions.json')
const bytes = readFileSync(file)
const truth = permissionsOfJson(JSON.parse(String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)))
const text = writePermissions(
  compact(truth),
  `Made by scripts/model/permissions.ts from permissions.json of ${date}, microsoft-graph-devx-content, MIT.`
)
report(truth, text)
process.stdout.write(text)
