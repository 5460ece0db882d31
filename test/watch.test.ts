import { EventEmitter, on } from 'node:events'
import fs from 'node:fs'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { startGraphMock } from '../src/index.js'
import { createLog } from '../src/lib/log.js'
import { withDefaults } from '../src/options.js'
import { startServer } from '../src/server.js'
import { DEFAULT_TENANT, SETTINGS } from './helper.js'

const OTHER = '5f0b1c9e-8a35-4c5f-9a0e-0f0a5e3b7a11'
const MINE = { defaultTenant: DEFAULT_TENANT, tokens: { mine: {}, other: { tenantId: OTHER } } }

interface Line {
  readonly level: number
  readonly msg: string
  readonly detail?: string
  readonly fixture?: string
}

/** A server that watches a file, and its log lines as they come. */
async function watching(t: Test, fixture: object = MINE, watch = true) {
  const file = `${t.testdir({ 'fixture.json': JSON.stringify(fixture) })}/fixture.json`
  const heard = new EventEmitter()
  const lines = on(heard, 'line')
  const log = createLog('info', { write: (line) => heard.emit('line', JSON.parse(line)) })
  const server = await startServer(withDefaults({ port: 0, fixtures: file, watch }), {
    log,
    requestLevel: 'debug'
  })
  t.teardown(() => server.close())
  return {
    file,
    server,
    /** The next line about the fixture. */
    line: async (): Promise<Line> => {
      for (;;) {
        const [line] = ((await lines.next()) as { value: [Line] }).value
        if ('fixture' in line) return line
      }
    },
    status: async (token: string) => {
      const answer = await server.app.inject({ url: SETTINGS, headers: { authorization: `Bearer ${token}` } })
      return answer.statusCode === 200 ? answer.json<{ syncStatus: string }>().syncStatus : answer.statusCode
    },
    post: async (url: string) => (await server.app.inject({ method: 'POST', url })).statusCode
  }
}

const settings = (syncStatus: string) => ({ tenantDefaults: { windowsAutopilotSettings: { syncStatus } } })

t.test('an edit serves tenants not used yet; a reset brings the others over', async (t) => {
  const { file, line, status, post } = await watching(t)
  t.equal(await status('mine'), 'unknown')
  const edit = { ...MINE, ...settings('completed'), faults: [{ respond: { status: 503 }, match: { method: 'POST' } }] }
  writeFileSync(`${file}.new`, JSON.stringify({ ...edit, tokens: { ...MINE.tokens, third: {} } }))
  renameSync(`${file}.new`, file)
  t.strictSame(await line().then(({ level, msg, fixture }) => ({ level, msg, fixture })), {
    level: 30,
    fixture: file,
    msg: 'fixture.json taken in: named tokens, users, applications, domains and tenants not used yet are as it says; used tenants (1) and the faults of all tenants stay as they are until POST /_mock/reset'
  })
  t.strictSame(
    [await status('mine'), await status('other'), await status('third')],
    ['unknown', 'completed', 'unknown']
  )
  await post(`/_mock/tenants/${DEFAULT_TENANT}/reset`)
  t.equal(await status('mine'), 'completed')
  t.equal(await post(`${SETTINGS}/sync`), 401)
  await post('/_mock/reset')
  t.equal(await post(`${SETTINGS}/sync`), 503, 'now the faults of all tenants are those of the edit')
})

t.test('a broken edit is reported and changes nothing', async (t) => {
  const { file, line, status } = await watching(t, { ...MINE, ...settings('failed') })
  const rows: [edit: string, detail: string | RegExp][] = [
    ['{', /^cannot read the fixture .*fixture\.json: .*JSON/],
    [JSON.stringify({ ...MINE, nope: 1 }), `${file}: nope is not a known member`],
    [
      JSON.stringify({ ...MINE, tenants: { [OTHER]: { clock: { advance: 'P3000000D' } } } }),
      `${file}: tenants.${OTHER}.clock is wrong: the clock cannot pass the year 9999`
    ],
    [
      JSON.stringify({ ...MINE, tenantDefaults: { faults: [{ delay: { ms: 1 }, match: { operation: 'nope' } }] } }),
      /fixture\.json: tenantDefaults\.faults\.0\.match\.operation must be one of /
    ]
  ]
  for (const [edit, detail] of rows) {
    writeFileSync(file, edit)
    t.match(await line(), { level: 40, detail, msg: 'fixture.json cannot be used; nothing has changed' })
    t.equal(await status(edit === '{' ? 'mine' : 'other'), 'failed')
  }
  rmSync(file)
  t.match(await line(), { level: 40, detail: /^cannot read the fixture .*ENOENT/ })
  writeFileSync(file, JSON.stringify({ ...MINE, tokens: { back: {} } }))
  t.match(await line(), { level: 30, msg: /^fixture\.json taken in/ })
  t.strictSame([await status('back'), await status('mine')], ['failed', 401])
})

t.test('a save that changes nothing is none', async (t) => {
  const { file, server } = await watching(t, MINE, false)
  writeFileSync(file, JSON.stringify(MINE))
  const { fixtures } = server.mock
  t.equal(fixtures.reload(file), 'unchanged')
  writeFileSync(file, '{}')
  t.throws(() => fixtures.reload(file), { message: `${file}: defaultTenant is missing` })
  t.equal(fixtures.reload(file), 'unchanged', 'a broken edit is told once')
  t.equal(fixtures.current.defaultTenant, DEFAULT_TENANT)
})

t.test('the default tenant stays, and the line says so', async (t) => {
  const { file, line, server, status } = await watching(t)
  writeFileSync(file, JSON.stringify({ ...MINE, defaultTenant: OTHER, ...settings('completed') }))
  t.match(await line(), { msg: new RegExp(`\\. The default tenant stays ${DEFAULT_TENANT} until a restart$`) })
  t.equal(server.mock.tenants.defaultId, DEFAULT_TENANT)
  t.equal(await status('mine'), 'completed')
})

t.test('a system without watches left looks at the file now and then', async (t) => {
  const { watchFixture } = await t.mockImport<typeof import('../src/fixture/watch-fixture.js')>(
    '../src/watch-fixture.js',
    {
      'node:fs': t.createMock(fs, {
        watch() {
          throw Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' })
        }
      })
    }
  )
  const { file, server } = await watching(t, MINE, false)
  const taken = new Promise<unknown>((resolve) => {
    const log = createLog('info', { write: resolve })
    const watch = watchFixture(server.mock, file, log)
    t.teardown(() => {
      watch.close()
    })
  })
  writeFileSync(file, JSON.stringify({ ...MINE, ...settings('completed') }))
  t.match(await taken, /taken in/)
})

t.test('without a file there is nothing to watch', async (t) => {
  await t.rejects(startGraphMock({ watch: true }), {
    message: 'watch takes in the file of fixtures (--fixtures), and there is none'
  })
})
