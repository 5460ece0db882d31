// Which way imports run, types included; `npm run imports` checks it. Today's exceptions stand in
// .dependency-cruiser-known-violations.json: one that is gone is taken off the list, none is added.
import { existsSync, readdirSync } from 'node:fs'

/** Resources are folders of src/graph/ that hold a resource.ts. */
const RESOURCES = readdirSync('src/graph').filter((name) => existsSync(`src/graph/${name}/resource.ts`))
const GATEWAY = 'graph'

/**
 * What a folder may import beside itself and the helpers at the root of src/. `graph` stands for the files directly in it,
 * `doors` for those at the root that know everything.
 */
const MAY_IMPORT = {
  api: [],
  support: [],
  connect: [],
  faults: [],
  tls: [],
  tenants: ['faults'],
  identity: ['faults', 'tenants'],
  journal: ['faults'],
  [GATEWAY]: ['graph/odata', 'graph/conditions', 'faults', 'identity', 'journal', 'support', 'tenants'],
  'graph/odata': [GATEWAY, 'support'],
  'graph/conditions': [GATEWAY, 'support', 'tenants'],
  'graph/model': [],
  'graph/engine': ['graph/model', 'graph/odata', 'tenants'],
  'graph/batch': [GATEWAY, 'graph/odata', 'support'],
  'graph/metadata': [GATEWAY, 'graph/odata', 'support'],
  ...Object.fromEntries(RESOURCES.map((name) => [`graph/${name}`, [GATEWAY, 'graph/odata', 'support', 'tenants']])),
  entra: [GATEWAY, 'identity', 'journal', 'doors'],
  control: [GATEWAY, 'connect', 'faults', 'identity', 'journal', 'support', 'tenants', 'doors'],
  'front-page': ['doors'],
  'in-process': ['api', 'faults', 'identity', 'journal', 'tenants', 'tls', 'doors'],
  commands: ['api', 'connect', 'front-page', 'identity', 'journal', 'tls', 'doors']
}

const DOORS = '^src/(?:app|cli|index|main|mock|server)[.]ts$'
const ROOT = '^src/[^/]+[.]ts$'

const filesOf = (folder) => {
  if (folder === 'doors') return DOORS
  return folder === GATEWAY ? '^src/graph/[^/]+[.](?:ts|json)$' : `^src/${folder}/`
}

/** The whole of `api` is an entry of its own: src/api.ts, and what it is made of. */
const API = '^src/api[.]ts$'

const directions = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `${folder.replace('/', '-')}-imports`,
  comment: `src/${folder} may import the helpers at the root of src/ and ${others.join(', ') || 'nothing else'}`,
  severity: 'error',
  from: { path: filesOf(folder) },
  to: {
    path: ['^src/[^/]+/', DOORS],
    pathNot: [filesOf(folder), ...others.map(filesOf), ...(folder === 'api' ? [API] : [])]
  }
}))

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A type that two files need stands where it is owned, or in a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true }
    },
    ...directions,
    {
      name: 'helpers-import-helpers',
      comment: 'A file at the root of src/ that is no door is a helper: it knows no folder.',
      severity: 'error',
      from: { path: ROOT, pathNot: [DOORS, API] },
      to: { path: ['^src/[^/]+/', DOORS] }
    },
    {
      name: 'listed-folders-only',
      comment: 'A new folder needs its line in MAY_IMPORT.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: Object.keys(MAY_IMPORT).map(filesOf) },
      to: {}
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } }
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types too, which are gone from what the compiler writes.
    tsPreCompilationDeps: true,
    includeOnly: '^src/'
  }
}
