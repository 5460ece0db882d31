import { EventEmitter, once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { createServer as createHttpServer } from 'node:http'
import { decodeJwt } from 'jose'
import t, { type Test } from 'tap'
import { serverUrl } from '../../src/commands/ask.js'
import type { Io } from '../../src/commands/io.js'
import { ReadyFile } from '../../src/commands/ready-file.js'
import { main } from '../../src/commands/main.js'
import { SETTINGS, until } from '../helper.js'

/** The command line in this process, its output caught. */
function run(t: Test, args: string[], env: Record<string, string> = {}, isTTY = false, writableLength = 0) {
  const signals = new EventEmitter()
  const written = { stdout: '', stderr: '' }
  const wrote = new EventEmitter()
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY,
    writableLength,
    write: (text: string) => {
      written[name] += text
      wrote.emit(name)
    }
  })
  const io: Io = { stdout: output('stdout'), stderr: output('stderr'), env, pid: 1, signals }
  const exit = main(args, io)
  t.teardown(async () => {
    signals.emit('SIGTERM', 'SIGTERM', 15)
    await exit.catch(() => undefined)
  })
  const ready = async () => {
    if (written.stdout === '') await Promise.race([exit, once(wrote, 'stdout')])
    return JSON.parse(written.stdout) as { url: string; seed: number; tenantId: string }
  }
  return { exit, signals, written, ready }
}

