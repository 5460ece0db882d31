import { readFileSync } from 'node:fs'
import t from 'tap'
import { joinTables, parseTable } from '../../../scripts/model/table.js'
import { parseOperations } from '../../../src/graph/model/operation.js'
import { parseSpec } from '../../../src/graph/model/compact-text.js'
import { ownFile, ownModel } from '../../../src/graph/model/model-files.js'
import type { Model } from '../../../src/graph/model/model.js'
import type { TypeReference } from '../../../src/graph/model/members.js'

const MODELS = {
  beta: { model: ownModel('beta'), types: 5500, enumerations: 1780, roots: 120, operations: 1900 },
  'v1.0': { model: ownModel('v1.0'), types: 2850, enumerations: 810, roots: 68, operations: 1080 }
}

function isDefined(model: Model, { kind, type }: Pick<TypeReference, 'kind' | 'type'>): boolean {
  if (kind === 'primitive') return true
  return kind === 'enum' ? model.enumeration(type)?.name === type : model.type(type)?.name === type
}

for (const [version, { model, ...floors }] of Object.entries(MODELS)) {
  t.test(`${version}: all of it parses, and all that it names is defined`, async (t) => {
    const types = [...model.typeNames()].flatMap((name) => model.type(name) ?? [])
    const enumerations = [...model.enumerationNames()].flatMap((name) => model.enumeration(name) ?? [])
    const undefinedNames: string[] = []
    let operations = 0
    const demand = (where: string, one: Pick<TypeReference, 'kind' | 'type'> | undefined) => {
      if (one && !isDefined(model, one)) undefinedNames.push(`${where}: ${one.type}`)
    }
    for (const type of types) {
      for (const property of type.properties.values()) demand(`${type.name}/${property.name}`, property)
      for (const { name, type: target } of type.navigation.values())
        demand(`${type.name}/${name}`, { kind: 'entity', type: target })
      for (const collection of [false, true]) {
        const inherited = type.base ? model.operations({ type: type.base, collection }).length : 0
        const all = model.operations({ type, collection })
        operations += all.length - inherited
        for (const { name, parameters, returns } of all) {
          for (const one of [...parameters, returns]) demand(`${type.name}/${name}`, one)
        }
      }
    }
    for (const { name, type } of model.roots.values()) demand(name, { kind: 'entity', type })
    t.same(undefinedNames, [])
    t.ok(
      types.length >= floors.types && enumerations.length >= floors.enumerations,
      `${types.length}, ${enumerations.length}`
    )
    t.ok(model.roots.size >= floors.roots && operations >= floors.operations, `${model.roots.size}, ${operations}`)
    t.same(
      enumerations.filter(({ members }) => members.length === 0),
      []
    )
    t.same(
      types.filter((type) => type.kind === 'complex' && type.navigation.size > 0 && type.is('microsoft.graph.entity')),
      []
    )
  })

  t.test(`${version}: the table of facts has its form`, async (t) => {
    const file = new URL(`../../../src/graph/model/tables/${version}.txt`, import.meta.url)
    const table = parseTable(readFileSync(file, 'utf8'), version)
    t.match(
      table.title,
      /^Made by scripts\/model\/facts on \d{4}-\d\d-\d\d from msgraph-[a-z-]+ \d[\d.]+ \(PyPI\) and .*\d[\d.]+ \(Maven\), both MIT\.$/
    )
    const unknown = new Set<string>()
    const demand = (one: Pick<TypeReference, 'kind' | 'type'> | undefined) => {
      if (one && !isKnown(model, one)) unknown.add(one.type)
    }
    for (const { key, body } of table.lines) {
      if (key.startsWith('/')) demand({ kind: 'entity', type: parseSpec(body).kind.slice(1) })
      else for (const { parameters, returns } of parseOperations(body)) [...parameters, returns].forEach(demand)
    }
    for (const key of table.marks.keys())
      demand({ kind: key.startsWith('#') ? 'enum' : 'complex', type: key.replace('#', '') })
    // The packages of types come out later than those of paths.
    t.ok(unknown.size <= 15, [...unknown].join())
    t.ok(table.marks.size > 400, String(table.marks.size))
  })
}

/** Case apart, as the SDKs write all names with a small letter. */
function isKnown(model: Model, { kind, type }: Pick<TypeReference, 'kind' | 'type'>): boolean {
  return kind === 'primitive' || model.type(type) !== undefined || model.enumeration(type) !== undefined
}

