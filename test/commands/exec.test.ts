import { spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { constants } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import t, { type Test } from 'tap'
import type { Io } from '../../src/commands/io.js'
import { trustBundle } from '../../src/commands/trust-bundle.js'
import { main } from '../../src/commands/main.js'
import { DEFAULT_TENANT, SETTINGS } from '../helper.js'

const NODE = process.execPath

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly env?: NodeJS.Dict<string>
  readonly signals?: EventEmitter
  readonly terminal?: boolean
}

/** The command line in this process. A command under `exec` writes to this process's own output, so it keeps silent. */
async function run(
  argv: readonly string[],
  { env = {}, signals = new EventEmitter(), terminal }: RunOptions = {}
): Promise<Run> {
  let stdout = ''
  let stderr = ''
  const io: Io = {
    stdout: { writableLength: 0, write: (text) => (stdout += text), ...(terminal && { isTTY: true }) },
    stderr: { writableLength: 0, write: (text) => (stderr += text) },
    env: { PATH: process.env['PATH'], ...env },
    pid: 1,
    signals
  }
  return { code: await main(argv, io), stdout, stderr }
}

/** Runs a script of Node's under `exec`. It may use `report(value)`, which is returned as `reported`. */
async function execNode(t: Test, script: string, flags: string[] = [], options: RunOptions = {}) {
  const file = join(t.testdir({}), 'report.json')
  const report = `const report = (value) => require('fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify(value));`
  const outcome = await run(['exec', ...flags, '--', NODE, '-e', report + script], options)
  return { ...outcome, reported: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined }
}

t.test('exec points a command to a server of its own', async (t) => {
  const script = `
    const { MSGRAPH_MOCK_URL, AZURE_AUTHORITY_HOST, ...env } = process.env
    const get = (url) => new Promise((resolve) => {
      require(url.split(':')[0]).get(url + '${SETTINGS}', { headers: { authorization: 'Bearer readwrite' } }, (answer) => {
        resolve(answer.resume().statusCode)
      })
    })
    const files = [env.NODE_EXTRA_CA_CERTS, env.SSL_CERT_FILE].map((file) => require('fs').readFileSync(file, 'utf8'))
    Promise.all([MSGRAPH_MOCK_URL, AZURE_AUTHORITY_HOST].map(get)).then((statuses) => {
      report({ MSGRAPH_MOCK_URL, AZURE_AUTHORITY_HOST, env, files, statuses })
      process.exitCode = 7
    })`
  const { code, stdout, stderr, reported } = await execNode(t, script, [], {
    env: { AZURE_CLIENT_ID: 'inherited', OWN: '1' }
  })
  t.strictSame([code, stdout], [7, ''])
  t.match(JSON.parse(stderr), { summary: { calls: 2 }, msg: '2 calls' })
  const { env, files } = reported as { env: Record<string, string>; files: string[] }
  t.match(reported, {
    MSGRAPH_MOCK_URL: /^http:\/\/127\.0\.0\.1:\d+$/,
    AZURE_AUTHORITY_HOST: /^https:\/\/127\.0\.0\.1:\d+$/,
    statuses: [200, 200]
  })
  t.match(env, {
    OWN: '1',
    AZURE_TENANT_ID: DEFAULT_TENANT,
    AZURE_CLIENT_ID: '11112222-bbbb-3333-cccc-4444dddd5555',
    AZURE_CLIENT_SECRET: 'contoso-autopilot-secret',
    REQUESTS_CA_BUNDLE: env['SSL_CERT_FILE'] as string
  })
  t.notHas(env, 'HTTPS_PROXY')
  t.equal(files[0]?.match(/BEGIN CERTIFICATE/g)?.length, 1)
  t.ok(files[1]?.startsWith(files[0] as string) && files[1].length > 50_000, "the system's own authorities stay")
  t.notOk(existsSync(env['SSL_CERT_FILE'] as string), 'the files are gone')
  await t.rejects(fetch((reported as { MSGRAPH_MOCK_URL: string }).MSGRAPH_MOCK_URL), 'the server is gone')
})

