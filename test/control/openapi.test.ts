import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { testApp } from '../helper.js'

interface Document {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly security?: readonly object[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: object; readonly securitySchemes?: object }
}

interface Described {
  readonly operationId: string
  readonly summary: string
  readonly security?: readonly object[]
  readonly requestBody?: { readonly required: boolean; readonly content: object }
  readonly responses: Readonly<Record<string, { readonly content?: object }>>
}

const URL = '/_mock/openapi.json'

t.test('it describes every route, and is valid', async (t) => {
  const { app, call } = await testApp(t)
  const answer = await call('GET', URL, { token: null, headers: { host: 'mock:8365' } })
  const document = answer.json<Document>()
  const { valid, errors } = await new Validator().validate(answer.json())
  t.ok(valid, JSON.stringify(errors))
  t.match(document, { openapi: '3.1.0', servers: [{ url: 'http://mock:8365/_mock' }], security: undefined })
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} /_mock${path.replace(/\{(\w+)\}/g, ':$1')}`)
  )
  for (const route of described) {
    const [method = '', url = ''] = route.split(' ')
    t.ok(app.hasRoute({ method, url }), route)
  }
  for (const route of ['GET /_mock/health', 'POST /_mock/tokens', `GET ${URL}`, 'GET /_mock/connect/:sdk']) {
    t.ok(described.includes(route), route)
  }
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  t.equal(
    new Set(operations.map(({ operationId }) => operationId)).size,
    operations.length,
    'every operation has an id'
  )
  for (const { operationId, summary } of operations) t.match(summary, /^[A-Z].*[^.]$/, operationId)
})

t.test('how operations are told', async (t) => {
  const { call } = await testApp(t)
  const { paths, components } = (await call('GET', URL)).json<Document>()
  const statuses = (path: string, method: string) => Object.keys(paths[path]?.[method]?.responses ?? {})
  t.strictSame(statuses('/health', 'get'), ['200', '400', '403'])
  t.strictSame(statuses('/tenants/{tenant}/clock', 'post'), ['200', '400', '403', '409', '413', '415'])
  t.match(paths['/tenants/{tenant}/state'], {
    get: { operationId: 'getTenantsTenantState', parameters: [{ name: 'tenant', in: 'path', required: true }] },
    put: { requestBody: { required: true } },
    patch: { requestBody: { content: { 'application/merge-patch+json': {} } } }
  })
  t.match(paths['/tokens']?.['post'], {
    requestBody: {
      required: false,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/TokenRequest' } } }
    },
    responses: {
      201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/TokenResponse' } } } },
      400: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDocument' } } } }
    }
  })
  t.strictSame(paths['/reset']?.['post']?.responses['204'], { description: 'Done.' })
  t.match(paths['/support']?.['get']?.responses['200'], { content: { 'application/json': {}, 'text/markdown': {} } })
  t.match(components.schemas, {
    TokenRequest: { properties: { kind: { enum: ['delegated', 'application', 'personal'] } } }
  })
  const effects = { not: { required: ['respond', 'connection'] }, allOf: [{ anyOf: [{ required: ['respond'] }] }] }
  t.match(components.schemas, { FaultRule: effects, FaultRecord: effects, FaultDocument: effects })
  const once = { $ref: '#/components/schemas/FaultMatch', description: 'Which requests. Default: all of Graph.' }
  t.match(components.schemas, {
    FaultMatch: { properties: { method: {}, path: {}, operation: {} } },
    FaultRule: { properties: { match: once } },
    FaultDocument: { properties: { match: once } },
    TenantState: { properties: { throttling: { $ref: '#/components/schemas/Throttling' } } },
    TenantStatePatch: { properties: { throttling: { $ref: '#/components/schemas/ThrottlingPatch' } } },
    TenantDocument: {
      properties: {
        clock: { $ref: '#/components/schemas/ClockChange' },
        sync: { $ref: '#/components/schemas/syncOverrides' },
        faults: { items: { $ref: '#/components/schemas/FaultDocument' } }
      }
    }
  })
  t.notMatch(JSON.stringify(components), /edmType|expected/, 'nothing of ours is left in it')
})

t.test('with --control-token it says what takes the token', async (t) => {
  const { call } = await testApp(t, { controlToken: 'secret' })
  const answer = await call('GET', URL, { token: 'secret' })
  const { valid, errors } = await new Validator().validate(answer.json())
  t.ok(valid, JSON.stringify(errors))
  t.match(answer.json(), {
    security: [{ controlToken: [] }],
    components: { securitySchemes: { controlToken: { type: 'http', scheme: 'bearer' } } }
  })
  const { paths } = answer.json<Document>()
  t.strictSame(paths['/health']?.['get']?.security, [])
  t.notOk(paths['/health']?.['get']?.responses['401'])
  t.ok(paths['/tokens']?.['post']?.responses['401'])
})
