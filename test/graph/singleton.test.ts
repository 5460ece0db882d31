import { Type, type Static } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { permissions } from '../../src/graph/gateway/permission-rule.js'
import {
  boolean,
  complexType,
  dateTimeOffset,
  double,
  entityType,
  enumeration,
  int32,
  key,
  nullable,
  string
} from '../../src/graph/odata/schema.js'
import { IntuneService } from '../../src/graph/services/intune/intune-service.js'
import { gatewayService } from '../../src/graph/gateway/gateway-service.js'
import { singleton } from '../../src/graph/singleton.js'
import { StateSlot } from '../../src/tenants/state-slot.js'
import { testApp, type Caller } from '../helper.js'

const Place = complexType('place', { name: string({}), seen: nullable(dateTimeOffset({ description: 'When.' })) })

const Lamp = entityType('lampSettings', {
  id: key({}),
  isOn: boolean({}),
  watts: int32({ description: 'Power.' }),
  brightness: double({}),
  lastUsedDateTime: nullable(dateTimeOffset({})),
  mood: nullable(enumeration('mood', ['calm', 'bright'], {})),
  place: Place
})
type Lamp = Static<typeof Lamp>

const LampUpdate = entityType('lampSettings', Type.Partial(Lamp).properties)

const state = new StateSlot<{ lampSettings: Lamp; uses: { count: number } }>({
  schemas: { lampSettings: Lamp, uses: Type.Object({ count: Type.Integer() }, { additionalProperties: false }) },
  initial: () => ({
    lampSettings: {
      id: 'lamp',
      isOn: false,
      watts: 5,
      brightness: 0.5,
      lastUsedDateTime: null,
      mood: null,
      place: { name: 'desk', seen: '2026-01-01T01:00:00+01:00' }
    },
    uses: { count: 0 }
  })
})

/** Its scopes and its app roles have other names, and personal accounts may read it. */
const lamp = singleton({
  path: 'home/lampSettings',
  versions: ['beta', 'v1.0'],
  type: Lamp,
  service: new IntuneService('HomeFE/LampService'),
  state,
  entityOf: ({ lampSettings }) => lampSettings,
  get: {
    permissions: permissions({ delegated: ['Lamp.Read'], application: ['Lamp.Read.All'], personal: ['Lamp.Read'] }),
    support: [{ behaviour: 'The lamp.', evidence: 'assumed', source: 'a test' }]
  },
  update: {
    permissions: permissions({ delegated: ['Lamp.Write'], application: { notSupported: 'Nobody is at home.' } }),
    support: [],
    payload: LampUpdate,
    apply: (current, update) => ({ ...current, lampSettings: { ...current.lampSettings, ...update } })
  },
  actions: {
    dim: {
      permissions: permissions({ delegated: ['Lamp.Write'], application: ['Lamp.Write.All'] }),
      support: [],
      parameters: entityType('dim', { to: double({}), mood: Type.Optional(string({})) }),
      apply: (current, { parameters }) => ({
        lampSettings: { ...current.lampSettings, brightness: parameters.to },
        uses: { count: current.uses.count + 1 }
      })
    }
  }
})

const bare = singleton({
  path: 'home/clock',
  versions: ['v1.0'],
  type: entityType('clock', { id: key({}) }),
  service: gatewayService,
  state: new StateSlot<{ clock: { id: string } }>({
    schemas: { clock: Type.Object({ id: Type.String() }) },
    initial: () => ({ clock: { id: 'clock' } })
  }),
  entityOf: ({ clock }) => clock,
  get: { permissions: permissions({ delegated: ['Clock.Read'], application: ['Clock.Read'] }), support: [] }
})

const LAMP = '/beta/home/lampSettings'

async function home(
  t: Test,
  resources = [lamp, bare]
): Promise<Caller & { readonly token: (request: object) => Promise<string> }> {
  const { mock, call } = await testApp(t, {}, Date.now, 'silent', { resources })
  const token = async (request: object) => (await mock.mintToken(request)).access_token
  const everything = await token({})
  return { call: (method, url, options) => call(method, url, { token: everything, ...options }), token }
}

