import { connect } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { redactBody } from '../../src/journal/redact-body.js'
import { redactForm, redactHeaders, redactQuery, redactText } from '../../src/journal/redact.js'
import { tellsSecret } from '../../src/journal/secret-names.js'
import { holdsCredential, redactCredentials } from '../../src/lib/redact-credentials.js'
import { fuzzing } from '../arbitraries.js'
import { SETTINGS, testApp, until, type CallOptions } from '../helper.js'
import { startTestServer } from '../server-helper.js'

const R = '[redacted]'
const ENCODED = encodeURIComponent(R)
const PEM = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIE/hunter2+', '-----END RSA PRIVATE KEY-----'].join('\n')

t.test('secrets that show by their shape', (t) => {
  for (const [text, expected] of [
    ['eyJhbGci.eyJzdWIi.c2ln', R],
    ['a eyJhbGci.eyJzdWIi. b', `a ${R} b`],
    ["('eyJa.b.c')/x", `('${R}')/x`],
    ['eyJa.b.c.d.e.', R],
    ['xeyJa.b.c', `x${R}`],
    ['-eyJ-eyJ-eyJ', undefined],
    ['eyJa.b', undefined],
    ['eyJa..c', undefined],
    ['eyJa.b eyJc.d.e', `eyJa.b ${R}`],
    [PEM, R],
    [`a ${PEM} b ${PEM}`, `a ${R} b ${R}`],
    ['-----BEGIN PRIVATE KEY-----\nMIIE', R],
    ['-----BEGIN PRIVATE KEY-----\nMIIE-----END ', R],
    ['-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----', undefined],
    [
      'DefaultEndpointsProtocol=https;AccountKey=aa==;EndpointSuffix=b',
      `DefaultEndpointsProtocol=https;AccountKey=${R};EndpointSuffix=b`
    ],
    ['SharedAccessKeyName=a;SharedAccessKey = b', `SharedAccessKeyName=a;SharedAccessKey = ${R}`],
    ['sharedaccesssignature=a&b', `sharedaccesssignature=${R}&b`],
    ['AccountKey=', undefined],
    ['AccountKey=;AccountKey=a', `AccountKey=;AccountKey=${R}`],
    [`AccountKey=${R};`, undefined],
    ['https://u:p@w@a.example/b@c', `https://${R}@a.example/b@c`],
    ['https://u@a, http://v@b', `https://${R}@a, http://${R}@b`],
    ['https://a.example/b@c', undefined],
    ['https://a.example?b@c', undefined],
    [`https://${R}@a`, undefined],
    ['adele.vance@contoso.example', undefined]
  ] as const) {
    t.equal(redactCredentials(text), expected ?? text, text)
    t.equal(holdsCredential(text), expected !== undefined, text)
  }
  for (const [text, expected] of [
    ['a eyJhbGci', `a ${R}`],
    ['eyJhbGci.eyJz', R],
    ['https://u:hunter2', `https://${R}`],
    ['https://u:hunter2/', 'https://u:hunter2/'],
    ['https://user', 'https://user'],
    ['eyJa b', 'eyJa b']
  ] as const) {
    t.equal(redactCredentials(text, true), expected, `${text}, cut`)
  }
  for (const text of ['Bearer x', 'a basic\tx']) t.ok(holdsCredential(text), text)
  for (const text of ['Bearer', 'bearers x', 'basic ']) t.notOk(holdsCredential(text), text)
  t.end()
})

/** A URL in a parameter of a URL, and so on. */
const nested = (times: number, url: string): string =>
  times === 0 ? encodeURIComponent(url) : encodeURIComponent(`?b=${nested(times - 1, url)}`)

