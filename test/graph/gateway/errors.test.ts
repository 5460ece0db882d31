import fc from 'fast-check'
import t from 'tap'
import { encodeReason } from '../../../src/http/reason-header.js'
import type { ProfileName } from '../../../src/graph/profiles.js'
import type { TokenRequest } from '../../../src/identity/token-request.js'
import { anyCharacter, codeUnits, fuzzing } from '../../arbitraries.js'
import { freshTenant, SETTINGS, testApp, type CallOptions } from '../../helper.js'

const TYPE = 'microsoft.management.services.api.windowsAutopilotSettings'
const STATUS = 'microsoft.management.services.api.windowsAutopilotSyncStatus[Nullable=False]'
const DATE = 'Edm.DateTimeOffset[Nullable=False]'
const UNREADABLE =
  'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.'
const FORMS =
  "The token needs to be in JWS or JWE Compact Serialization Format. (JWS): 'EncodedHeader.EncodedPayload.EncodedSignature'. (JWE): 'EncodedProtectedHeader.EncodedEncryptedKey.EncodedInitializationVector.EncodedCiphertext.EncodedAuthenticationTag'."
const ROUTE = (verb: string) =>
  `No OData route exists that match template ~/singleton/navigation with http verb ${verb} for request /DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/deviceManagement/windowsAutopilotSettings.`
const nullText = (name: string, type: string) =>
  `A null value was found for the property named '${name}', which has the expected type '${type}'. The expected type '${type}' does not allow null values.`

interface Row {
  readonly name: string
  readonly method?: string
  readonly url?: string
  readonly send?: CallOptions
  readonly status?: number
  readonly code: string
  readonly message: string
  readonly reason: RegExp
}

const bad = (name: string, body: unknown, message: string, reason: RegExp, headers = {}): Row => {
  return { name, send: { body, headers }, code: 'BadRequest', message, reason }
}
const invalid = (name: string, body: unknown, message: string, reason: RegExp): Row => {
  return { name, send: { body }, code: 'ModelValidationFailure', message, reason }
}
const mismatch = (property: string, body: unknown) =>
  bad(
    `${property} of a wrong JSON type: ${JSON.stringify(body)}`,
    body,
    `Property ${property} in payload has a value that does not match schema.`,
    new RegExp(property)
  )
const segment = (
  url: string,
  text: string,
  reason = /lists the request as unmatched/,
  message = `Resource not found for the segment '${text}'.`
): Row => {
  return {
    name: url,
    url,
    method: 'GET',
    code: 'BadRequest',
    message,
    reason
  }
}
const unauthorized = (name: string, authorization: string | null, message: string, reason: RegExp): Row => {
  const send = { token: null, ...(authorization !== null && { headers: { authorization } }) }
  return { name, method: 'GET', send, status: 401, code: 'InvalidAuthenticationToken', message, reason }
}