t.test('a made singleton is read, updated, acted on and seen in the state document', async (t) => {
  const { call } = await home(t)
  const initial = (await call('GET', LAMP)).json<object>()
  t.strictSame(initial, {
    '@odata.context': 'http://localhost:80/beta/$metadata#home/lampSettings/$entity',
    id: 'lamp',
    isOn: false,
    watts: 5,
    brightness: 0.5,
    lastUsedDateTime: null,
    mood: null,
    place: { name: 'desk', seen: '2026-01-01T00:00:00Z' }
  })
  const update = {
    isOn: true,
    watts: 60,
    brightness: 1,
    lastUsedDateTime: '2026-02-02T02:00:00+02:00',
    mood: 'calm',
    place: { name: 'wall', seen: null }
  }
  const updated = (await call('PATCH', LAMP, { body: update })).json<object>()
  t.strictSame(updated, { ...initial, ...update, lastUsedDateTime: '2026-02-02T00:00:00Z' })
  for (const name of ['dim', 'microsoft.graph.dim']) {
    const { statusCode } = await call('POST', `/v1.0/home/lampSettings/${name}`, { body: { to: 0.25, mood: 'calm' } })
    t.equal(statusCode, 204, name)
  }
  t.match((await call('GET', '/v1.0/home/LAMPSETTINGS')).json(), { brightness: 0.25, isOn: true })
  t.match((await call('GET', '/_mock/tenants/default/state')).json(), {
    uses: { count: 2 },
    lampSettings: { watts: 60 }
  })
  await call('PATCH', '/_mock/tenants/default/state', { body: { lampSettings: { mood: null } } })
  t.equal((await call('GET', LAMP)).json<Lamp>().mood, null)
  t.equal((await call('GET', '/v1.0/home/clock')).json<{ id: string }>().id, 'clock')
})

t.test('a version without resources has no documents', async (t) => {
  const { call } = await home(t, [bare])
  for (const [method, path, segment] of [
    ['GET', '', ''],
    ['GET', '/$metadata', '$metadata'],
    ['GET', '/home/clock', 'home']
  ] as const) {
    t.equal((await call(method, `/beta${path}`, { token: null })).statusCode, 401, path)
    const refused = await call(method, `/beta${path}`, { body: {} })
    t.match(
      { status: refused.statusCode, ...refused.json<object>() },
      { status: 400, error: { code: 'BadRequest', message: `Resource not found for the segment '${segment}'.` } }
    )
    t.match(refused.headers['x-mock-reason'], /Below \/beta there is nothing\.$|published types have no/)
    t.not((await call(method, `/v1.0${path}`, { body: { requests: [] } })).statusCode, 401)
  }
})

t.test('a singleton needs no operation at all', async (t) => {
  const parts = {
    path: 'deviceManagement/nothing',
    versions: ['beta'],
    type: Lamp,
    service: gatewayService,
    state
  } as const
  const nothing = singleton({ ...parts, entityOf: ({ lampSettings }) => lampSettings })
  const { call } = await testApp(t, {}, Date.now, 'silent', { resources: [nothing] })
  const { statusCode, body } = await call('GET', '/beta/deviceManagement/nothing')
  t.equal(statusCode, 400)
  t.match(body, "Resource not found for the segment 'nothing'.")
  t.match((await call('GET', '/')).json(), { try: /\/beta\/$/ }, 'nor an example')
})

t.test("the gateway's own refusals", (t) => {
  const [operation] = lamp.operations
  t.ok(operation)
  if (!operation) return t.end()
  const rows = [
    [gatewayService.forbidden(operation, [], 'r'), 403, 'Authorization_RequestDenied'],
    [gatewayService.forbiddenToApplication(operation, 'r'), 403, 'Authorization_RequestDenied'],
    [gatewayService.noSuchVerb(operation, 'PUT', 'r'), 405, 'Request_BadRequest'],
    [gatewayService.tooManyRequests(operation, 'r', {}), 429, 'TooManyRequests'],
    [gatewayService.payloadRefusal({ kind: 'typeNotText', type: 't' }), 400, 'BadRequest']
  ] as const
  for (const [{ status, code }, ...expected] of rows) t.strictSame([status, code], expected)
  t.equal(gatewayService.typeName('microsoft.graph.lamp'), 'microsoft.graph.lamp')
  t.notOk(gatewayService.answersNoContent(operation, undefined as never))
  t.end()
})

