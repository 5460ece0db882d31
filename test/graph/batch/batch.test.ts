import fc from 'fast-check'
import inject from 'light-my-request'
import t from 'tap'
import { BatchRequestContent, BatchResponseContent } from '@microsoft/microsoft-graph-client'
import { decodeBody, encodeBody } from '../../../src/graph/batch/body.js'
import { demandBatchPayload } from '../../../src/graph/batch/payload.js'
import { partOf } from '../../../src/http/part-of.js'
import { planBatch } from '../../../src/graph/batch/plan.js'
import { runBatch } from '../../../src/graph/batch/run.js'
import { buildApp } from '../../../src/app.js'
import { createLog } from '../../../src/lib/log.js'
import { createMock } from '../../../src/mock.js'
import { withDefaults } from '../../../src/options.js'
import { graphClient } from '../../graph-client.js'
import { freshTenant, SETTINGS, testApp, type TestApp } from '../../helper.js'

const BATCH = '/beta/$batch'
const PATH = 'deviceManagement/windowsAutopilotSettings'
const JSON_TYPE = { 'Content-Type': 'application/json' }
const get = (id: string, more: object = {}) => ({ id, method: 'GET', url: `/${PATH}`, ...more })
const patch = (id: string, body: unknown, more: object = {}) => {
  return { id, method: 'PATCH', url: `/${PATH}`, headers: JSON_TYPE, body, ...more }
}
const sync = (id: string, more: object = {}) => {
  return { id, method: 'POST', url: `${PATH}/sync`, headers: JSON_TYPE, body: {}, ...more }
}

interface Part {
  id: string
  status: number
  headers: Record<string, string>
  body: { error: { code: string; message: string } & Record<string, unknown> } & Record<string, unknown>
}

