import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import type { Io } from '../../src/commands/io.js'
import { recipes } from '../../src/connect/recipes.js'
import { literal, shellWord } from '../../src/connect/recipe.js'
import { sdkNames } from '../../src/connect/sdk-names.js'
import { createLog } from '../../src/lib/log.js'
import { main } from '../../src/commands/main.js'
import { withDefaults, type Options } from '../../src/options.js'
import { startServer } from '../../src/server.js'
import { DEFAULT_TENANT, testApp } from '../helper.js'

interface Answer {
  readonly sdk: string
  readonly isRun: boolean
  readonly notes: readonly string[]
  readonly shell: readonly string[]
  readonly code: string
}

const SECRET = 'contoso-autopilot-secret'

function fixture(t: Test, members: object): string {
  const file = join(t.testdir({}), 'fixture.json')
  writeFileSync(file, JSON.stringify({ defaultTenant: DEFAULT_TENANT, ...members }))
  return file
}

t.test('GET /_mock/connect/{sdk}', async (t) => {
  const { app } = await testApp(t, { profile: 'observed' })
  const ask = (sdk: string, host = '127.0.0.1:8365') => app.inject({ url: `/_mock/connect/${sdk}`, headers: { host } })

  for (const sdk of sdkNames) {
    t.test(sdk, async (t) => {
      const answer = (await ask(sdk)).json<Answer>()
      t.match(answer, { sdk, language: String, isRun: Boolean })
      t.strictSame(answer.notes, answer.isRun ? [] : ['Written from the sources of this SDK, not run.'])
      t.equal(answer.shell[0], 'curl -fsS http://127.0.0.1:8365/_mock/ca.pem -o msgraph-mock-ca.pem')
      const all = answer.shell.join('\n') + answer.code
      for (const part of ['https://127.0.0.1:8365', DEFAULT_TENANT, '11112222-bbbb-3333-cccc-4444dddd5555', SECRET]) {
        t.ok(all.includes(part), part)
      }
      t.ok(all.includes('deviceManagement/windowsAutopilotSettings') || /windows_?autopilot_?settings/i.test(all))
    })
  }

  t.test('an SDK without a recipe', async (t) => {
    const answer = await ask('cobol')
    t.equal(answer.statusCode, 400)
    const names = sdkNames.map((name) => JSON.stringify(name))
    t.equal(answer.json<{ detail: string }>().detail, `path parameter sdk must be one of ${names.join(', ')}.`)
    t.equal((await ask('constructor')).statusCode, 400)
    t.equal(recipes.js.isTested, true)
  })

  t.test('the profile that refuses application tokens is told of', async (t) => {
    const documented = await testApp(t)
    const { notes } = (await documented.app.inject('/_mock/connect/curl')).json<Answer>()
    t.match(notes, [/--profile observed/])
  })

  t.test('no recipe without https', async (t) => {
    const off = await testApp(t, { tls: 'off' })
    const answer = await off.app.inject('/_mock/connect/js')
    t.equal(answer.statusCode, 409)
    t.match(answer.json(), { detail: /start without --tls off/ })
    const proxied = await testApp(t, { tls: 'off', publicUrl: 'https://graph.example' })
    const { code } = (
      await proxied.app.inject({ url: '/_mock/connect/js', headers: { host: 'localhost' } })
    ).json<Answer>()
    t.match(code, 'authorityHost: "https://graph.example"')
  })

  t.test('the client is one that works', async (t) => {
    const secretOf = async (applications: readonly object[]) => {
      const { app } = await testApp(t, { fixtures: fixture(t, { applications }) })
      return (await app.inject('/_mock/connect/curl')).json<Answer>().shell[2]
    }
    const lasting = {
      appId: 'two',
      secrets: [{ secretText: 'a', endDateTime: '2020-01-01T00:00:00Z' }, { secretText: "it's" }]
    }
    t.match(await secretOf([{ appId: 'one' }, lasting]), "--data-urlencode 'client_secret=it'\\''s'")
    t.match(await secretOf([]), "--data-urlencode 'client_secret=msgraph-mock'")
  })
})

t.test('words and literals', (t) => {
  t.equal(shellWord('https://localhost:8365/x'), 'https://localhost:8365/x')
  t.equal(shellWord("a b'c"), "'a b'\\''c'")
  t.equal(literal('a"b'), '"a\\"b"')
  t.end()
})