t.test('places of a request', (t) => {
  for (const [path, expected] of [
    ['/beta/gadgets/eyJa.b.c', `/beta/gadgets/${R}`],
    ["/beta/f(token='eyJa.b.c')/x", `/beta/f(token='${R}')/x`],
    ['/beta/%65yJa.b.c/%C3%A9', `/beta/${R}/%C3%A9`],
    ['/beta/a%20b/%E0%A4%A', '/beta/a%20b/%E0%A4%A'],
    [`/x/${encodeURIComponent(PEM)}/y`, `/x/${R}/y`]
  ] as const) {
    t.equal(redactCredentials(path), expected, path)
  }
  for (const [query, ...expected] of [
    ['jwt=eyJa.b.c&a=b', ['jwt', R], ['a', 'b']],
    ["$filter=id%20eq%20'eyJa.b.c'&$top=1", ['$filter', R], ['$top', '1']],
    ['a=1&b=x%20y', ['a', '1'], ['b', 'x y']],
    ['next=https%3A%2F%2Fa%2F%3Fcode%3Dx%26b%3Dc', ['next', `https://a/?code=${ENCODED}&b=c`]],
    ['next=/a?code=x', ['next', `/a?code=${ENCODED}`]],
    ['a=Bearer%20x', ['a', R]],
    ['eyJa.b.c=d', [R, 'd']],
    ['password:hunter2', [R, R]],
    [`a=${nested(3, '?token=x')}`, ['a', decodeURIComponent(nested(3, `?token=${ENCODED}`))]],
    [`a=${nested(4, '?b=x')}`, ['a', decodeURIComponent(nested(4, R))]]
  ] as const) {
    t.strictSame(redactQuery(query), expected, query)
  }
  for (const [name, value, expected] of [
    ['x-url', '/a?access_token=x&b=c', `/a?access_token=${ENCODED}&b=c`],
    ['x-url', 'https://u:p@a/', R],
    ['x-url', 'https://u:p@a/?b', `https://${R}@a/?b`],
    ['x-jwt', 'eyJa.b.c', R],
    ['x-connection', 'AccountName=a;AccountKey=b', R],
    ['X-Api-Key', 'x', R],
    ['accept', 'application/json;odata.metadata=full', 'application/json;odata.metadata=full']
  ] as const) {
    t.strictSame(redactHeaders([name, value]), [name, expected], value)
  }
  t.strictSame(redactHeaders(['eyJa.b.c', 'x']), [R, 'x'])
  for (const [text, expected] of [
    ['/x?password=geheim#code=geheim', `/x?password=${ENCODED}#code=${ENCODED}`],
    ['/x?a=eyJa.b.c&d=e', `/x?a=${ENCODED}&d=e`],
    ['/eyJa.b.c?d=e', `/${R}?d=e`],
    ['password=geheim?x', R],
    ['the password: ?', R],
    ['what? no secret', 'what? no secret'],
    ['{"token":"x"}', R],
    [PEM, R]
  ] as const) {
    t.equal(redactText(text, false), expected, text)
  }
  t.equal(redactText('/x?a=https://u:hunter', true), `/x?a=${ENCODED}`)
  t.equal(redactText('/x?a=https://u:80', false), '/x?a=https://u:80')
  t.equal(redactText('/eyJhbGci', true), R)
  t.strictSame(redactForm('scope=a&redirect_uri=https://u:p@a/%3Fb&client_id=eyJa.b.c&password=x&y=z'), [
    ['scope', 'a'],
    ['redirect_uri', `https://${R}@a/?${R}`],
    ['client_id', R],
    ['password', R],
    [R, R]
  ])
  t.end()
})

