// Which way imports run, types included; `npm run imports` checks it. CONTRIBUTING.md says what each folder is for.

/**
 * What a folder may import beside itself and `lib`. `graph` stands for the files directly in it, `graph/errors` for those of its
 * errors, `doors` for src/*.ts. The table of CONTRIBUTING.md says the same.
 */
export const MAY_IMPORT = {
  lib: [],
  api: [],
  http: [],
  tls: ['http'],
  support: [],
  connect: [],
  faults: ['http'],
  journal: ['faults', 'http'],
  tenants: ['faults'],
  identity: ['faults'],
  fixture: ['faults', 'identity', 'tenants'],
  'graph/odata': ['graph/errors', 'support'],
  'graph/model': [],
  'graph/engine': ['graph/model', 'graph/odata', 'tenants'],
  'graph/entities': [
    'graph/engine',
    'graph/errors',
    'graph/gateway',
    'graph/model',
    'graph/odata',
    'http',
    'identity',
    'tenants'
  ],
  'graph/gateway': ['graph/errors', 'graph/odata', 'faults', 'http', 'identity', 'journal', 'support', 'tenants'],
  'graph/services': ['graph/errors', 'graph/gateway', 'graph/odata', 'http', 'support', 'tenants'],
  'graph/faults': ['graph/errors', 'graph/services', 'faults', 'http'],
  'graph/batch': ['graph/errors', 'graph/gateway', 'graph/odata', 'http', 'support'],
  'graph/metadata': ['graph', 'graph/gateway', 'graph/odata', 'http', 'support'],
  'graph/resources': ['graph', 'graph/gateway', 'graph/odata', 'graph/services', 'support', 'tenants'],
  graph: [
    'graph/batch',
    'graph/gateway',
    'graph/metadata',
    'graph/odata',
    'graph/services',
    'fixture',
    'http',
    'support',
    'tenants'
  ],
  entra: ['http', 'identity', 'journal', 'doors'],
  control: ['connect', 'faults', 'graph', 'http', 'identity', 'journal', 'support', 'tenants', 'doors'],
  'front-page': ['doors'],
  'in-process': ['api', 'faults', 'http', 'identity', 'journal', 'tenants', 'tls', 'doors'],
  commands: ['api', 'connect', 'front-page', 'http', 'identity', 'journal', 'tls', 'doors']
}

const DOORS = '^src/[^/]+[.]ts$'

const filesOf = (folder) => {
  if (folder === 'doors') return DOORS
  if (folder === 'graph/errors') return '^src/graph/(?:errors|iis-page)[.]ts$'
  return folder === 'graph' ? '^src/graph/[^/]+[.](?:ts|json)$' : `^src/${folder}/`
}

const directions = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `${folder.replace('/', '-')}-imports`,
  comment: `src/${folder} may import lib and ${others.join(', ') || 'nothing else'}`,
  severity: 'error',
  from: { path: filesOf(folder) },
  to: {
    path: '^src/',
    pathNot: [filesOf(folder), filesOf('lib'), ...others.map(filesOf)]
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