/** Sends a batch; the answers by id. */
async function send({ call }: TestApp, requests: unknown[], options: object = {}): Promise<Record<string, Part>> {
  const answer = await call('POST', BATCH, { body: { requests }, ...options })
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`)
  return Object.fromEntries(answer.json<{ responses: Part[] }>().responses.map((part) => [part.id, part]))
}

t.test('parts go the whole way of a request', async (t) => {
  const app = await testApp(t)
  const before = app.lines.length
  const answers = await send(app, [
    get('read'),
    patch('1', { syncStatus: 'failed' }, { dependsOn: ['read'] }),
    sync('2', { dependsOn: ['1'] }),
    get('selected', { url: `${PATH}?$select=id`, headers: { Accept: 'application/json;odata.metadata=none' } }),
    { ...get('none'), url: '/deviceManagement/nope' },
    patch('bad', { syncStatus: 'x' }),
    { ...patch('text', 'syncStatus', { headers: { 'content-type': 'text/plain' } }) },
    get('lower', { method: 'get', headers: null, dependsOn: null }),
    { ...patch('put', {}), method: 'PUT' },
    get('anonymous', { url: '$metadata' })
  ])
  t.match(answers['read'], {
    status: 200,
    headers: {
      'OData-Version': '4.0',
      'Content-Type':
        'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'
    },
    body: { '@odata.type': '#microsoft.graph.windowsAutopilotSettings', id: '08c16770-6770-08c1-7067-c1087067c108' }
  })
  t.match(answers['1'], { status: 200, body: { syncStatus: 'failed' } })
  t.strictSame(answers['2'], { id: '2', status: 204, headers: {}, body: null })
  t.strictSame(answers['selected']?.body, { id: '08c16770-6770-08c1-7067-c1087067c108' })
  t.match(answers['none'], {
    status: 400,
    headers: { 'Content-Type': 'application/json', 'x-mock-reason': /lists the request as unmatched/ },
    body: { error: { message: "Resource not found for the segment 'nope'.", innerError: { 'request-id': String } } }
  })
  t.match(answers['bad'], { status: 400, body: { error: { code: 'ModelValidationFailure' } } })
  t.match(answers['text'], { status: 400, body: { error: { message: /^Unable to read JSON request payload/ } } })
  t.match(answers['lower'], { status: 200 })
  t.match(answers['put'], { status: 400, body: { error: { code: 'No method match route template' } } })
  t.match(answers['anonymous'], { status: 200, headers: { 'Content-Type': 'application/xml' } })
  t.match(Buffer.from(answers['anonymous']?.body as unknown as string, 'base64url').toString(), /^<\?xml/)
  t.match((await app.call('GET', SETTINGS)).json(), { syncStatus: /inProgress|completed/ })
  const requests = app.lines.slice(before).filter(({ msg }) => msg === 'answered')
  t.equal(requests.length, 12, 'each part and the batch leave their line')
})

t.test('the answer of the batch itself', async (t) => {
  const { call } = await testApp(t)
  const answer = await call('POST', BATCH, { body: { requests: [get('1')] } })
  t.equal(answer.headers['content-type'], 'application/json')
  t.ok(answer.headers['request-id'])
  t.equal((await call('POST', BATCH, { token: null, body: { requests: [get('1')] } })).statusCode, 401)
  t.match((await call('POST', '/v1.0/$batch', { body: {} })).json(), {
    error: { message: 'Invalid batch payload format.' }
  })
  const wrongVerb = await call('GET', BATCH)
  t.equal(wrongVerb.statusCode, 405)
  t.match(wrongVerb.json(), {
    error: { code: 'Request_BadRequest', message: 'Specified HTTP method is not allowed for the request target.' }
  })
})

t.test('headers: Authorization is inherited, the own one wins', async (t) => {
  const app = await testApp(t)
  const { access_token: other } = await app.mock.mintToken({ tenantId: '11111111-2222-3333-4444-555555555555' })
  const client = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
  const answers = await send(
    app,
    [
      get('inherited'),
      get('own', { headers: { authorization: `Bearer ${other}` } }),
      patch(
        'refused',
        {},
        { headers: { ...JSON_TYPE, 'client-request-id': client, 'Content-Length': '99', Host: 'x' } }
      ),
      get('bad', { headers: { Authorization: 'Bearer nonsense' } })
    ],
    { token: 'read' }
  )
  t.match(answers['inherited'], { status: 200, body: { id: '08c16770-6770-08c1-7067-c1087067c108' } })
  t.equal(answers['own']?.status, 200)
  t.not(answers['own']?.body['id'], '08c16770-6770-08c1-7067-c1087067c108', 'another tenant')
  t.match(answers['refused'], {
    status: 403,
    body: { error: { code: 'Forbidden', innerError: { 'client-request-id': client } } }
  })
  t.match(answers['bad'], { status: 401, headers: { 'WWW-Authenticate': /^Bearer realm=""/ } })
})

t.test('a header of a part may hold whatever one of a request may', async (t) => {
  const app = await testApp(t)
  const value = '\t !~\x80\xff'
  const { 1: part } = await send(app, [{ ...get('1', { headers: { 'client-request-id': value } }), url: '/nope' }])
  t.match(part?.body.error['innerError'], { 'client-request-id': value })
})

t.test('URLs of parts follow the caller, also over https', async (t) => {
  const app = await testApp(t)
  const accept = { headers: { accept: 'application/json;odata.metadata=minimal' } }
  const { 1: plain } = await send(app, [get('1', accept)], { headers: { host: 'graph.example:8443' } })
  t.match(plain?.body, { '@odata.context': /^http:\/\/graph\.example:8443\/beta\/\$metadata#/ })
  const secure = await inject(
    (request, response) => {
      Object.assign(request.socket, { encrypted: true })
      app.app.routing(request, response)
    },
    {
      method: 'POST',
      url: BATCH,
      headers: { authorization: 'Bearer readwrite', 'content-type': 'application/json', host: 'localhost:8443' },
      payload: { requests: [get('1', accept)] }
    }
  )
  t.match(secure.json(), {
    responses: [{ body: { '@odata.context': /^https:\/\/localhost:8443\/beta\/\$metadata#/ } }]
  })
})

t.test('a failure fails its dependents, and nothing else', async (t) => {
  const app = await testApp(t)
  await app.call('PATCH', '/_mock/tenants/default/state', {
    body: { throttling: { writesPerTenant: 1, window: 'PT1H' } }
  })
  const answers = await send(app, [
    get('after both', { dependsOn: ['Throttled', 'first'] }),
    get('after that', { dependsOn: ['after both'] }),
    patch('throttled', {}, { dependsOn: ['first'] }),
    patch('first', { syncStatus: 'completed' }),
    get('alone')
  ])
  t.match(answers['first'], { status: 200 })
  t.match(answers['throttled'], { status: 429, headers: { 'Retry-After': /^3\d\d\d$/ } })
  t.match(answers['alone'], { status: 200 })
  for (const [id, dependency] of [
    ['after both', 'throttled'],
    ['after that', 'after both']
  ] as const) {
    t.match(answers[id], {
      status: 424,
      headers: {
        'Content-Type': 'application/json',
        'x-mock-reason': `Request ${dependency}, which it depends on, failed.`
      },
      body: { error: { code: 'FailedDependency', message: 'Failed Dependency', innerError: { 'request-id': String } } }
    })
  }
})

t.test('a condition that answers HTML', async (t) => {
  const app = await testApp(t)
  await app.call('PATCH', '/_mock/tenants/default/state', { body: { condition: 'readOnly' } })
  const answers = await send(app, [get('read'), sync('write')])
  t.equal(answers['read']?.status, 200)
  t.match(answers['write'], {
    status: 503,
    headers: { 'Content-Type': 'text/html; charset=us-ascii' },
    body: /^<!DOCTYPE/
  })
})

t.test('malformed batches: the exact error, and no part has run', async (t) => {
  const many = Array.from({ length: 21 }, (_, at) => get(String(at)))
  const format = 'Invalid batch payload format.'
  const rows: [name: string, body: unknown, message: string, reason: RegExp][] = [
    ['no bytes', '', 'Empty Payload. JSON content expected.', /no body/],
    ['no JSON', '{', /^Unable to read JSON/.source, /not valid JSON/],
    ['no object', [], format, /^the document must be an object/],
    ['no requests', {}, format, /^requests is missing\.$/],
    ['an empty batch', { requests: [] }, format, /^requests must have at least 1 item/],
    ['no id', { requests: [{ ...get(''), id: undefined }] }, format, /^requests\.0\.id is missing/],
    ['an empty id', { requests: [get('')] }, format, /^requests\.0\.id must have at least 1 character/],
    ['an id that is no string', { requests: [{ ...get('1'), id: 1 }] }, format, /^requests\.0\.id must be a string/],
    ['no url', { requests: [{ id: '1', method: 'GET' }] }, format, /^requests\.0\.url is missing/],
    ['an absolute url', { requests: [get('1', { url: 'https://graph.microsoft.com/beta/me' })] }, format, /absolute/],
    ['a way out', { requests: [get('1', { url: '/%2e%2e/_mock/tenants' })] }, format, /leads out of \/beta/],
    [
      'a header that is none',
      { requests: [get('1', { headers: { a: 1 } })] },
      format,
      /^requests\.0\.headers\.a must be a string/
    ],
    ...['☃', 'a\nb', '\r\n', '\0', '\x7f', '\ud800'].map((value): [string, unknown, string, RegExp] => [
      `a header value that is none: ${JSON.stringify(value)}`,
      { requests: [get('1', { headers: { 'client-request-id': value } })] },
      format,
      /^The header client-request-id of request 1 has a character that a header cannot have\.$/
    ]),
    ...['', 'a b', 'a:', 'ä', '\n'].map((name): [string, unknown, string, RegExp] => [
      `a header name that is none: ${JSON.stringify(name)}`,
      { requests: [get('1', { headers: { [name]: 'x' } })] },
      format,
      /^Request 1 has the header ".*", which is not a token \(RFC 9110, 5\.6\.2\)\.$/
    ]),
    [
      'a body that is too deep',
      {
        requests: [
          patch('ok', { syncStatus: 'failed' }),
          patch('1', { a: JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`) as unknown })
        ]
      },
      format,
      /body of request 1 is nested deeper than 64 levels/
    ],
    ['a method that is none', { requests: [get('1', { method: 'HEAD' })] }, 'Request type is not supported.', /"HEAD"/],
    ['too many', { requests: many }, 'Number of requests inside batch exceeds the limit.', /21 requests; at most 20/],
    [
      'an id twice',
      { requests: [get('A'), get('a')] },
      'Request Id a has to be unique in a batch.',
      /without regard to case/
    ],
    [
      'a write without anything',
      { requests: [{ id: 's', method: 'POST', url: `/${PATH}/sync` }] },
      'Write request id : s does not contain Content-Type header or body.',
      /\{\} at least/
    ],
    [
      'a write without a body',
      { requests: [{ id: 's', method: 'POST', url: `/${PATH}/sync`, headers: JSON_TYPE, body: null }] },
      'Write request id : s does not contain Content-Type header or body.',
      /\{\} at least/
    ],
    [
      'a write without Content-Type',
      { requests: [patch('1', {}, { headers: {} })] },
      "Write request with id '1' does not contain a Content-Type header.",
      /Content-Type/
    ],
    [
      'an unknown dependency',
      { requests: [get('1', { dependsOn: ['2'] })] },
      'Invalid dependency for request Id 1.',
      /the id "2"/
    ],
    [
      'itself',
      { requests: [get('1', { dependsOn: ['1'] })] },
      'Invalid dependency for request Id 1.',
      /depends on itself/
    ],
    [
      'a cycle',
      {
        requests: [
          get('0'),
          get('1', { dependsOn: ['0', '3'] }),
          get('2', { dependsOn: ['1'] }),
          get('3', { dependsOn: ['2'] })
        ]
      },
      'Invalid dependency for request Id 1.',
      /depends on itself/
    ]
  ]
  const app = await testApp(t)
  for (const [name, body, message, reason] of rows) {
    await t.test(name, async (t) => {
      const { call } = await freshTenant(app)
      app.lines.length = 0
      const requests = (body as { requests?: unknown[] }).requests
      const withWrite =
        requests && requests.length < 20 ? { requests: [patch('zz', { syncStatus: 'failed' }), ...requests] } : body
      const answer = await call('POST', BATCH, { body })
      t.equal(answer.statusCode, 400)
      t.match(answer.json(), {
        error: { code: 'BadRequest', message: message.startsWith('^') ? new RegExp(message) : message }
      })
      t.match(decodeURIComponent(String(answer.headers['x-mock-reason'])), reason)
      t.equal(app.lines.filter(({ msg }) => msg === 'refused').length, 1)
      if (name === 'an empty batch') return
      t.equal((await call('POST', BATCH, { body: withWrite })).statusCode, 400)
      t.match((await call('GET', SETTINGS)).json(), { syncStatus: 'unknown' })
    })
  }
})