const rows: Row[] = [
  // The body: docs/evidence.md#gateway-errors
  bad('bad JSON', '{"a":', UNREADABLE, /not valid JSON/),
  bad('no JSON content type', '{}', UNREADABLE, /text\/plain/, { 'content-type': 'text/plain' }),
  bad('a form', 'a=b', UNREADABLE, /application\/json/, { 'content-type': 'application/x-www-form-urlencoded' }),
  bad('a malformed content type', '{}', UNREADABLE, /malformed/, { 'content-type': 'json' }),
  bad('another charset', '{}', UNREADABLE, /utf-16/, { 'content-type': 'application/json; charset=utf-16' }),
  bad('invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), UNREADABLE, /UTF-8/),
  {
    name: 'no content type at all',
    send: { body: Buffer.from('{}'), headers: { 'content-type': null } },
    code: 'BadRequest',
    message: UNREADABLE,
    reason: /Content-Type/
  },
  { name: 'no body', code: 'BadRequest', message: 'Empty Payload. JSON content expected.', reason: /no body/ },
  bad('no bytes', '', 'Empty Payload. JSON content expected.', /no body/),
  {
    name: 'a content encoding',
    send: { body: 'x', headers: { 'content-encoding': 'gzip' } },
    status: 415,
    code: 'UnsupportedMediaType',
    message: "The content encoding 'gzip' is not supported.",
    reason: /without Content-Encoding/
  },
  {
    name: 'a body over 1 MiB',
    send: { body: `{"a":"${'x'.repeat(1024 * 1024)}"}` },
    status: 413,
    code: 'RequestEntityTooLarge',
    message: 'The request entity is too large.',
    reason: /1048576 bytes/
  },
  mismatch('syncStatus', { syncStatus: 1 }),
  mismatch('syncStatus', { syncStatus: {} }),
  mismatch('syncStatus', { syncStatus: ['inProgress'] }),
  mismatch('lastSyncDateTime', { lastSyncDateTime: 1483257769 }),
  mismatch('lastManualSyncTriggerDateTime', { lastManualSyncTriggerDateTime: true }),
  mismatch('id', { id: 7 }),
  mismatch('@odata.type', { '@odata.type': 7 }),
  mismatch('lastSyncDateTime', { wifiBlocked: true, syncStatus: 'never', lastSyncDateTime: 0 }),
  bad(
    'an @odata.type that Graph lacks',
    { '@odata.type': '#microsoft.graph.noSuchType' },
    "A type named 'microsoft.graph.noSuchType' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.",
    /#microsoft\.graph\.windowsAutopilotSettings/
  ),
  bad(
    'an @odata.type of no namespace',
    { '@odata.type': 'user' },
    "A type named 'user' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.",
    /may also be left out/
  ),

  // Intune's model validation: docs/evidence.md#model-validation
  invalid(
    'an @odata.type of another resource',
    { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration' },
    `An entry with type 'microsoft.management.services.api.iosGeneralDeviceConfiguration' was found, but it is not assignable to the expected type '${TYPE}'. The type specified in the entry must be equal to either the expected type or a derived type.`,
    /may also be left out/
  ),
  ...['wifiBlocked', 'SyncStatus', '__proto__', 'constructor', 'a/b~c', '@foo'].map((name) =>
    invalid(
      `unknown property ${name}`,
      `{${JSON.stringify(name)}:{"x":1}}`,
      `The property '${name}' does not exist on type '${TYPE}'. Make sure to only use property names that are defined by the type.`,
      /properties are id, lastSyncDateTime/
    )
  ),
  ...['never', 'InProgress', '1', 'inProgress,completed'].map((member) =>
    invalid(
      `enum member ${member}`,
      { syncStatus: member },
      `Requested value '${member}' was not found.`,
      /unknown, inProgress/
    )
  ),
  ...['', '  '].map((member) =>
    invalid(
      `enum member "${member}"`,
      { syncStatus: member },
      'Must specify valid information for parsing in the string.',
      /one of unknown/
    )
  ),
  ...['14.04.2021 14:11:27 +02:00', '2017-02-29T00:00:00Z', ''].map((literal) =>
    invalid(
      `date ${literal}`,
      { lastSyncDateTime: literal },
      `Cannot convert the literal '${literal}' to the expected type 'Edm.DateTimeOffset'.`,
      /an instant such as/
    )
  ),
  invalid('null status', { syncStatus: null }, nullText('syncStatus', STATUS), /cannot be null/),
  invalid('null date', { lastSyncDateTime: null }, nullText('lastSyncDateTime', DATE), /an instant/),
  invalid('null id', { id: null }, nullText('id', 'Edm.String[Nullable=False]'), /any string/),
  invalid(
    'the first failure in the order of the payload',
    { lastSyncDateTime: '2020-01-01T00:00Z', syncStatus: 'never', wifiBlocked: true },
    "Requested value 'never' was not found.",
    /syncStatus/
  ),
  ...[
    ['StartArray', []],
    ['PrimitiveValue', 'null'],
    ['PrimitiveValue', '5'],
    ['PrimitiveValue', '"text"']
  ].map(([node, body]) =>
    invalid(
      `a root that is no object: ${JSON.stringify(body)}`,
      body,
      `An unexpected '${node as string}' node was found when reading from the JSON reader. A 'StartObject' node was expected.`,
      /not an object/
    )
  ),
  invalid(
    'deep nesting',
    `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    `The property 'a' does not exist on type '${TYPE}'. Make sure to only use property names that are defined by the type.`,
    /properties are/
  ),

  // Query options: docs/evidence.md#query-options
  ...[
    ['$select=nope', 'nope', /may name id/],
    ['$select=__proto__', '__proto__', /may name id/],
    ['$select=id,toString', 'toString', /may name id/],
    ['select=SyncStatus', 'SyncStatus', /case-sensitive/],
    ['$expand=assignments($select=id)', 'assignments', /no property can be expanded/]
  ].map(([query, name, reason]) => ({
    name: query as string,
    method: 'GET',
    url: `${SETTINGS}?${query as string}`,
    code: 'BadRequest',
    message: `Parsing OData Select and Expand failed: Could not find a property named '${name as string}' on type 'microsoft.graph.windowsAutopilotSettings'.`,
    reason: reason as RegExp
  })),
  ...[
    ['$select=id,,syncStatus', /no property name/],
    ['$select=id(', /no property name/],
    ['$select=id&select=id', /given twice/]
  ].map(([query, reason]) => ({
    name: query as string,
    method: 'GET',
    url: `${SETTINGS}?${query as string}`,
    code: 'BadRequest',
    message: 'Parsing Select and Expand failed.',
    reason: reason as RegExp
  })),

  // Verbs and paths: docs/evidence.md#paths-and-verbs
  ...['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'].map((method) => ({
    name: `${method} on the singleton`,
    method,
    code: 'No method match route template',
    message: ROUTE(method),
    reason: /answers GET, HEAD, PATCH/
  })),
  segment('/beta/deviceManagement/manageDevices', 'manageDevices', /Did you mean managedDevices/),
  segment('/beta/userz/adele', 'userz', /Did you mean users/),
  segment('/beta/users/adele/nope', 'nope'),
  segment("/beta/users('adele", "users('adele", /cannot stand there/, 'Bad Request - Error in query syntax.'),
  {
    name: 'a verb that no path has',
    url: '/beta/users',
    method: 'PROPFIND',
    status: 405,
    code: 'Request_BadRequest',
    message: 'Specified HTTP method is not allowed for the request target.',
    reason: /GET, POST, PATCH, PUT and DELETE are served/
  },
  segment('/beta/devices%3F$skiptoken=X', 'devices?$skiptoken=X'),
  segment('/beta/deviceManagement%2FwindowsAutopilotSettings', 'deviceManagement/windowsAutopilotSettings'),
  segment('/beta/deviceManagement/foo%2Fbar', 'foo/bar'),
  segment(`${SETTINGS}/nope`, 'nope'),
  segment(
    '/v1.0/deviceManagement/windowsAutopilotSettings',
    'windowsAutopilotSettings',
    /published types have no \/v1\.0\/deviceManagement\/windowsAutopilotSettings;/
  ),
  segment('/V1.0/DEVICEMANAGEMENT/windowsAutopilotSettings/sync', 'windowsAutopilotSettings'),
  ...['/v2.0/users', '/deviceManagement/windowsAutopilotSettings', '//v2.0'].map((url) => ({
    name: url,
    url,
    method: 'GET',
    code: 'BadRequest',
    message: 'Invalid version.',
    reason: /begin with \/beta or \/v1\.0/
  })),
  ...[
    ['GET', '/beta/%E0%A4%A'],
    ['GET', '/%'],
    ['PURGE', '/beta/%ZZ']
  ].map(([method = '', url = '']) => ({
    name: `malformed URL ${method} ${url}`,
    url,
    method,
    code: 'BadRequest',
    message: 'Bad Request - Invalid URL.',
    reason: /percent-encoding/
  })),

  // The Authorization header: docs/evidence.md#401-bearer-tokens
  unauthorized('no token', null, 'Access token is empty.', /no Authorization header.*Bearer readwrite/),
  unauthorized('an empty token', 'Bearer ', 'Access token is empty.', /no bearer token/),
  unauthorized('an empty header', '', 'Access token is empty.', /no bearer token/),
  unauthorized('another scheme', 'Basic YTpi', 'Access token is empty.', /no bearer token/),
  unauthorized(
    'no JWT',
    'Bearer nonsense',
    `IDX14100: JWT is not well formed, there are no dots (.).\n${FORMS}`,
    /neither a JWT nor/
  ),
  unauthorized(
    'a name that objects have',
    'Bearer constructor',
    `IDX14100: JWT is not well formed, there are no dots (.).\n${FORMS}`,
    /neither a JWT nor/
  ),
  unauthorized(
    'two tokens',
    'Bearer a Bearer b',
    `IDX14100: JWT is not well formed, there are no dots (.).\n${FORMS}`,
    /neither a JWT nor/
  ),
  unauthorized(
    'one dot',
    'Bearer a.b',
    `IDX14120: JWT is not well formed, there is only one dot (.).\n${FORMS}`,
    /2 parts/
  ),
  unauthorized(
    'four dots',
    'Bearer a.b.c.d.e',
    `IDX14120: JWT is not well formed, there is only one dot (.).\n${FORMS}`,
    /5 parts/
  ),
  unauthorized(
    'no base64url',
    'Bearer !.b.c',
    "IDX14102: Unable to decode the header '[PII is hidden]' as Base64Url encoded string.",
    /header of the JWT/
  ),
  unauthorized(
    'no JSON object',
    'Bearer e30.W10.c',
    "IDX14101: Unable to decode the payload '[PII is hidden]' as Base64Url encoded string.",
    /payload of the JWT/
  ),
  unauthorized('over 32 KiB', `Bearer ${'x'.repeat(33_000)}`, 'Access token validation failure.', /33000 characters/),
  unauthorized(
    'the expired token of the fixture',
    'Bearer expired',
    'Lifetime validation failed, the token is expired.',
    /3600 s ago/
  ),
  unauthorized(
    'the personal token of the fixture',
    'Bearer personal',
    'Access token validation failure.',
    /Personal Microsoft accounts/
  )
]

t.test('every refusal: status, code, message, reason', async (t) => {
  const app = await testApp(t)
  for (const { name, method = 'PATCH', url = SETTINGS, send = {}, status = 400, code, message, reason } of rows) {
    await t.test(name, async (t) => {
      const { call } = await freshTenant(app)
      app.lines.length = 0
      const before = (await call('GET', SETTINGS)).json<object>()
      const headers = { 'client-request-id': 'C', ...send.headers }
      const answer = await call(method, url, { ...send, headers })
      const { error } = answer.json<{ error: { innerError: Record<string, string> } }>()
      t.equal(answer.statusCode, status)
      t.match(error, { code, message })
      t.equal(answer.headers['content-type'], 'application/json')
      t.match(decodeURIComponent(String(answer.headers['x-mock-reason'])), reason)
      const inner = code === 'ModelValidationFailure' ? ['message'] : []
      t.strictSame(Object.keys(error), ['code', 'message', 'innerError'])
      t.strictSame(Object.keys(error.innerError), [...inner, 'date', 'request-id', 'client-request-id'])
      if (inner.length > 0) t.equal(error.innerError['message'], message)
      t.match(error.innerError['date'], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
      t.match(error.innerError, { 'request-id': answer.headers['request-id'], 'client-request-id': 'C' })
      t.match(
        app.lines.filter(({ msg }) => String(msg).startsWith('refused')),
        [{ requestId: answer.headers['request-id'], status, code, reason: String }],
        'one log line'
      )
      t.strictSame((await call('GET', SETTINGS)).json(), before, 'nothing changed')
    })
  }
})

t.test('permissions', async (t) => {
  const lacking = (accepted: string) =>
    `Application is not authorized to perform this operation. Application must have one of the following scopes: ${accepted}`
  const WITHOUT_APP =
    'Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.'
  const READ = 'DeviceManagementServiceConfig.Read.All'
  const WRITE = 'DeviceManagementServiceConfig.ReadWrite.All'
  const OTHER = 'DeviceManagementConfiguration.ReadWrite.All'
  const refused: [ProfileName, string, TokenRequest, string, RegExp][] = [
    ['documented', 'GET', { scopes: [] }, lacking(`${READ}, ${WRITE}`), /token holds \(scp\): none/],
    [
      'documented',
      'GET',
      { scopes: ['User.Read'] },
      lacking(`${READ}, ${WRITE}`),
      /GET needs one of .* holds \(scp\): User\.Read/
    ],
    ['documented', 'PATCH', { scopes: [READ] }, lacking(WRITE), /PATCH needs one of/],
    ['documented', 'PATCH', { scopes: [OTHER] }, lacking(WRITE), /PATCH needs one of/],
    ['observed', 'PATCH', { scopes: [READ] }, lacking(`${WRITE}, ${OTHER}`), /PATCH needs one of/],
    ['documented', 'GET', { kind: 'application' }, WITHOUT_APP, /--profile observed/],
    ['observed', 'GET', { kind: 'application', roles: [] }, WITHOUT_APP, /token holds \(roles\): none/],
    [
      'observed',
      'GET',
      { kind: 'application', roles: ['User.Read.All'] },
      lacking(`${READ}, ${WRITE}`),
      /\(roles\): User\.Read\.All/
    ]
  ]
  const apps = {
    documented: await testApp(t, { profile: 'documented' }),
    observed: await testApp(t, { profile: 'observed' })
  }
  for (const [profile, method, request, text, reason] of refused) {
    await t.test(`${profile} ${method} ${JSON.stringify(request)}`, async (t) => {
      const { call } = await freshTenant(apps[profile], request)
      // The body is bad as well: permissions come first.
      const answer = await call(method, SETTINGS, {
        headers: { 'client-request-id': 'A' },
        ...(method === 'PATCH' && { body: '{' })
      })
      const { error } = answer.json<{ error: { code: string; message: string } }>()
      t.equal(answer.statusCode, 403)
      t.equal(error.code, 'Forbidden')
      const url =
        'https://proxy.amsub0502.manage.microsoft.com/DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/deviceManagement/windowsAutopilotSettings?api-version=5026-01-10'
      t.equal(
        error.message,
        `{\r\n  "_version": 3,\r\n  "Message": "${text} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: A - Url: ${url}",\r\n  "CustomApiErrorPhrase": "",\r\n  "RetryAfter": null,\r\n  "ErrorSourceService": "",\r\n  "HttpHeaders": "{}"\r\n}`
      )
      t.match(answer.headers['x-mock-reason'], reason)
      t.notOk('www-authenticate' in answer.headers)
    })
  }
  const granted: [ProfileName, string, TokenRequest][] = [
    ['documented', 'GET', { scopes: [READ] }],
    ['documented', 'PATCH', { scopes: ['User.Read', WRITE] }],
    ['documented', 'PATCH', {}],
    ['observed', 'PATCH', { scopes: [OTHER] }],
    ['observed', 'PATCH', { kind: 'application', roles: [OTHER] }],
    ['observed', 'GET', { kind: 'application' }]
  ]
  for (const [profile, method, request] of granted) {
    const { call } = await freshTenant(apps[profile], request)
    const answer = await call(method, SETTINGS, method === 'PATCH' ? { body: {} } : {})
    t.equal(answer.statusCode, 200, `${profile} ${method} ${JSON.stringify(request)}`)
  }
  for (const { call } of Object.values(apps)) {
    const personal = await call('GET', SETTINGS, { token: 'personal' })
    t.match(personal.json(), {
      error: { code: 'InvalidAuthenticationToken', message: 'Access token validation failure.' }
    })
  }
})

t.test('401 of the gateway carries its challenge', async (t) => {
  const { call } = await testApp(t)
  const answer = await call('GET', SETTINGS, { token: null, headers: { host: 'mock:8365' } })
  t.equal(
    answer.headers['www-authenticate'],
    'Bearer realm="", authorization_uri="http://mock:8365/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"'
  )
})

t.test('the order of refusals: token, segment, permission, body', async (t) => {
  const { call } = await testApp(t)
  t.equal((await call('GET', '/beta/nope', { token: null })).statusCode, 401)
  t.equal((await call('GET', '/v1.0/nope', { token: null })).statusCode, 401)
  t.equal(
    (await call('POST', SETTINGS, { token: 'read', body: '{' })).json<{ error: { code: string } }>().error.code,
    'No method match route template'
  )
  t.equal((await call('PATCH', SETTINGS, { token: 'read', body: '{' })).statusCode, 403)
})

t.test('the headers of every answer', async (t) => {
  const { call } = await testApp(t)
  const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  for (const url of [SETTINGS, '/beta/nope', '/v1.0/nope', '/nope', '/beta/%']) {
    const { headers } = await call('GET', url)
    t.match(headers['request-id'], GUID, url)
    t.equal(headers['client-request-id'], headers['request-id'], 'the same where the caller sends none')
    t.equal(headers['vary'], 'Accept-Encoding')
    t.equal(headers['strict-transport-security'], 'max-age=0', 'taken back on loopback')
    t.same(Object.keys((JSON.parse(String(headers['x-ms-ags-diagnostic'])) as { ServerInfo: object }).ServerInfo), [
      'DataCenter',
      'Slice',
      'Ring',
      'ScaleUnit',
      'RoleInstance'
    ])
    t.notOk('access-control-allow-origin' in headers, 'no CORS without Origin')
  }
  const { headers } = await call('GET', SETTINGS, { headers: { host: 'graph.example', 'client-request-id': 'mine' } })
  t.match(headers, {
    'client-request-id': 'mine',
    'strict-transport-security': 'max-age=31536000',
    'odata-version': '4.0'
  })
  for (const host of ['127.0.0.2', '[::1]:80', 'a.localhost']) {
    t.match(
      (await call('GET', SETTINGS, { headers: { host } })).headers,
      { 'strict-transport-security': 'max-age=0' },
      host
    )
  }
})

t.test('CORS', async (t) => {
  const { call } = await testApp(t)
  const origin = 'https://app.example'
  const preflight = await call('OPTIONS', SETTINGS, {
    token: null,
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type',
      'access-control-request-private-network': 'true'
    }
  })
  t.equal(preflight.statusCode, 204)
  t.match(preflight.headers, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'PATCH',
    'access-control-allow-headers': 'authorization,content-type',
    'access-control-allow-private-network': 'true'
  })
  const bare = await call('OPTIONS', SETTINGS, {
    token: null,
    headers: { origin, 'access-control-request-method': 'GET' }
  })
  t.equal(bare.statusCode, 204)
  t.notOk('access-control-allow-headers' in bare.headers)
  for (const token of ['readwrite', null]) {
    const { headers } = await call('GET', SETTINGS, { token, headers: { origin } })
    t.equal(headers['access-control-allow-origin'], '*')
    t.match(headers['access-control-expose-headers'], /^ETag, Location, .*Retry-After, x-mock-reason$/)
  }
})

t.test('an unexpected error never shows its text', async (t) => {
  const { app, mock, lines, call } = await testApp(t)
  mock.tenants.get = () => {
    throw new TypeError('secret detail')
  }
  const answer = await call('GET', SETTINGS)
  t.equal(answer.statusCode, 500)
  t.match(answer.json(), { error: { code: 'UnknownError', message: '' } })
  t.notMatch(answer.payload + JSON.stringify(answer.headers), /secret detail/)
  t.match(
    lines.find(({ level }) => level === 50),
    { msg: 'unexpected error', err: { stack: /secret detail/ } }
  )
  t.ok(app)
})

t.test('nor does one in the tokens', async (t) => {
  const { call, mock } = await testApp(t)
  mock.tokens.verify = () => {
    throw new TypeError('secret detail')
  }
  t.equal((await call('GET', SETTINGS)).statusCode, 500)
})

t.test('a reason survives the header', (t) => {
  t.equal(encodeReason('plain'), 'plain')
  t.equal(encodeReason('100 % ünlike\n'), '100 %25 %C3%BCnlike%0A')
  fc.assert(
    fc.property(
      fc.string({ unit: anyCharacter, maxLength: 100 }),
      (text) => decodeURIComponent(encodeReason(text)) === text
    )
  )
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, minLength: 500, maxLength: 2000 }), (text) => {
      const value = encodeReason(text)
      return value.length <= 1024 && /^[ -~]*$/.test(value) && decodeURIComponent(value) !== '\u0000'
    })
  )
  t.end()
})

t.test('no body and no header gives anything but an answer or a refusal in the shape of Graph', async (t) => {
  const { call } = await testApp(t, {}, Date.now, 'silent')
  const name = fc.constantFrom('id', 'syncStatus', 'lastSyncDateTime', '@odata.type', '__proto__', 'x@y.z', '')
  const object = fc.dictionary(fc.oneof(name, fc.string()), fc.anything({ withNullPrototype: false }), { maxKeys: 4 })
  const text = fc.oneof(
    object.map((value) => JSON.stringify(value) || ''),
    fc.string({ unit: anyCharacter }),
    fc.json()
  )
  const latin = fc.string({ unit: codeUnits(0x20, 0x7e) })
  const headers = fc.dictionary(
    fc.constantFrom(
      'authorization',
      'accept',
      'content-type',
      'content-encoding',
      'client-request-id',
      'host',
      'origin',
      'prefer'
    ),
    latin
  )
  await fc.assert(
    fc.asyncProperty(text, headers, fc.constantFrom('PATCH', 'GET', 'POST'), async (body, sent, method) => {
      const answer = await call(method, SETTINGS, { body, headers: sent })
      return answer.statusCode < 500 && (answer.statusCode < 400 || 'error' in answer.json<object>())
    }),
    fuzzing(200)
  )
})