t.test('serve: the ready line, and only that, on standard output', async (t) => {
  const folder = t.testdir({})
  const { ready, written, exit, signals } = run(t, [
    '--port',
    '0',
    '--ready-file',
    `${folder}/ready.json`,
    '--seed',
    '7'
  ])
  const line = await ready()
  t.match(line, { httpsUrl: /^https:/, authority: /^https:/, tenantId: /^aaaabbbb-/, pid: 1, seed: 7 })
  t.match(line.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  t.equal(readFileSync(`${folder}/ready.json`, 'utf8'), written.stdout)
  const answer = await fetch(line.url + SETTINGS, { headers: { authorization: 'Bearer readwrite' } })
  t.equal(answer.status, 200)
  signals.emit('SIGINT', 'SIGINT', 2)
  t.equal(await exit, 0)
  t.match(JSON.parse(written.stderr), {
    level: 30,
    summary: { calls: 1, refusals: {}, unmatched: [], faults: 0 },
    msg: '1 call'
  })
})

t.test('serve on a terminal: a banner, and a line per request', async (t) => {
  const { written, exit, signals } = run(t, ['serve', '--port', '0'], {}, true)
  await until(() => written.stdout.includes('Ctrl-C'))
  const [, url = ''] = /curl -H 'Authorization: Bearer readwrite' (\S+)/.exec(written.stdout) ?? []
  const answer = await fetch(url, { headers: { authorization: 'Bearer readwrite' } })
  t.equal(answer.status, 200, 'the curl of the banner')
  await fetch(url)
  await until(() => written.stderr.includes('refused'))
  t.match(written.stderr, /answered.*GET.*windowsAutopilotSettings/s)
  t.notMatch(written.stderr, /Bearer readwrite","/)
  signals.emit('SIGTERM', 'SIGTERM', 15)
  t.equal(await exit, 0)
  await until(() => written.stderr.includes('2 calls'))
  t.match(written.stderr, /2 calls; refused: 1 × 401[^{]*$/, 'the summary, in words only')
})

t.test('serve: flags win over variables; Kubernetes is passed over with one warning', async (t) => {
  const env = {
    MSGRAPH_MOCK_PORT: 'tcp://10.0.0.1:8365',
    MSGRAPH_MOCK_SERVICE_HOST: '10.0.0.1',
    MSGRAPH_MOCK_URL: 'http://elsewhere',
    MSGRAPH_MOCK_PROFILE: 'observed',
    MSGRAPH_MOCK_SEED: '',
    MSGRAPH_MOCK_TRUST_FOREIGN_TOKENS: 'true',
    MSGRAPH_MOCK_ALLOWED_HOST: 'a.example, b.example',
    PATH: '/bin'
  }
  const { ready, written } = run(t, ['--port=0', '--profile', 'documented'], env)
  const { url } = await ready()
  const warnings = written.stderr.trim().split('\n')
  t.equal(warnings.length, 1)
  t.match(JSON.parse(warnings[0] ?? ''), {
    level: 40,
    msg: /ignoring MSGRAPH_MOCK_PORT, MSGRAPH_MOCK_SERVICE_HOST/
  })
  const headers = { authorization: 'Bearer app-only' }
  t.equal((await fetch(url + SETTINGS, { headers })).status, 403, 'documented, as the flag says')
})

t.test('serve: --public-url is what the ready line and the answers say', async (t) => {
  const { ready } = run(t, [
    '--port',
    '0',
    '--public-url',
    'http://graph.test/',
    '--profile',
    'observed',
    '--log-level',
    'silent'
  ])
  t.equal((await ready()).url, 'http://graph.test')
})

t.test('mistakes: one line, and an exit code', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  t.teardown(() => taken.close())
  const { port } = taken.address() as AddressInfo
  const folder = t.testdir({
    'bad.json': '{',
    'typo.json':
      '{ "defaultTenant": "aaaabbbb-0000-cccc-1111-dddd2222eeee", "tenants": { "aaaabbbb-0000-cccc-1111-dddd2222eeee": { "windowsAutopilotSettings": { "syncStatus": "never" } } } }',
    'extra.json': '{ "defaultTenant": "aaaabbbb-0000-cccc-1111-dddd2222eeee", "tokns": {} }',
    'empty.json': '{}'
  })
  const rows: [args: string[], code: number, message: string | RegExp, env?: Record<string, string>][] = [
    [['--prot', '1'], 2, 'unknown option --prot; did you mean --port? --help lists all'],
    [['-p', '1'], 2, /^unknown option -p; did you mean/],
    [['srve'], 2, 'unknown command srve; --help lists all'],
    [['--port'], 2, '--port needs a value'],
    [['--trust-foreign-tokens=yes'], 2, '--trust-foreign-tokens takes no value'],
    [['--port', '99999'], 2, '--port (MSGRAPH_MOCK_PORT) must be at most 65535'],
    [['--port', 'x'], 2, '--port (MSGRAPH_MOCK_PORT) must be an integer'],
    [['--profile', 'both'], 2, '--profile (MSGRAPH_MOCK_PROFILE) must be one of "documented", "observed"'],
    [[], 2, /^--trust-foreign-tokens .* must be true or false$/, { MSGRAPH_MOCK_TRUST_FOREIGN_TOKENS: 'yes' }],
    [[], 2, /^--seed .*must be at least 0$/, { MSGRAPH_MOCK_SEED: '-1' }],
    [['--public-url', 'graph.test'], 2, /^--public-url .* must be an origin such as https:/],
    [['--public-url', 'https://ok:99999'], 2, /must be an origin/],
    [['--public-url', 'http://a/b'], 2, /must be an origin/],
    [
      ['--port', String(port)],
      1,
      `port ${port} of 127.0.0.1 is in use; choose another with --port, 0 for any free one`
    ],
    [['--port', '0', '--host', '192.0.2.1'], 1, /^cannot listen on 192\.0\.2\.1:0: .*EADDRNOTAVAIL/],
    [['--fixtures', `${folder}/missing.json`], 1, /^cannot read the fixture .*missing\.json: ENOENT/],
    [['--fixtures', `${folder}/bad.json`], 1, /^cannot read the fixture .*bad\.json: /],
    [['--fixtures', `${folder}/empty.json`], 1, /empty\.json: defaultTenant is missing$/],
    [['--fixtures', `${folder}/extra.json`], 1, /extra\.json: tokns is not a known member$/],
    [
      ['--fixtures', `${folder}/typo.json`],
      1,
      /typo\.json: tenants\.aaaabbbb-0000-cccc-1111-dddd2222eeee\.windowsAutopilotSettings\.syncStatus must be one of "unknown"/
    ],
    [['--signing-key', `${folder}/missing.pem`], 1, /^cannot use the signing key .*missing\.pem: ENOENT/],
    [
      ['--control-token', ''],
      2,
      '--control-token (MSGRAPH_MOCK_CONTROL_TOKEN) must be one or more visible ASCII characters'
    ],
    [
      [],
      2,
      '--control-token (MSGRAPH_MOCK_CONTROL_TOKEN) must be one or more visible ASCII characters',
      { MSGRAPH_MOCK_CONTROL_TOKEN: '' }
    ],
    [['--control', 'no'], 2, '--control (MSGRAPH_MOCK_CONTROL) must be one of "on", "off"'],
    [['--port', '0', '--ready-file', `${folder}/no/ready`], 1, /^cannot write the ready file .*ENOENT/],
    [['--port', '0', '--ready-file', folder], 1, /^cannot write the ready file .*directory/],
    [['--port', '0', '--ready-file', `${folder}/empty.json/ready`], 1, /^cannot write the ready file .*ENOTDIR/],
    [['token', 'x'], 2, 'token takes no argument x'],
    [['token', '--claims', 'x'], 2, '--claims takes a JSON object, not x'],
    [['token', '--kind', 'robot'], 2, '--kind must be one of "delegated", "application", "personal"'],
    [
      ['token'],
      2,
      'MSGRAPH_MOCK_CONTROL_TOKEN must be one or more visible ASCII characters',
      { MSGRAPH_MOCK_CONTROL_TOKEN: 'a\nb' }
    ],
    [['healthcheck', 'http://['], 2, 'http://[ is not the URL of a server; it must be like http://127.0.0.1:8365'],
    [['token', '--url', 'localhost'], 2, 'localhost is not the URL of a server; it must be like http://127.0.0.1:8365'],
    [
      ['token', '--url', 'http://127.0.0.1:1'],
      1,
      /^no answer from http:\/\/127\.0\.0\.1:1\/_mock\/tokens: .*ECONNREFUSED/
    ],
    [['healthcheck', 'a', 'b'], 2, 'healthcheck takes one URL at most'],
    [['healthcheck', '--x'], 2, 'healthcheck takes one URL at most'],
    [['healthcheck'], 1, /^no answer from http:\/\/127\.0\.0\.1:1\//, { MSGRAPH_MOCK_URL: 'http://127.0.0.1:1/' }],
    [['healthcheck'], 1, /^no answer from http:\/\/127\.0\.0\.1:1\//, { MSGRAPH_MOCK_PORT: '1' }],
    [['healthcheck', 'https://127.0.0.1:1'], 1, /^no answer from https:\/\/127\.0\.0\.1:1\//]
  ]
  for (const [args, code, message, env = {}] of rows) {
    await t.test(args.join(' ').replaceAll(folder, '').replace(String(port), 'TAKEN'), async (t) => {
      const { exit, written } = run(t, args, env)
      t.equal(await exit, code)
      const [line = '', ...rest] = written.stderr.split('\n')
      t.strictSame(rest, [''], 'one line')
      t.match(line.replace(/^msgraph-mock: /, ''), message)
      t.equal(written.stdout, '')
    })
  }
})

t.test('token and healthcheck against a running server', async (t) => {
  const { ready } = run(t, ['--port', '0', '--profile', 'observed', '--log-level', 'silent'])
  const { url } = await ready()
  const flags = [
    '--tenant',
    '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11',
    '--kind',
    'application',
    '--role',
    'A',
    '--role',
    'B',
    '--expires-in',
    '-5'
  ]
  const { exit, written } = run(t, ['token', ...flags, '--claims', '{"extra":1}'], { MSGRAPH_MOCK_URL: url })
  t.equal(await exit, 0)
  t.match(decodeJwt(written.stdout.trim()), { tid: /^5f0b1c9e/, roles: ['A', 'B'], extra: 1 })
  const refused = run(t, ['token', '--url', url, '--claims', '7'])
  t.equal(await refused.exit, 1)
  t.equal(refused.written.stderr, 'msgraph-mock: claims must be an object.\n')
  const healthy = run(t, ['healthcheck', `${url}/`])
  t.equal(await healthy.exit, 0)
  t.match(healthy.written.stdout, /"status":"ok"/)
})

t.test('--control-token', async (t) => {
  const { ready, written: server } = run(t, ['--port', '0', '--control-token', 's3cret', '--log-level', 'debug'])
  const { url } = await ready()
  const env = { MSGRAPH_MOCK_URL: url }
  const asking = [['token'], ['env', '--sdk', 'curl']]
  for (const command of asking) {
    const flag = [...command, '--control-token', 's3cret']
    const rows: [args: string[], variables: Record<string, string>][] = [
      [flag, env],
      [command, { ...env, MSGRAPH_MOCK_CONTROL_TOKEN: 's3cret' }],
      [flag, { ...env, MSGRAPH_MOCK_CONTROL_TOKEN: 'wrong' }]
    ]
    for (const [args, variables] of rows) {
      const { exit, written } = run(t, args, variables)
      t.equal(await exit, 0, args.join(' '))
      t.notMatch(written.stdout + written.stderr, 's3cret')
    }
    const refused = run(t, command, { ...env, MSGRAPH_MOCK_CONTROL_TOKEN: 'wrong' })
    t.equal(await refused.exit, 1)
    t.equal(
      refused.written.stderr,
      'msgraph-mock: The bearer token is not that of --control-token. Give this command that token as --control-token or MSGRAPH_MOCK_CONTROL_TOKEN.\n'
    )
  }
  const healthy = run(t, ['healthcheck', url])
  t.equal(await healthy.exit, 0, 'a health check needs none')
  t.notMatch(server.stdout + server.stderr, 's3cret')
})

t.test('a server that speaks no problem documents', async (t) => {
  const server = createHttpServer((_request, response) => response.writeHead(500).end('<html>')).listen(0)
  await once(server, 'listening')
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { exit, written } = run(t, ['token', '--url', url])
  t.equal(await exit, 1)
  t.equal(written.stderr, 'msgraph-mock: the server answered 500: <html>\n')
})

t.test('a server that is another one', async (t) => {
  for (const body of ['<html>', 'null']) {
    const server = createHttpServer(({ method }, response) =>
      response.writeHead(method === 'GET' ? 200 : 201).end(body)
    )
    server.listen(0)
    await once(server, 'listening')
    t.teardown(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    for (const [path, status, ...args] of [
      ['tokens', 201, 'token'],
      ['connect/curl', 200, 'env', '--sdk', 'curl']
    ] as const) {
      const { exit, written } = run(t, [...args, '--url', url])
      t.equal(await exit, 1)
      const message = `${url}/_mock/${path} answered ${status} without a document; it is not msgraph-mock`
      t.equal(written.stderr, `msgraph-mock: ${message}\n`)
    }
  }
})

t.test('healthcheck of a server that is not well', async (t) => {
  const server = createHttpServer((_request, response) => response.writeHead(503).end()).listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { exit, written } = run(t, ['healthcheck', url])
  t.equal(await exit, 1)
  t.equal(written.stderr, `msgraph-mock: ${url}/_mock/health answered 503\n`)
})

t.test('a second signal ends what is still under way', async (t) => {
  const { ready, exit, signals } = run(t, ['--port', '0', '--trust-foreign-tokens'], {
    MSGRAPH_MOCK_TRUST_FOREIGN_TOKENS: 'false'
  })
  const { url } = await ready()
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined)
  const headers = 'Authorization: Bearer readwrite\r\nContent-Type: application/json\r\nContent-Length: 9\r\n'
  socket.write(`PATCH ${SETTINGS} HTTP/1.1\r\nHost: localhost\r\n${headers}Expect: 100-continue\r\n\r\n`)
  await once(socket, 'data')
  signals.emit('SIGINT', 'SIGINT', 2)
  signals.emit('SIGINT', 'SIGINT', 2)
  t.equal(await exit, 130)
})

t.test('a signal right after the ready line, and the ready file after the end', async (t) => {
  const folder = t.testdir({ 'ready.json': 'of an earlier run' })
  const { exit, signals, ready } = run(t, ['--port', '0', '--ready-file', `${folder}/ready.json`])
  await ready()
  t.match(JSON.parse(readFileSync(`${folder}/ready.json`, 'utf8')), { pid: 1 })
  signals.emit('SIGTERM', 'SIGTERM', 15)
  t.equal(await exit, 0)
  t.notOk(existsSync(`${folder}/ready.json`))
})

t.test('a ready file that cannot be placed or taken away', async (t) => {
  const folder = t.testdir({ 'here.tmp': {} })
  const { exit, written } = run(t, ['--port', '0', '--ready-file', `${folder}/here`])
  t.equal(await exit, 1)
  t.match(written.stderr, /^msgraph-mock: cannot write the ready file \S+here: EISDIR.*\n$/)
  t.strictSame(readdirSync(folder), ['here.tmp'], 'what is not its own stays')

  const full = t.testdir({ taken: {} })
  const placed = new ReadyFile(`${full}/file`)
  placed.write('first')
  rmSync(`${full}/file`)
  mkdirSync(`${full}/file`)
  const write = () => {
    placed.write('second')
  }
  t.throws(write, { name: 'UserError', message: /^cannot write the ready file \S+file: / })
  t.strictSame(readdirSync(full).sort(), ['file', 'taken'], 'no draft stays')
  placed.remove()
  t.ok(existsSync(`${full}/file`), 'a directory in its place stays')
})

t.test('log lines that nobody reads are dropped', async (t) => {
  const { exit, signals, ready, written } = run(t, ['--port', '0'], {}, false, 2 ** 20)
  const { url } = await ready()
  t.equal((await fetch(url + SETTINGS)).status, 401)
  signals.emit('SIGTERM', 'SIGTERM', 15)
  await exit
  t.equal(written.stderr, '')
})

t.test('which server client commands ask', (t) => {
  t.equal(serverUrl('http://a:1/', { MSGRAPH_MOCK_URL: 'http://b' }), 'http://a:1')
  t.equal(serverUrl(undefined, { MSGRAPH_MOCK_URL: 'http://b/' }), 'http://b')
  t.equal(serverUrl(undefined, { MSGRAPH_MOCK_PORT: '9000' }), 'http://127.0.0.1:9000')
  for (const MSGRAPH_MOCK_PORT of ['0', 'tcp://10.0.0.1:8365', '']) {
    t.equal(serverUrl(undefined, { MSGRAPH_MOCK_PORT }), 'http://127.0.0.1:8365')
  }
  t.equal(serverUrl(undefined, {}), 'http://127.0.0.1:8365')
  t.end()
})

t.test('help and version', async (t) => {
  const texts = new Set<string>()
  for (const args of [['--help'], ['serve', '-h']]) {
    const { exit, written } = run(t, args)
    t.equal(await exit, 0)
    texts.add(written.stdout)
  }
  t.strictSame([...texts], [readFileSync('test/commands/help.txt', 'utf8')], 'written anew by: node dist/cli.js --help')
  const { exit, written } = run(t, ['--version'])
  t.equal(await exit, 0)
  t.match(written.stdout, /^\d+\.\d+\.\d+\n$/)
})

t.test('what nobody foresaw is not swallowed', async (t) => {
  const io = {
    stdout: {},
    stderr: { write: () => undefined },
    env: {},
    pid: 1,
    signals: new EventEmitter()
  } as unknown as Io
  await t.rejects(main(['--version'], io), TypeError)
})