t.test('a batch within a batch is refused', async (t) => {
  const app = await testApp(t)
  const inner = { id: 'n', method: 'POST', url: '/$BATCH', headers: JSON_TYPE, body: { requests: [sync('s')] } }
  const { n, r } = await send(app, [inner, get('r')])
  t.match(n, { status: 400, body: { error: { code: 'BadRequest', message: 'Batch requests cannot be nested.' } } })
  t.equal(r?.status, 200)
  t.match((await app.call('GET', SETTINGS)).json(), { syncStatus: 'unknown' })
})

t.test('a part knows its batch, for faults and journal', async (t) => {
  const app = buildApp(await createMock(withDefaults({})), {
    log: createLog('silent', { write: () => undefined }),
    requestLevel: 'debug'
  })
  t.teardown(() => app.close())
  const seen: unknown[] = []
  app.addHook('onRequest', (request, _reply, done) => {
    seen.push(partOf(request))
    done()
  })
  const headers = { authorization: 'Bearer readwrite' }
  const answer = await app.inject({ method: 'POST', url: BATCH, headers, payload: { requests: [get('a')] } })
  t.strictSame(seen, [undefined, { batchId: answer.headers['request-id'], id: 'a' }])
})

t.test('bodies', (t) => {
  t.equal(encodeBody(undefined), undefined)
  t.equal(encodeBody({ a: 1 }, 'application/json;charset=utf-8'), '{"a":1}')
  t.equal(encodeBody('text', 'application/problem+json'), '"text"')
  t.equal(encodeBody('text', 'text/plain'), 'text')
  t.equal(encodeBody({ a: 1 }), '{"a":1}')
  t.strictSame(encodeBody('AP8', 'image/png'), Buffer.from([0, 255]))
  t.equal(decodeBody(Buffer.alloc(0), 'application/json'), null)
  t.strictSame(decodeBody(Buffer.from('{"a":1}'), 'application/json'), { a: 1 })
  t.equal(decodeBody(Buffer.from('é'), 'text/plain'), 'é')
  t.equal(decodeBody(Buffer.from([0, 255])), 'AP8')
  t.end()
})