t.test('bodies that are cut', (t) => {
  for (const [text, expected] of [
    ['{"password":"hunter2","a":"b', `{"password":"${R}","a":"b`],
    ['{"password":"hun', `{"password":"${R}"`],
    ['{"password":{"a":["hun', `{"password":"${R}"`],
    ['{"token":', `{"token":"${R}"`],
    ['{"token"', '{"token"'],
    ['{"token', '{"token'],
    ['{ "a" : "https://u:hunter', `{ "a" : "${R}`],
    ['{"a":"eyJhbGci.eyJz', `{"a":"${R}`],
    ['{"a":"secret\\', '{"a":"secret\\'],
    ['{"a":"secret: \\u12', `{"a":"${R}`],
    ['["token",tr', '["token",tr'],
    ['["token",-1.5e', '["token",-1.5e'],
    ['["token",', '["token",'],
    ['["token",true,null,1e5,{},[],{"eyJa.b.c":1', `["token",true,null,1e5,{},[],{"${R}":1`],
    ['["token",hunter2', R],
    ['["token",tru ', R],
    ['["token"} ', R],
    ['{"token"x', R],
    ['{token:1', R],
    ['["token\\x",', R],
    ['["\nsecret text', R],
    ['["token"]x', R],
    ['password=hunter2', R],
    [`${'['.repeat(65)}"token`, R],
    ['plain text', 'plain text']
  ] as const) {
    t.equal(redactBody(text, true), expected, text)
  }
  for (const text of ['{"token":1', '["token",', '["token', '["token",01]', '"token\n"', '["token",tr', '']) {
    t.equal(redactBody(text, false), text === '' ? '' : R, `${text}, whole`)
  }
  t.end()
})

/** What the scanners of the journal find out, plainly and without regard to how long it takes. */
const plain = {
  tellsSecret: (text: string) =>
    /(?:secret|token|pass\w*|pwd|assertion|credential\w*|authori[sz]ation|cookie|key|sig|signature|code)\W{0,4}[:=]/i.test(
      text
    ),
  credentials: (text: string) =>
    text
      .replace(/-----BEGIN [A-Z\d ]{0,24}PRIVATE KEY[^]*?(?:-----END [^]*?-----|$)/g, R)
      .replace(/eyJ[\w-]*\.[\w-]+\.[\w.-]*/g, R)
      .replace(/((?:account|shared ?access) ?(?:key|signature)\s{0,4}=\s{0,4})(?!\[redacted\])[^;&\s"']+/gi, `$1${R}`)
      .replace(/:\/\/[^\s/?#]*@/g, `://${R}@`),
  holds: (text: string) => /\b(?:bearer|basic)\s+\S/i.test(text) || plain.credentials(text) !== text,
  name: (name: string) => (plain.holds(name) || plain.tellsSecret(name) ? R : name),
  isSecretName: (name: string) =>
    /secret|token|pass(?:word|wd|phrase|code)|\bpwd|assertion|credential|authori[sz]ation|cookie|api.?key|private.?key|signature|code_verifier|^sig$|^code$/i.test(
      name
    ),
  member(name: string, value: unknown): unknown {
    if (plain.isSecretName(name)) return R
    if (typeof value === 'string') return plain.tellsSecret(value) || plain.holds(value) ? R : value
    if (Array.isArray(value)) return value.map((element) => plain.member('', element))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [plain.name(key), plain.member(key, inner)]))
  }
}

/** Pieces of which attacks and near misses are made. */
const piece = fc.constantFrom(
  ...['eyJ', 'eyJa', '.', 'b', '-', '://', '@', ':', '=', ';', '/', ' ', '"', "'", '\\', '\n', 'u', '☃', '[redacted]'],
  ...['AccountKey=', 'SharedAccessSignature', '-----BEGIN ', 'PRIVATE KEY', '-----END ', '-----', 'Bearer ', 'basic'],
  ...['pass', 'token', 'key', 'code', 'credential', 'sig', 'nothing', '_', '1']
)
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

t.test('the scanners find what plain patterns find', (t) => {
  fc.assert(
    fc.property(
      text,
      (text) =>
        tellsSecret(text) === plain.tellsSecret(text) &&
        redactCredentials(text) === plain.credentials(text) &&
        holdsCredential(text) === plain.holds(text)
    ),
    { ...fuzzing(3000), examples: [['://[redacted]@user:pass@host']] }
  )
  t.end()
})

const names = fc.constantFrom(
  'a',
  'b c',
  'password',
  'Token',
  'code',
  'sig',
  '"',
  '\\u',
  'nested',
  'eyJa.b.c',
  '__proto__'
)
const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    text,
    fc.constantFrom(null, true, 0, -1.5e30, 'x'),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.dictionary(names, tie('document'), { maxKeys: 4 })
  )
}))
const layout = fc.constantFrom(undefined, 1, '\t')