t.test('facts that the engine rests on', async (t) => {
  const model = MODELS.beta.model
  const facts: readonly (readonly [type: string, facts: object])[] = [
    ['entity', { abstract: true, key: ['id'] }],
    ['user', { kind: 'entity', open: true, abstract: false, key: ['id'], alternateKeys: ['userPrincipalName'] }],
    ['device', { alternateKeys: ['deviceId'] }],
    ['application', { alternateKeys: ['appId', 'uniqueName'] }],
    ['servicePrincipal', { alternateKeys: ['appId'] }],
    ['windowsAutopilotDeploymentProfile', { abstract: true, open: false }],
    [
      'azureADWindowsAutopilotDeploymentProfile',
      { abstract: false, base: { name: 'microsoft.graph.windowsAutopilotDeploymentProfile' } }
    ],
    ['deviceEnrollmentConfiguration', { abstract: true }],
    ['profilePhoto', { hasStream: true }],
    ['crossTenantAccessPolicyConfigurationPartner', { key: ['tenantId'] }]
  ]
  for (const [name, expected] of facts) t.match(model.type(name), expected, name)
  const members: readonly (readonly [type: string, member: string, facts: object])[] = [
    ['managedDevice', 'totalStorageSpaceInBytes', { type: 'Edm.Int64', computed: true }],
    ['managedDevice', 'deviceName', { type: 'Edm.String', computed: true }],
    ['managedDevice', 'managedDeviceName', { type: 'Edm.String', computed: false }],
    ['windowsAutopilotDeviceIdentity', 'deploymentProfile', { contained: false, collection: false }],
    ['windowsAutopilotDeploymentProfile', 'assignedDevices', { contained: true, verbs: { collection: ['GET'] } }],
    [
      'deviceManagement',
      'windowsAutopilotDeviceIdentities',
      { contained: true, verbs: { collection: ['GET'], item: ['GET', 'DELETE'] } }
    ],
    ['group', 'members', { contained: false, references: true, type: 'microsoft.graph.directoryObject' }],
    ['user', 'manager', { contained: false, references: true, collection: false }],
    ['application', 'logo', { type: 'Edm.Stream' }],
    ['security', 'alerts_v2', { type: 'microsoft.graph.security.alert', contained: true }]
  ]
  for (const [type, member, expected] of members)
    t.match(model.type(type)?.member(member), expected, `${type}/${member}`)
  t.match(model.root('me'), { type: 'microsoft.graph.user', collection: false })
  t.match(model.root('deviceManagement'), { type: 'microsoft.graph.deviceManagement', collection: false })
  const device = model.type('managedDevice')
  const user = model.type('user')
  if (!device || !user) throw new Error('no types')
  t.match(model.operation({ type: device, collection: false }, 'wipe')[0], { kind: 'action', returns: undefined })
  t.match(model.operation({ type: user, collection: true }, 'delta')[0], {
    kind: 'function',
    returns: { type: 'microsoft.graph.user', collection: true }
  })
  t.equal(model.operation({ type: user, collection: false }, 'checkMemberGroups').length, 1, 'of directoryObject')
  t.same(
    model
      .enumeration('windowsAutopilotDeviceType')
      ?.members.map(({ name }) => name)
      .slice(0, 2),
    ['windowsPc', 'holoLens']
  )
})

t.test('a file that is not there is told', async (t) => {
  t.throws(
    () => ownFile('beta.txt', 'file:///nowhere/dist/chunks/x.js'),
    new Error('there is no beta.txt in dist/model: npm run build makes it')
  )
})

t.test('a table is read line by line', async (t) => {
  const text = '; first\n\n/users=>user*\n!user=Async()\n+user=:s;photo:^(ga);mail:%\n+user=mail:?%;photo:>photo?^'
  const table = parseTable(text, 'a.txt')
  t.equal(table.title, 'first')
  t.same(table.lines, [
    { key: '/users', body: '>user*' },
    { key: '!user', body: 'Async()' }
  ])
  t.match(table.marks.get('user')?.get('photo'), { target: 'photo', add: '', remove: '^', verbs: 'ga' })
  t.match(table.marks.get('user')?.get('mail'), { add: '', remove: '%', verbs: undefined })
  const joined = joinTables([table, parseTable('/users=>user\n+user=photo:^(g)\n+#kind=:~', 'b.txt')])
  t.same(joined.lines, [
    { key: '/users', body: '>user' },
    { key: '!user', body: 'Async()' }
  ])
  t.match(joined.marks.get('user')?.get('photo'), { target: 'photo', add: '^', verbs: 'g' })
  const again = parseTable('+user=mail:$;mail:^', 'd.txt')
  t.match(again.marks.get('user')?.get('mail'), { target: undefined, add: '$^' }, 'twice in one line')
  t.match(joined.marks.get('#kind')?.get(''), { add: '~' })
  t.equal(parseTable('', 'c.txt').title, '')
  t.throws(() => parseTable('\nwhat', 'a.txt'), new Error('a.txt:2: no line of a table: what'))
  t.throws(() => parseTable('x=y', 'a.txt'), new Error('a.txt:1: no line of a table: x=y'))
  t.throws(() => parseTable('+user=mail', 'a.txt'), new Error('a.txt:1: no mark of a property: mail'))
})