t.test('exec without a place for its certificates', async (t) => {
  const { TMPDIR } = process.env
  process.env['TMPDIR'] = '/nowhere/at/all'
  t.teardown(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
  })
  const { code, stderr } = await run(['exec', '--', NODE, '-e', '0'])
  t.equal(code, 1)
  t.match(stderr, /msgraph-mock: cannot write the certificates for the command: ENOENT.*\n$/)
})

t.test('exec hands the control token on', async (t) => {
  const script = 'report(process.env.MSGRAPH_MOCK_CONTROL_TOKEN ?? null)'
  t.equal((await execNode(t, script)).reported, null)
  const { reported, stdout, stderr } = await execNode(t, script, ['--control-token', 's3cret'])
  t.strictSame([reported, stdout, stderr], ['s3cret', '', ''])
})

t.test('exec takes the options of serve', async (t) => {
  const script = 'report([process.env.MSGRAPH_MOCK_URL, process.env.AZURE_AUTHORITY_HOST])'
  const { reported } = await execNode(t, script, ['--host', 'localhost'], { env: { MSGRAPH_MOCK_SEED: '1' } })
  t.match(reported, [/^http:\/\/localhost:\d+$/, /^https:\/\/localhost:\d+$/])
})

t.test('exec --fail-on', async (t) => {
  const call = (paths: string[], code: number) => `
    const get = (path) => fetch(process.env.MSGRAPH_MOCK_URL + path, { headers: { authorization: 'Bearer read' } })
    Promise.all(${JSON.stringify(paths)}.map(get)).then(() => { process.exitCode = ${code} })`
  const unmatched = ['/beta/gadgets', '/beta/gadgets', '/v1.0/widgets', SETTINGS]
  const told =
    'msgraph-mock: the command made unmatched requests, for Graph paths that msgraph-mock lacks: GET /beta/gadgets (2), GET /v1.0/widgets\n'
  const modelled = ['/v1.0/users', SETTINGS, '/v1.0/users']
  const toldModelled =
    'the command got modelled answers, with no evidence of the service behind them: GET /v1.0/users (2)\n'
  const last = (text: string) => text.slice(text.lastIndexOf('\n', text.length - 2) + 1)
  for (const [paths, own, flags, code, message] of [
    [unmatched, 0, ['--fail-on', 'unmatched'], 1, told],
    [unmatched, 3, ['--fail-on', 'unmatched'], 3, told],
    [unmatched, 0, [], 0, undefined],
    [unmatched, 0, ['--fail-on', 'modelled'], 0, undefined],
    [modelled, 0, ['--fail-on', 'unmatched'], 0, undefined],
    [modelled, 0, ['--fail-on', 'unmatched', '--fail-on', 'modelled'], 1, `msgraph-mock: ${toldModelled}`],
    [[...modelled, ...unmatched], 0, ['--fail-on', 'modelled,unmatched'], 1, `${told.trim()}; ${toldModelled}`],
    [[SETTINGS], 0, ['--fail-on', 'unmatched'], 0, undefined]
  ] as const) {
    await t.test(`${paths.length} calls, the command exits ${own}, ${flags.join(' ')}`, async (t) => {
      const { code: exit, stderr } = await execNode(t, call([...paths], own), [...flags])
      t.equal(exit, code)
      if (message === undefined) t.notMatch(stderr, /the command (?:made|got)/)
      else t.equal(last(stderr), message)
    })
  }
  t.match(await run(['exec', '--fail-on', 'gaps', '--', NODE]), {
    code: 2,
    stderr: 'msgraph-mock: --fail-on must be one of "unmatched", "modelled"\n'
  })
  t.match(await run(['exec', '--fail-on', 'unmatched', '--journal-size', '0', '--', NODE]), {
    code: 2,
    stderr: 'msgraph-mock: --fail-on needs the journal, which --journal-size 0 turns off\n'
  })
})