t.test('JSON is redacted as member by member', (t) => {
  fc.assert(
    fc.property(document, layout, (member, space) => {
      const json = JSON.stringify({ token: 1, member }, undefined, space)
      return isDeepStrictEqual(JSON.parse(redactBody(json, false)), plain.member('', JSON.parse(json)))
    }),
    fuzzing(2000)
  )
  t.end()
})

/** Letters that stand nowhere else. */
const word = fc.stringMatching(/^[g-z]{12,20}$/)
const SECRETS: Record<string, (word: string) => string> = {
  JWT: (word) => `eyJhbGciOiJub25lIn0.${word}.${word}`,
  'connection string': (word) => `AccountName=a;AccountKey=${word}==;EndpointSuffix=b`,
  'private key': (word) => PEM.replace('hunter2', word),
  'user of a URL': (word) => `https://u:${word}@a.example/b`,
  password: (word) => `{"password":"${word}"}`
}

t.test('a body tells no secret, wherever it is cut, and grows by no more than its marks', (t) => {
  const secret = fc.tuple(fc.constantFrom(...Object.values(SECRETS)), word)
  fc.assert(
    fc.property(secret, document, layout, fc.nat(), fc.boolean(), ([make, word], other, space, at, isName) => {
      const value = make(word)
      const json = JSON.stringify(
        [other, isName ? { [value]: other } : { a: value }, { code: [word] }],
        undefined,
        space
      )
      const cut = at % (json.length + 1)
      return [redactBody(json, false), redactBody(json.slice(0, cut), true), redactBody(`${json} x`, false)].every(
        (told) => !told.includes(word.slice(0, 6)) && told.length <= 4 * json.length + R.length
      )
    }),
    fuzzing(3000)
  )
  t.end()
})

/** Places where a client can write something, by what is said there. */
const PLACES: Record<string, (text: string) => [method: string, url: string, options: CallOptions]> = {
  'a parameter': (text) => ['GET', `${SETTINGS}?jwt=${encodeURIComponent(text)}`, {}],
  'a filter': (text) => ['GET', `${SETTINGS}?$filter=${encodeURIComponent(`id eq '${text}'`)}`, {}],
  'a path': (text) => ['GET', `/beta/gadgets/${encodeURIComponent(text)}`, {}],
  'a path of nobody': (text) => ['GET', `/gamma/${encodeURIComponent(text)}`, {}],
  'a header': (text) => ['GET', SETTINGS, { headers: { 'x-a': text.replaceAll('\n', ' ') } }],
  'a URL in a header': (text) => ['GET', SETTINGS, { headers: { 'x-a': `/a?b=${encodeURIComponent(text)}` } }],
  'a string': (text) => ['PATCH', SETTINGS, { body: { a: [text] } }],
  'a URL in a string': (text) => ['PATCH', SETTINGS, { body: { a: `https://a/b?c=${encodeURIComponent(text)}&d=e` } }],
  'a URL in a URL': (text) => {
    const inner = `https://a/b?c=${encodeURIComponent(text)}`
    return ['PATCH', SETTINGS, { body: { a: `https://a/b?c=${encodeURIComponent(inner)}` } }]
  },
  'a name': (text) => ['PATCH', SETTINGS, { body: { [text]: 1 } }],
  'a text': (text) => ['PATCH', SETTINGS, { body: `a ${text} b` }],
  'the end of a long body': (text) => ['PATCH', SETTINGS, { body: { a: 'x'.repeat(65_470), b: text } }],
  'a part of a batch': (text) => {
    const url = `/users/${encodeURIComponent(text)}?a=${encodeURIComponent(text)}`
    const part = {
      id: text,
      method: 'PATCH',
      url,
      headers: { 'Content-Type': 'text/plain', a: text.replaceAll('\n', ' ') }
    }
    return ['POST', '/beta/$batch', { body: { requests: [{ ...part, body: text }] } }]
  },
  'a redirect URI': (text) => [
    'POST',
    '/common/oauth2/v2.0/token',
    {
      token: null,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        redirect_uri: text,
        scope: text,
        claims: text
      }).toString()
    }
  ]
}

