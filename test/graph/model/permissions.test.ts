import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { ownPermissions } from '../../../src/graph/model/model-files.js'
import { permissionsOfJson } from '../../../src/graph/model/permissions/permissions-json.js'
import { permissionsOfText, writePermissions } from '../../../src/graph/model/permissions/permissions-text.js'
import { pathOf, Permissions, type Grants } from '../../../src/graph/model/permissions/permissions.js'

const segments = (path: string) => path.slice(1).split('/')

const DOCUMENT = {
  permissions: {
    'User.ReadWrite.All': {
      pathSets: [
        { schemeKeys: ['DelegatedWork', 'Application'], methods: ['GET'], paths: { '/users': '', '/users/{id}': '' } },
        {
          schemeKeys: ['DelegatedWork', 'Application'],
          methods: ['POST'],
          paths: { '/Users': 'least=DelegatedWork,Application' }
        }
      ]
    },
    'User.Read.All': {
      pathSets: [
        { schemeKeys: ['DelegatedWork', 'Application'], methods: ['GET'], paths: { '/users': 'least=Application' } }
      ]
    },
    'Directory.Read.All': { pathSets: [{ schemeKeys: ['Application'], methods: ['GET'], paths: { '/users': '' } }] },
    'User.ReadBasic.All': {
      pathSets: [
        { schemeKeys: ['DelegatedWork'], methods: ['GET'], paths: { '/users': 'least=DelegatedWork;AlsoRequires=X' } },
        { schemeKeys: ['DelegatedWork'], methods: ['GET'], paths: { '/users': '' } }
      ]
    },
    'User.Read': {
      pathSets: [
        { schemeKeys: ['DelegatedPersonal'], methods: ['GET'], paths: { '/me': 'least=DelegatedPersonal' } },
        { schemeKeys: ['Unheard'], methods: ['GET'], paths: { '/elsewhere': '' } },
        {
          schemeKeys: ['Application'],
          methods: ['GET'],
          paths: { "/reports/getX(period='{value}', top={n})?$filter=a": '' }
        }
      ]
    }
  }
}

t.test('permissions.json is read, the least privileged first', async (t) => {
  const permissions = new Permissions(() => permissionsOfJson(DOCUMENT))
  t.strictSame(permissions.permissionsFor(['users'], 'GET'), {
    delegated: ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All'],
    application: ['User.Read.All', 'Directory.Read.All', 'User.ReadWrite.All'],
    personal: [],
    source: 'GET /users'
  })
  t.strictSame(permissions.permissionsFor(['me'], 'GET')?.personal, ['User.Read'])
  t.match(permissions.permissionsFor(segments("/reports/microsoft.graph.getX(period='D7',top=5)"), 'GET'), {
    application: ['User.Read']
  })
})

t.test('the nearest ancestor decides, and a writing method for another', async (t) => {
  const permissions = new Permissions(() => permissionsOfJson(DOCUMENT))
  const cases: readonly (readonly [path: string, method: string, source: string | undefined])[] = [
    ['/users/{id}', 'GET', 'GET /users/{}'],
    ['/USERS/{user-id}', 'HEAD', 'GET /users/{}'],
    ['/users/{id}/messages', 'GET', 'GET /users/{}'],
    ['/users/{id}', 'PATCH', 'POST /users'],
    ['/users/{id}/manager/$ref', 'PUT', 'POST /users'],
    ['/users', 'DELETE', 'POST /users'],
    ['/me', 'PATCH', undefined],
    ['/elsewhere', 'GET', undefined],
    ['/nowhere', 'GET', undefined]
  ]
  for (const [path, method, source] of cases) {
    t.equal(permissions.permissionsFor(segments(path), method)?.source, source, `${method} ${path}`)
  }
  t.equal(permissions.permissionsFor([], 'GET'), undefined)
})

