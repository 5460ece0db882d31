import t from 'tap'
import { EngineError } from '../../../src/graph/engine/engine-error.js'
import { Graph, refusal } from './ask.js'

const UNKNOWN = '99999999-9999-4999-8999-999999999999'

interface Row {
  readonly ask: readonly [method: string, target: string, body?: unknown]
  readonly status?: number
  readonly code?: string
  readonly kind: string
  readonly message: string
  readonly reason?: RegExp | undefined
  readonly prefer?: string
  readonly application?: true
}

const notFound = (name: string) =>
  `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`
const NOT_ALLOWED = 'Specified HTTP method is not allowed for the request target.'

function missing(ask: Row['ask'], name: string): Row {
  return { ask, status: 404, code: 'Request_ResourceNotFound', kind: 'notFound', message: notFound(name) }
}

function notAllowed(...ask: Row['ask']): Row {
  return { ask, status: 405, code: 'Request_BadRequest', kind: 'methodNotAllowed', message: NOT_ALLOWED }
}

function bad(ask: Row['ask'], kind: string, message: string, reason?: RegExp): Row {
  return { ask, kind, message, reason }
}

t.test('refuses in Graph’s words, and changes nothing', (t) => {
  const graph = new Graph()
  const ada = graph.post('/users', {
    displayName: 'Ada',
    userPrincipalName: 'ada@contoso.com',
    mailboxSettings: { timeZone: 'UTC' }
  })
  const bob = graph.post('/users', { displayName: 'Bob', userPrincipalName: 'bob@contoso.com' })
  const device = graph.post('/devices', { displayName: 'D' })
  const unit = graph.post('/administrativeUnits', { displayName: 'U' })
  const group = graph.post('/groups', { displayName: 'G', uniqueName: 'g', 'members@odata.bind': [`users/${ada}`] })
  const policy = graph.post('/deviceManagement/deviceConfigurations', {
    '@odata.type': '#microsoft.graph.iosCustomConfiguration',
    displayName: 'P'
  })
  const mismatch = (name: string) => `Property ${name} in payload has a value that does not match schema.`
  const alreadyThere = (name: string) =>
    `One or more added object references already exist for the following modified properties: '${name}'.`
  const nullFor = (name: string, type: string) =>
    `A null value was found for the property named '${name}', which has the expected type '${type}'. The expected type '${type}' does not allow null values.`
  const member = `/groups/${group}/members`
  const rows: readonly Row[] = [
    missing(['GET', `/users/${UNKNOWN}`], UNKNOWN),
    missing(['GET', '/users/nobody@contoso.com/messages'], 'nobody@contoso.com'),
    missing(['PATCH', `/users/${UNKNOWN}`, {}], UNKNOWN),
    missing(['PUT', `/users/${UNKNOWN}`, {}], UNKNOWN),
    missing(['DELETE', `/users/${UNKNOWN}`], UNKNOWN),
    missing(['PATCH', "/groups(uniqueName='x')", {}], 'x'),
    missing(['GET', `/users/${ada}/manager`], 'manager'),
    missing(['GET', `/users/${ada}/manager/$ref`], 'manager'),
    missing(['DELETE', `/users/${ada}/manager/$ref`], 'manager'),
    missing(['GET', `/users/${ada}/microsoft.graph.user/manager/displayName`], 'manager'),
    missing(['GET', `${member}/${bob}`], bob),
    missing(['GET', `/directoryObjects/${ada}/microsoft.graph.group`], ada),
    missing(['GET', `/directoryObjects/microsoft.graph.group/${ada}`], ada),
    missing(['POST', `${member}/$ref`, { '@odata.id': `directoryObjects/${UNKNOWN}` }], UNKNOWN),
    missing(['DELETE', `${member}/${UNKNOWN}/$ref`], UNKNOWN),
    missing(['POST', '/groups', { 'owners@odata.bind': [`users/${UNKNOWN}`] }], UNKNOWN),
    missing(['GET', '/users/delta/1'], '1'),
    missing(['GET', `/users/${ada}/memberOf/${unit}`], unit),
    missing(['GET', `/users/delta/microsoft.graph.user/1`], '1'),
    missing(
      ['GET', '/deviceManagement/configurationPolicies/1/retrieveLatestUpgradeDefaultBaselinePolicy/name'],
      'retrieveLatestUpgradeDefaultBaselinePolicy'
    ),
    missing(['POST', `/users/${UNKNOWN}/revokeSignInSessions`], UNKNOWN),
    missing(['GET', `/users/${ada}/manager/memberOf`], 'manager'),
    notAllowed('POST', `/users/${ada}`, {}),
    notAllowed('POST', '/users/$count', {}),
    notAllowed('POST', `/users/${ada}/displayName`, {}),
    notAllowed('POST', member, { '@odata.type': '#microsoft.graph.user' }),
    notAllowed('POST', `/users/${ada}/messages/$ref`, {}),
    notAllowed('POST', `/users/${ada}/memberOf/$ref`, {}),
    notAllowed('PATCH', '/users', {}),
    notAllowed('PATCH', `${member}/${ada}`, {}),
    notAllowed('PATCH', `${member}/${ada}/$ref`, {}),
    notAllowed('PATCH', `/users/${ada}/displayName/$value`, {}),
    notAllowed('PUT', '/users', {}),
    notAllowed('PUT', '/deviceManagement', {}),
    notAllowed('PUT', `/users/${ada}/$value`, ''),
    notAllowed('PUT', `/users/${ada}/$ref`, {}),
    notAllowed('DELETE', '/deviceManagement'),
    notAllowed('DELETE', '/users'),
    notAllowed('DELETE', `${member}/${ada}`),
    notAllowed('DELETE', `${member}/$ref`),
    notAllowed('DELETE', `/users/${ada}/$value`),
    notAllowed('DELETE', `/users/${ada}/$ref`),
    notAllowed('DELETE', `/users/${ada}/memberOf/$ref?$id=groups('${group}')`),
    notAllowed('DELETE', `/users/${ada}/displayName/$value`),
    notAllowed('TRACE', '/users'),
    notAllowed('POST', '/groups', { 'memberOf@odata.bind': [] }),
    notAllowed('POST', '/deviceManagement/deviceConfigurations', {
      '@odata.type': '#microsoft.graph.iosCustomConfiguration',
      'assignments@odata.bind': []
    }),
    notAllowed('GET', `/users/${ada}/revokeSignInSessions`),
    notAllowed('POST', "/reports/getEmailActivityCounts(period='D7')"),
    bad(['POST', '/users', undefined], 'notAnObject', 'Empty Payload. JSON content expected.'),
    bad(['PATCH', `/users/${ada}`], 'notAnObject', 'Empty Payload. JSON content expected.'),
    bad(['PATCH', `/users/${ada}/mailboxSettings`], 'notAnObject', 'Empty Payload. JSON content expected.'),
    bad(['POST', `${member}/$ref`], 'notAnObject', 'Empty Payload. JSON content expected.'),
    bad(
      ['POST', '/users', []],
      'notAnObject',
      "An unexpected 'StartArray' node was found when reading from the JSON reader. A 'StartObject' node was expected."
    ),
    bad(
      ['POST', '/users', 'x'],
      'notAnObject',
      "An unexpected 'PrimitiveValue' node was found when reading from the JSON reader. A 'StartObject' node was expected."
    ),
    bad(
      ['PATCH', `/users/${ada}/mailboxSettings`, []],
      'notAnObject',
      "An unexpected 'StartArray' node was found when reading from the JSON reader. A 'StartObject' node was expected."
    ),
    bad(
      ['POST', `${member}/$ref`, []],
      'notAnObject',
      "An unexpected 'StartArray' node was found when reading from the JSON reader. A 'StartObject' node was expected."
    ),
    bad(
      ['POST', '/users', { displayNam: 1 }],
      'unknownProperty',
      "The property 'displayNam' does not exist on type 'microsoft.graph.user'. Make sure to only use property names that are defined by the type or mark the type as open type.",
      /^Did you mean displayName\?/
    ),
    bad(
      ['POST', '/users', { zzzzzzzzzzzzzz: 1 }],
      'unknownProperty',
      "The property 'zzzzzzzzzzzzzz' does not exist on type 'microsoft.graph.user'. Make sure to only use property names that are defined by the type or mark the type as open type."
    ),
    bad(
      ['POST', '/users', { mailboxSettings: { x: 1 } }],
      'unknownProperty',
      "The property 'x' does not exist on type 'microsoft.graph.mailboxSettings'. Make sure to only use property names that are defined by the type or mark the type as open type."
    ),
    bad(['POST', '/users', { displayName: 1 }], 'wrongKind', mismatch('displayName'), /Edm.String/),
    bad(['POST', '/users', { accountEnabled: 'true' }], 'wrongKind', mismatch('accountEnabled'), /Edm.Boolean/),
    bad(['POST', '/users', { businessPhones: '1' }], 'wrongKind', mismatch('businessPhones'), /array/),
    bad(['POST', '/users', { businessPhones: ['1', 2] }], 'wrongKind', mismatch('businessPhones')),
    bad(['POST', '/users', { mailboxSettings: 1 }], 'wrongKind', mismatch('mailboxSettings'), /mailboxSettings/),
    bad(['POST', '/users', { '@odata.type': 1 }], 'wrongKind', mismatch('@odata.type')),
    bad(['POST', '/users', { messages: {} }], 'wrongKind', mismatch('messages'), /array/),
    bad(['POST', '/users', { manager: [] }], 'wrongKind', mismatch('manager'), /one entity/),
    bad(['POST', '/users', { 'manager@odata.bind': [] }], 'wrongKind', mismatch('manager@odata.bind'), /one URL/),
    bad(['POST', '/groups', { 'owners@odata.bind': 'x' }], 'wrongKind', mismatch('owners@odata.bind'), /array/),
    bad(['POST', '/groups', { 'owners@odata.bind': [1] }], 'wrongKind', mismatch('owners@odata.bind'), /URL/),
    bad(['POST', `${member}/$ref`, {}], 'wrongKind', mismatch('@odata.id')),
    bad(['PUT', `/users/${ada}/displayName`, {}], 'wrongKind', mismatch('displayName')),
    bad(['PUT', `/users/${ada}/displayName`, { value: 1 }], 'wrongKind', mismatch('displayName')),
    bad(
      ['POST', '/users', { employeeHireDate: '2021-02-30T00:00:00Z' }],
      'badLiteral',
      "Cannot convert the literal '2021-02-30T00:00:00Z' to the expected type 'Edm.DateTimeOffset'."
    ),
    bad(
      [
        'POST',
        '/deviceManagement/deviceConfigurations',
        { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration', passcodeMinimumLength: 1.5 }
      ],
      'badLiteral',
      "Cannot convert the literal '1.5' to the expected type 'Edm.Int32'."
    ),
    bad(
      [
        'POST',
        '/deviceManagement/deviceConfigurations',
        { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration', passcodeRequiredType: 'numerik' }
      ],
      'badLiteral',
      "Requested value 'numerik' was not found.",
      /Did you mean numeric/
    ),
    bad(
      [
        'POST',
        '/deviceManagement/deviceConfigurations',
        { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration', passcodeRequiredType: 'zzzzzzzzzzzzz' }
      ],
      'badLiteral',
      "Requested value 'zzzzzzzzzzzzz' was not found."
    ),
    bad(['POST', '/subscribedSkus', { id: 1 }], 'wrongKind', mismatch('id')),
    bad(['POST', '/users', { businessPhones: null }], 'nullValue', nullFor('businessPhones', 'Collection(Edm.String)')),
    bad(
      ['POST', '/users', { businessPhones: [null] }],
      'nullValue',
      nullFor('businessPhones', 'Edm.String[Nullable=False]')
    ),
    bad(['POST', '/users', { birthday: null }], 'nullValue', nullFor('birthday', 'Edm.DateTimeOffset[Nullable=False]')),
    bad(['DELETE', `/users/${ada}/birthday`], 'nullValue', nullFor('birthday', 'Edm.DateTimeOffset[Nullable=False]')),
    bad(['DELETE', `/users/${ada}/businessPhones`], 'nullValue', nullFor('businessPhones', 'Collection(Edm.String)')),
    bad(
      ['POST', '/policies/crossTenantAccessPolicy/partners', {}],
      'nullValue',
      nullFor('tenantId', 'Edm.String[Nullable=False]')
    ),
    bad(
      ['POST', '/users', { '@odata.type': '#microsoft.graph.usr' }],
      'unknownType',
      "A type named 'microsoft.graph.usr' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.",
      /Did you mean microsoft.graph.user/
    ),
    bad(
      ['POST', '/users', { '@odata.type': '#x' }],
      'unknownType',
      "A type named 'x' could not be resolved by the model. When a model is available, each type name must resolve to a valid type."
    ),
    bad(
      ['POST', '/users', { '@odata.type': '#microsoft.graph.group' }],
      'notAssignable',
      "An entry with type 'microsoft.graph.group' was found, but it is not assignable to the expected type 'microsoft.graph.user'. The type specified in the entry must be equal to either the expected type or a derived type."
    ),
    bad(
      [
        'PATCH',
        `/deviceManagement/deviceConfigurations/${policy}`,
        { '@odata.type': '#microsoft.graph.macOSCustomConfiguration' }
      ],
      'notAssignable',
      "An entry with type 'microsoft.graph.macOSCustomConfiguration' was found, but it is not assignable to the expected type 'microsoft.graph.iosCustomConfiguration'. The type specified in the entry must be equal to either the expected type or a derived type."
    ),
    bad(
      ['POST', '/deviceManagement/deviceConfigurations', {}],
      'abstractType',
      'Cannot create an abstract class.',
      /such as #microsoft.graph/
    ),
    bad(
      ['PATCH', `/users/${ada}`, { messages: [] }],
      'navigationInUpdate',
      "Cannot apply PATCH to navigation property 'messages' on entity type 'microsoft.graph.user'."
    ),
    bad(
      ['POST', `${member}/$ref`, { '@odata.id': 'users' }],
      'badReference',
      'Not a valid reference update.',
      /takes the URL of an entity/
    ),
    bad(['POST', `${member}/$ref`, { '@odata.id': '' }], 'badReference', 'Not a valid reference update.'),
    bad(
      ['POST', `${member}/$ref`, { '@odata.id': 'deviceManagement' }],
      'badReference',
      'Not a valid reference update.',
      /is none/
    ),
    bad(
      ['POST', `${member}/$ref`, { '@odata.id': 'user/1' }],
      'badRequest',
      "Resource not found for the segment 'user'.",
      /Did you mean users/
    ),
    bad(
      ['POST', `${member}/$ref`, { '@odata.id': 'nowhere/1' }],
      'badRequest',
      "Resource not found for the segment 'nowhere'."
    ),
    bad(
      ['GET', '/directoryObjects?$select=nope'],
      'badRequest',
      "Parsing OData Select and Expand failed: Could not find a property named 'nope' on type 'microsoft.graph.directoryObject'."
    ),
    bad(
      ['POST', '/education/users', { student: { birthDate: '2021-02-30' } }],
      'badLiteral',
      "Cannot convert the literal '2021-02-30' to the expected type 'Edm.Date'."
    ),
    bad(['GET', `/directoryObjects/${device}/manager`], 'badRequest', "Resource not found for the segment 'manager'."),
    bad(
      ['GET', '/users?$skiptoken=%24'],
      'pageToken',
      'The specified page token value has expired and can no longer be included in your request.'
    ),
    bad(
      ['GET', '/users?$select=nope'],
      'badRequest',
      "Parsing OData Select and Expand failed: Could not find a property named 'nope' on type 'microsoft.graph.user'."
    ),
    bad(['GET', `/users/${ada}/$value`], 'badRequest', 'The requested resource has no stream.'),
    {
      ...bad(
        ['POST', '/users', { userPrincipalName: 'ADA@contoso.com' }],
        'duplicate',
        'Another object with the same value for property userPrincipalName already exists.'
      ),
      code: 'Request_BadRequest'
    },
    {
      ...bad(
        ['PATCH', `/users/${bob}`, { userPrincipalName: 'ada@contoso.com' }],
        'duplicate',
        'Another object with the same value for property userPrincipalName already exists.'
      ),
      code: 'Request_BadRequest'
    },
    {
      ...bad(['POST', `${member}/$ref`, { '@odata.id': `users/${ada}` }], 'alreadyLinked', alreadyThere('members')),
      code: 'Request_BadRequest'
    },
    {
      ...bad(
        ['PATCH', `/groups/${group}`, { 'members@odata.bind': [`users/${bob}`, `users/${ada}`] }],
        'alreadyLinked',
        alreadyThere('members')
      ),
      code: 'Request_BadRequest'
    },
    {
      ...bad(
        ['DELETE', `${member}/${unit}/$ref`],
        'notLinked',
        "One or more removed object references do not exist for the following modified properties: 'members'."
      ),
      code: 'Request_BadRequest'
    },
    {
      ...bad(
        ['DELETE', `${member}/$ref?$id=users('${bob}')`],
        'notLinked',
        "One or more removed object references do not exist for the following modified properties: 'members'."
      ),
      code: 'Request_BadRequest'
    },
    {
      ...bad(['GET', '/me'], 'badRequest', '/me request is only valid with delegated authentication flow.'),
      code: 'Request_BadRequest',
      application: true
    }
  ]
  for (const row of rows) {
    const {
      ask,
      status = 400,
      code = row.kind === 'pageToken' ? 'Directory_ExpiredPageToken' : 'BadRequest',
      kind,
      message,
      reason,
      application
    } = row
    const name = `${ask[0]} ${ask[1]} ${JSON.stringify(ask[2] ?? '')}`
    const before = graph.entities
    graph.userId = application ? undefined : ada
    const error = refusal(() => graph.ask(...ask))
    t.ok(error instanceof EngineError, `${name}: ${String(error)}`)
    t.match(error, { status, code, kind, message }, name)
    if (reason) t.match((error as EngineError).reason, reason, name)
    t.equal(graph.entities, before, name)
  }
  t.end()
})

t.test('a clash tells its property', (t) => {
  const graph = new Graph()
  graph.post('/users', { userPrincipalName: 'a@b.c' })
  const message = 'Another object with the same value for property userPrincipalName already exists.'
  t.strictSame((refusal(() => graph.post('/users', { userPrincipalName: 'a@b.c' })) as EngineError).details, [
    { code: 'ObjectConflict', message, target: 'userPrincipalName' },
    { code: 'ConflictingObjects', message, target: 'userPrincipalName' }
  ])
  graph.post('/domains', { id: 'a.b' })
  t.match(
    refusal(() => graph.post('/domains', { id: 'a.b' })),
    { kind: 'duplicate', message: /property id already/ }
  )
  t.end()
})