t.test('a secret that shows by its shape is told by no journal and no log', async (t) => {
  const app = await testApp(t)
  const shapes = Object.entries(SECRETS).filter(([name]) => name !== 'password')
  const kind = fc.constantFrom(...shapes.map(([, make]) => make))
  await fc.assert(
    fc.asyncProperty(kind, fc.constantFrom(...Object.values(PLACES)), word, async (make, place, word) => {
      app.lines.length = 0
      await app.call('DELETE', '/_mock/requests')
      const answer = await app.call(...place(make(word)))
      const list = await app.call('GET', '/_mock/requests')
      const wait = { path: '/a', body: { a: 1 }, count: 9, timeout: 'PT0S' }
      const told = [
        list.body,
        (await app.call('POST', '/_mock/requests/wait', { body: wait })).body,
        JSON.stringify(app.lines)
      ].join('\n')
      return answer.statusCode < 500 && list.json<{ requests: object[] }>().requests.length > 0 && !told.includes(word)
    }),
    fuzzing(400)
  )
})

t.test('user information of a target reaches no log and no answer', async (t) => {
  const { server, port, lines } = await startTestServer(t, {}, 'debug')
  const send = async (head: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1')
    socket.end(`${head} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    return Buffer.concat((await socket.toArray()) as Buffer[]).toString()
  }
  for (const [head, status, path] of [
    [`GET http://user:geheim@localhost${SETTINGS}?a`, 401, SETTINGS],
    [`GET http://user:geheim@localhost${SETTINGS}/gadgets`, 401, `${SETTINGS}/gadgets`],
    ['GET HTTP://user:geheim@localhost/gamma/x', 400, '/gamma/x'],
    ['GET http://user:geheim@localhost/beta/%E0%A4%A', 400, '/beta/%E0%A4%A'],
    ['CONNECT user:geheim@graph.microsoft.com:443', 403, 'graph.microsoft.com:443'],
    ['CONNECT user:geheim@a.example:443', 403, 'a.example:443'],
    ['GET http://user:geheim@a.example/_mock/health', 403, undefined]
  ] as const) {
    lines.length = 0
    const answer = await send(head)
    t.match(answer, new RegExp(`^HTTP/1.1 ${status} `), head)
    await until(() => lines.length !== 0)
    if (path !== undefined) for (const line of lines) t.equal(line['path'], path, head)
    t.notMatch(answer + JSON.stringify(lines), /geheim/, head)
  }
  t.match(
    await send('CONNECT u@graph.microsoft.com:443'),
    /\r\n\r\nThe target of CONNECT is a host and a port, without user information\.\n$/
  )
  t.notMatch(JSON.stringify(server.mock.journal.list(undefined)), /geheim/)
})

t.test('what V8 quotes of a body is in no refusal', async (t) => {
  const { call } = await testApp(t)
  for (const body of [
    '{"a": hunter2',
    '{"a": hunter2, "b": "a longer text behind it, of which V8 quotes a part"}',
    '{"a longer text before it": 1, "of which V8 quotes a part": hunter2}',
    '{"a longer text before it": 1, "of which V8 quotes a part": hunter2, "and a longer text behind it": 1}'
  ]) {
    for (const [method, url] of [
      ['PATCH', SETTINGS],
      ['POST', '/_mock/tokens']
    ] as const) {
      const answer = await call(method, url, { body })
      t.equal(answer.statusCode, 400)
      t.notMatch([answer.headers['x-mock-reason'], answer.body].join(), /unter2|quotes/, `${url}: ${body}`)
    }
  }
})