t.test('what is no permissions.json is refused', async (t) => {
  const cases: readonly (readonly [document: unknown, message: string])[] = [
    [null, 'it is no permissions.json: /: Expected object'],
    [{}, 'it is no permissions.json: /permissions: Expected required property'],
    [
      { permissions: { a: { pathSets: [{ schemeKeys: 'x' }] } } },
      'it is no permissions.json: /permissions/a/pathSets/0/methods: Expected required property'
    ]
  ]
  for (const [document, message] of cases) t.throws(() => permissionsOfJson(document), new Error(message))
})

t.test('the compact text keeps all rows', async (t) => {
  const names = fc.uniqueArray(
    fc.constantFrom('User.Read', 'User.ReadWrite', 'Mail.Send', 'Directory.Read.All', 'Sites.Manage')
  )
  const grants = fc.record({ delegated: names, application: names, personal: names }, { noNullPrototype: true })
  const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE')
  const path = fc
    .array(fc.constantFrom('users', '{}', 'f(a={})', '$ref'), { minLength: 1, maxLength: 4 })
    .map((all) => `/${all.join('/')}`)
  const rows = fc
    .uniqueArray(fc.tuple(path, fc.dictionary(method, grants, { minKeys: 1, noNullPrototype: true })), {
      selector: ([path]) => path
    })
    .map((all) => new Map(all.map(([path, row]) => [path, new Map<string, Grants>(Object.entries(row))])))
  const nobody = { delegated: [], application: [], personal: [] }
  const closed = new Map([['/a', new Map<string, Grants>([['GET', nobody]])]])
  t.strictSame(permissionsOfText(writePermissions(closed, 'made up')), closed, 'also that nothing opens a path')
  fc.assert(
    fc.property(rows, (rows) => isDeepStrictEqual(permissionsOfText(writePermissions(rows, 'made up')), rows)),
    { numRuns: 200 }
  )
  t.equal(pathOf(['Users', '{id}', 'microsoft.graph.Sync']), '/users/{}/sync')
})

t.test('the table that comes with msgraph-mock', async (t) => {
  const permissions = ownPermissions()
  const cases: readonly (readonly [path: string, method: string, Partial<Grants>])[] = [
    ['/users', 'GET', { delegated: ['User.ReadBasic.All'], application: ['User.ReadBasic.All'] }],
    ['/users/{}', 'PATCH', { delegated: ['User.ReadWrite.All'], application: ['User.ReadWrite.All'] }],
    ['/me', 'GET', { delegated: ['User.Read'], application: [], personal: ['User.Read'] }],
    ['/me/sendMail', 'POST', { delegated: ['Mail.Send'], personal: ['Mail.Send'] }],
    ['/groups', 'POST', { delegated: ['Group.ReadWrite.All'], application: ['Group.Create'] }],
    ['/deviceManagement/managedDevices', 'GET', { delegated: ['DeviceManagementManagedDevices.Read.All'] }],
    [
      '/deviceManagement/managedDevices/{}/wipe',
      'POST',
      { delegated: ['DeviceManagementManagedDevices.ReadWrite.All'] }
    ],
    [
      '/deviceManagement/windowsAutopilotDeviceIdentities/{}',
      'DELETE',
      { application: ['DeviceManagementServiceConfig.ReadWrite.All'] }
    ],
    [
      '/deviceManagement/windowsAutopilotSettings',
      'PATCH',
      { delegated: ['DeviceManagementServiceConfig.ReadWrite.All'] }
    ],
    ['/deviceAppManagement/mobileApps', 'POST', { delegated: ['DeviceManagementApps.ReadWrite.All'] }]
  ]
  for (const [path, method, least] of cases) {
    const decision = permissions.permissionsFor(segments(path), method)
    for (const [kind, names] of Object.entries(least) as [keyof Grants, readonly string[]][]) {
      t.same(decision?.[kind].slice(0, 1), names, `${method} ${path}, ${kind}`)
    }
  }
  const wipe = permissions.permissionsFor(segments('/deviceManagement/managedDevices/{}/wipe'), 'POST')
  t.ok(wipe?.delegated.includes('DeviceManagementManagedDevices.PrivilegedOperations.All'))
})