t.test('exec passes signals on', async (t) => {
  const up = createServer((_request, response) => {
    response.end()
    ready()
  })
  let ready: () => void = () => undefined
  await new Promise<void>((resolve) => up.listen(0, '127.0.0.1', resolve))
  t.teardown(() => up.close())
  const { port } = up.address() as AddressInfo
  const script = (signals: string[], code: number) => `
    const seen = []
    const keep = setInterval(() => {}, 1000)
    for (const signal of ${JSON.stringify(signals)}) process.on(signal, () => {
      report([...seen, signal]); seen.push(signal)
      if (signal === 'SIGTERM') process.exit(${code})
    })
    require('http').get('http://127.0.0.1:${port}/')`
  const emit = (signals: EventEmitter, name: 'SIGINT' | 'SIGTERM') => signals.emit(name, name, constants.signals[name])

  await t.test('the exit code is the command’s own', async (t) => {
    const signals = new EventEmitter()
    ready = () => emit(signals, 'SIGTERM')
    const { code, reported } = await execNode(t, script(['SIGTERM'], 5), [], { signals })
    t.strictSame([code, reported], [5, ['SIGTERM']])
    t.equal(signals.listenerCount('SIGTERM'), 0)
  })
  await t.test('a command that is ended by one', async (t) => {
    const signals = new EventEmitter()
    ready = () => emit(signals, 'SIGINT')
    const { code } = await execNode(t, script([], 0), [], { signals })
    t.equal(code, 128 + constants.signals.SIGINT)
  })
  await t.test('Ctrl-C reaches the command without us', async (t) => {
    const signals = new EventEmitter()
    ready = () => {
      emit(signals, 'SIGINT')
      emit(signals, 'SIGTERM')
    }
    const { code, reported } = await execNode(t, script(['SIGINT', 'SIGTERM'], 0), [], { signals, terminal: true })
    t.strictSame([code, reported], [0, ['SIGTERM']])
  })
})

t.test('exec --intercept is the proxy to the real hosts', async (t) => {
  const proxied = {
    https_proxy: 'http://proxy.corp.test:3128',
    no_proxy: 'graph.microsoft.com',
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us'
  }
  const { reported } = await execNode(t, 'report(process.env)', ['--intercept'], { env: proxied })
  const url = (reported as Record<string, string>)['MSGRAPH_MOCK_URL'] as string
  const local = 'localhost,127.0.0.1,::1'
  t.match(reported, {
    AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com',
    HTTPS_PROXY: url,
    https_proxy: url,
    NO_PROXY: local,
    no_proxy: local,
    NODE_USE_ENV_PROXY: '1'
  })
  const python = `import sys, urllib.request as u
r = u.Request('https://graph.microsoft.com${SETTINGS}', headers={'Authorization': 'Bearer readwrite'})
sys.exit(0 if u.urlopen(r).status == 200 else 1)`
  const address = `https://graph.microsoft.com${SETTINGS}`
  const clients: [string, string[]][] = [
    ['curl', ['curl', '-sf', '-o', '/dev/null', '-H', 'Authorization: Bearer readwrite', address]],
    ['python3', ['python3', '-c', python]]
  ]
  for (const [client, command] of clients) {
    const there = spawnSync(client, ['--version']).status === 0
    await t.test(client, { skip: there ? false : `${client} is not installed` }, async (t) => {
      t.match(await run(['exec', '--intercept', '--', ...command], { env: proxied }), { code: 0, stderr: /"calls":1,/ })
    })
  }
})

t.test('what cannot be run', async (t) => {
  const cases: [string, string[], number, RegExp][] = [
    [
      'no command',
      ['exec'],
      2,
      /^msgraph-mock: exec needs a command after --, such as: msgraph-mock exec -- npm test\n$/
    ],
    ['an empty one', ['exec', '--', ''], 2, /exec needs a command after --/],
    ['one before --', ['exec', 'npm', '--', 'test'], 2, /: exec takes its command after --: exec -- npm\n$/],
    [
      'an unknown flag',
      ['exec', '--interceptt', '--', 'x'],
      2,
      /unknown option --interceptt; did you mean --intercept\?/
    ],
    ['a flag of serve alone', ['exec', '--ready-file', 'x', '--', 'x'], 2, /unknown option --ready-file/],
    [
      'no TLS',
      ['exec', '--tls', 'off', '--', 'x'],
      2,
      /: there is nothing to trust for https: TLS is off \(--tls off\)\n$/
    ],
    ['no such command', ['exec', '--', '/nowhere/x'], 127, /: cannot run \/nowhere\/x: there is no such command\n$/],
    ['no program', ['exec', '--', '/'], 126, /: cannot run \/: .*EACCES\n$/]
  ]
  for (const [what, argv, code, stderr] of cases) {
    await t.test(what, async (t) => {
      t.match(await run(argv), { code, stdout: '', stderr })
    })
  }
})