t.test('order: whatever depends on whatever', async (t) => {
  /** A batch without cycles: in a random order of ids, each may depend on those before it. */
  const batch = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 20 }).chain((ids) =>
    fc.record({
      requests: fc
        .tuple(...ids.map((id, at) => fc.subarray(ids.slice(0, at)).map((dependsOn) => get(id, { dependsOn }))))
        .chain((requests) => fc.shuffledSubarray(requests, { minLength: requests.length })),
      failing: fc.subarray(ids),
      ticks: fc.array(fc.nat(5), { minLength: ids.length, maxLength: ids.length })
    })
  )
  await fc.assert(
    fc.asyncProperty(batch, async ({ requests, failing, ticks }) => {
      const payload = demandBatchPayload({ requests })
      const done = new Set<string>()
      const sent: string[] = []
      const answers = await runBatch(
        planBatch(payload),
        async (part) => {
          sent.push(part.id)
          if (part.dependsOn.some(({ id }) => !done.has(id) || failing.includes(id))) throw new Error('too early')
          for (let tick = ticks[sent.length - 1] ?? 0; tick > 0; tick--) await Promise.resolve()
          done.add(part.id)
          return { id: part.id, status: failing.includes(part.id) ? 500 : 200, headers: {}, body: null }
        },
        ({ id }) => ({ id, status: 424, headers: {}, body: null })
      )
      const statusOf = new Map(answers.map(({ id, status }) => [id, status]))
      const expected = (id: string): number => {
        const dependsOn = payload.requests.find((request) => request.id === id)?.dependsOn
        if (dependsOn?.some((dependency) => expected(dependency) !== 200)) return 424
        return failing.includes(id) ? 500 : 200
      }
      t.equal(answers.length, requests.length)
      return payload.requests.every(
        ({ id }) => statusOf.get(id) === expected(id) && sent.includes(id) === (expected(id) !== 424)
      )
    })
  )
})