t.test('msgraph-mock env', async (t) => {
  const start = async (options: Partial<Options>) => {
    const log = createLog('silent', { write: () => undefined })
    const server = await startServer(withDefaults({ port: 0, ...options }), { log, requestLevel: 'debug' })
    t.teardown(() => server.close())
    return server.url
  }
  const run = async (...argv: string[]) => {
    let [out, err] = ['', '']
    const io: Io = {
      stdout: { writableLength: 0, write: (text) => (out += text) },
      stderr: { writableLength: 0, write: (text) => (err += text) },
      env: {},
      pid: 1,
      signals: { on: () => undefined as never, off: () => undefined as never }
    }
    const code = await main(['env', ...argv], io)
    return { code, out, err }
  }
  const url = await start({})
  const js = await run('--sdk', 'js', '--url', url)
  t.equal(js.code, 0)
  t.match(js.out, /^# This server has the profile documented.*\ncurl -fsS .*\nexport NODE_EXTRA_CA_CERTS=.*\n\nimport /)
  const curl = await run('--sdk', 'curl', '--url', url)
  t.match(curl.out, /windowsAutopilotSettings\n$/)

  const off = await start({ tls: 'off' })
  t.match(await run('--sdk', 'js', '--url', off), { code: 1, err: /^msgraph-mock: SDKs take tokens by https only/ })
  t.match(await run('--sdk', 'cobol'), { code: 2, err: /^msgraph-mock: --sdk must be one of "js", / })
  t.match(await run(), { code: 2, err: /^msgraph-mock: --sdk is missing/ })
  t.match(await run('js'), { code: 2, err: 'msgraph-mock: env takes no argument js\n' })

  const { createServer } = await import('node:http')
  const other = createServer((_request, response) => response.writeHead(500).end('no JSON')).listen(0, '127.0.0.1')
  t.teardown(() => other.close())
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  t.match(await run('--sdk', 'js', '--url', `http://127.0.0.1:${port}`), {
    code: 1,
    err: 'msgraph-mock: the server answered 500: no JSON\n'
  })
})

t.test('users and applications of a fixture', async (t) => {
  const user = { id: 'cf3bb5e1-0f50-4a5b-9a54-7d3f1c6a2b11', userPrincipalName: 'a@b', displayName: 'A' }
  const wrong: [string, object, RegExp][] = [
    [
      'two users of one name',
      { users: [user, { ...user, userPrincipalName: 'A@B' }] },
      /: users\.1 is the second a@b$/
    ],
    ['two applications', { applications: [{ appId: 'x' }, { appId: 'X' }] }, /: applications\.1 is the second x$/],
    [
      'no certificate',
      { applications: [{ appId: 'x', certificates: ['x'] }] },
      /: applications\.0\.certificates\.0 is no /
    ],
    ['no users', { users: [] }, /: users must have at least 1 item$/],
    ['no address', { users: [{ ...user, userPrincipalName: 'a' }] }, /: users\.0\.userPrincipalName must match/],
    ['no tenant of a domain', { domains: { x: 'y' } }, /: domains\.x must be a GUID or "default"/],
    [
      'a bad date',
      { applications: [{ appId: 'x', secrets: [{ secretText: 'a', endDateTime: 'x' }] }] },
      /endDateTime must be/
    ],
    ['unknownApplications', { unknownApplications: 'x' }, /: unknownApplications must be one of "accept", "reject"$/]
  ]
  for (const [name, members, message] of wrong) {
    t.test(name, async (t) => {
      await t.rejects(testApp(t, { fixtures: fixture(t, members) }), { name: 'UserError', message })
    })
  }
  t.test('the default fixture is right', async (t) => {
    const file = fileURLToPath(new URL('../../fixtures/default.json', import.meta.url))
    const { mock } = await testApp(t, { fixtures: file })
    t.strictSame(mock.fixture, (await testApp(t)).mock.fixture)
  })
  t.test('the first user is the one of minted tokens', async (t) => {
    const { mock } = await testApp(t, { fixtures: fixture(t, { users: [user], applications: [] }) })
    const { access_token } = await mock.mintToken({})
    const { decodeJwt } = await import('../../src/identity/jwt.js')
    t.match(decodeJwt(access_token).claims, { upn: 'a@b', name: 'A', oid: user.id })
    const other = await mock.mintToken({ appId: 'x' })
    t.match(decodeJwt(other.access_token).claims, { appid: 'x', app_displayname: 'msgraph-mock client' })
  })
})