t.test('flags behind -- are those of the command', async (t) => {
  for (const flag of ['--help', '--version']) {
    t.match(await run(['exec', '--', NODE, '-e', '0', '--', flag]), { code: 0, stdout: '' }, flag)
  }
  t.match((await run(['exec', '--help', '--', 'x'])).stdout, /^ {2}--intercept .*proxy/m)
})

t.test('the authorities that a command trusts', (t) => {
  const dir = t.testdir({ system: 'SYSTEM\n', ssl: 'SSL', requests: 'REQUESTS', extra: 'EXTRA', folder: {} })
  const file = (name: string) => join(dir, name)
  const system = [file('missing'), file('system')]
  t.strictSame(trustBundle('OURS\n', {}, system), { extraAuthorities: 'OURS\n', allAuthorities: 'OURS\nSYSTEM\n' })
  const inherited = {
    NODE_EXTRA_CA_CERTS: file('extra'),
    SSL_CERT_FILE: file('ssl'),
    REQUESTS_CA_BUNDLE: file('requests'),
    CURL_CA_BUNDLE: file('system')
  }
  t.strictSame(
    trustBundle('OURS\n', inherited, system),
    { extraAuthorities: 'OURS\nEXTRA\n', allAuthorities: 'OURS\nEXTRA\nSSL\nREQUESTS\nSYSTEM\n' },
    'inherited ones stay'
  )
  const unreadable = { SSL_CERT_FILE: file('folder'), REQUESTS_CA_BUNDLE: file('missing') }
  t.equal(trustBundle('OURS', unreadable, []).allAuthorities, `OURS\n${rootCertificates.join('\n')}\n`)
  t.end()
})

t.test('ca prints the authority that a directory keeps', async (t) => {
  const dir = t.testdir({})
  const first = await run(['ca', '--ca-dir', dir])
  t.match(first, { code: 0, stdout: readFileSync(join(dir, 'ca.pem'), 'utf8'), stderr: '' })
  t.strictSame(await run(['ca'], { env: { MSGRAPH_MOCK_CA_DIR: dir } }), first)
  t.match(await run(['ca']), {
    code: 2,
    stderr: /: ca needs --ca-dir DIR or MSGRAPH_MOCK_CA_DIR: the directory that servers/
  })
  t.match(await run(['ca', dir]), { code: 2, stderr: /: ca takes no argument / })
  t.match(await run(['ca', '--ca-dir', join(dir, 'ca.pem')]), { code: 1, stderr: /: cannot read .*ca\.pem: ENOTDIR/ })
})

t.test('the ready line tells https and authority', async (t) => {
  const ready = async (...flags: string[]) => {
    const signals = new EventEmitter()
    let stop: () => void = () => undefined
    const io: Io = {
      stdout: {
        writableLength: 0,
        write: (line: string) => {
          lines.push(JSON.parse(line) as unknown)
          stop()
        }
      },
      stderr: { writableLength: 0, write: () => undefined },
      env: {},
      pid: 1,
      signals
    }
    const lines: unknown[] = []
    stop = () => setImmediate(() => signals.emit('SIGTERM', 'SIGTERM', constants.signals.SIGTERM))
    t.equal(await main(['--port', '0', ...flags], io), 0)
    return lines
  }
  const authority = new RegExp(`^https://127\\.0\\.0\\.1:\\d+/${DEFAULT_TENANT}$`)
  t.match(await ready(), [{ httpsUrl: /^https:\/\/127\.0\.0\.1:\d+$/, authority }])
  t.match(await ready('--tls', 'off'), [{ httpsUrl: null, authority: null }])
})