t.test("the JS Graph client's batch classes", async (t) => {
  const { app, mock } = await testApp(t, { profile: 'observed' })
  const url = await app.listen({ port: 0 })
  const { access_token: token } = await mock.mintToken({})
  const client = graphClient(url, token)
  const step = (id: string, method: string, path: string, body?: object) => {
    const content = body && { body: JSON.stringify(body), headers: JSON_TYPE }
    return { id, request: new Request(`${url}/${path}`, { method, ...content }) }
  }
  const content = new BatchRequestContent([
    step('read', 'GET', PATH),
    step('update', 'PATCH', PATH, { syncStatus: 'failed' }),
    step('sync', 'POST', `${PATH}/sync`, {})
  ])
  content.addDependency('update', 'read')
  content.addDependency('sync', 'update')
  const answer = new BatchResponseContent((await client.api('/$batch').post(await content.getContent())) as never)
  const [read, update, synced] = ['read', 'update', 'sync'].map((id) => answer.getResponseById(id))
  t.match(await read?.json(), { syncStatus: 'unknown', '@odata.context': `${url}/beta/$metadata#${PATH}/$entity` })
  t.match(await update?.json(), { syncStatus: 'failed' })
  t.equal(synced?.status, 204)

  const bodyless = new BatchRequestContent([step('1', 'POST', `${PATH}/sync`)])
  await t.rejects(client.api('/$batch').post(await bodyless.getContent()), {
    statusCode: 400,
    code: 'BadRequest',
    message: 'Write request id : 1 does not contain Content-Type header or body.'
  })
})