t.test('payloads are checked by their types', async (t) => {
  const { call } = await home(t)
  const rows: readonly (readonly [body: unknown, code: string, message: RegExp, reason: RegExp])[] = [
    [{ isOn: 'yes' }, 'BadRequest', /^Property isOn in payload/, /^isOn takes a boolean: true or false\.$/],
    [{ watts: '60' }, 'BadRequest', /^Property watts in payload/, /^watts takes a number: a whole number from/],
    [{ brightness: [] }, 'BadRequest', /^Property brightness/, /^brightness takes a number: any number\.$/],
    [{ place: 'desk' }, 'BadRequest', /^Property place/, /^place takes an object: an object of type/],
    [{ watts: 1.5 }, 'ModelValidationFailure', /literal '1\.5' to the expected type 'Edm\.Int32'/, /a whole number/],
    [{ watts: 2 ** 31 }, 'ModelValidationFailure', /literal '2147483648'/, /a whole number/],
    [{ watts: null }, 'ModelValidationFailure', /expected type 'Edm\.Int32\[Nullable=False\]'/, /cannot be null/],
    [{ mood: 'sad' }, 'ModelValidationFailure', /^Requested value 'sad' was not found\.$/, /one of calm, bright/],
    [{ place: { name: 1, seen: null } }, 'BadRequest', /^Property name/, /^name takes a string/],
    [
      { place: { seen: null } },
      'ModelValidationFailure',
      /^The value of type '.*\.place' lacks the property 'name'\.$/,
      /^Send all its properties/
    ],
    [
      { place: { name: 'x', seen: null, y: 1 } },
      'ModelValidationFailure',
      /'y' does not exist on type '.*\.place'/,
      /name, seen/
    ]
  ]
  for (const [body, code, message, reason] of rows) {
    const answer = await call('PATCH', LAMP, { body })
    t.match(
      { status: answer.statusCode, ...answer.json<object>(), reason: answer.headers['x-mock-reason'] },
      { status: 400, error: { code, message }, reason },
      JSON.stringify(body)
    )
  }
})

t.test('parameters are checked by their types', async (t) => {
  const { call } = await home(t)
  const rows: readonly (readonly [body: unknown, message: RegExp, reason: RegExp])[] = [
    [
      { to: 1, by: 2 },
      /^The parameter 'by' in the request payload is not a valid parameter for the operation 'dim'\.$/,
      /are to, mood/
    ],
    [{}, /^One or more parameters of the operation 'dim' are missing .* are: to\.$/, /needs to/],
    [undefined, /missing/, /needs to/],
    [{ to: 'low' }, /^Property to in payload/, /takes a number/],
    [[], /^An unexpected 'StartArray' node/, /not an object/],
    [7, /^An unexpected 'PrimitiveValue' node/, /not an object/]
  ]
  for (const [body, message, reason] of rows) {
    const answer = await call('POST', `${LAMP}/dim`, { body })
    t.match(
      { status: answer.statusCode, ...answer.json<object>(), reason: answer.headers['x-mock-reason'] },
      { status: 400, error: { message }, reason },
      JSON.stringify(body)
    )
  }
  t.equal((await call('POST', `${LAMP}/dim`, { body: { to: 1, '@odata.id': 'x' } })).statusCode, 204)
})

t.test('permissions by kind of token', async (t) => {
  const { call, token } = await home(t)
  const rows = [
    [{ scopes: ['Lamp.Read'] }, 'GET', 200],
    [{ scopes: ['Lamp.Read.All'] }, 'GET', 403],
    [{ kind: 'application', roles: ['Lamp.Read.All'] }, 'GET', 200],
    [{ kind: 'application', roles: ['Lamp.Read'] }, 'GET', 403],
    [{ kind: 'application', roles: ['Lamp.Write'] }, 'PATCH', 403],
    [{ kind: 'personal', scopes: ['Lamp.Read'] }, 'GET', 200],
    [{ kind: 'personal', scopes: ['Lamp.Write'] }, 'GET', 403],
    [{ kind: 'personal', scopes: ['Lamp.Write'] }, 'PATCH', 401]
  ] as const
  for (const [request, method, status] of rows) {
    const bearer = await token(request)
    const answer = await call(method, LAMP, { token: bearer, ...(method === 'PATCH' && { body: {} }) })
    t.equal(answer.statusCode, status, `${method} ${JSON.stringify(request)}`)
  }
  const refused = await call('PATCH', LAMP, {
    token: await token({ kind: 'application', roles: ['Lamp.Write'] }),
    body: {}
  })
  t.equal(refused.headers['x-mock-reason'], 'Nobody is at home.')
  const denied = await call('GET', '/v1.0/home/clock', { token: await token({ scopes: ['Lamp.Read'] }) })
  t.match(
    { status: denied.statusCode, ...denied.json<object>() },
    {
      status: 403,
      error: {
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.'
      }
    }
  )
})
