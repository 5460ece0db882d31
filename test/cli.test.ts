// The built command line on a real socket, with a real client, and what the README says a user can paste.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { GraphError } from '@microsoft/microsoft-graph-client'
import t, { type Test } from 'tap'
import { graphClient } from './graph-client.js'
import { DEFAULT_TENANT, PAGE } from './helper.js'

const run = promisify(execFile)
const CLI = 'dist/cli.js'
const PATH = '/deviceManagement/windowsAutopilotSettings'

/** Coverage of the sources is taken from the other tests; the bundle runs as users run it. */
const env = { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: '' }

async function start(t: Test, ...args: string[]) {
  const child = spawn(process.execPath, [CLI, '--port', '0', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>
  t.teardown(() => child.kill('SIGKILL'))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const ready = JSON.parse(line) as { url: string; pid: number; tenantId: string }
  return { child, ready, exited, stderr: () => stderr }
}

t.test("the Graph client's PATCH and GET", async (t) => {
  const { ready, child, exited, stderr } = await start(t)
  t.equal(ready.pid, child.pid)
  t.equal(ready.tenantId, DEFAULT_TENANT)
  const { stdout: token } = await run(process.execPath, [CLI, 'token', '--url', ready.url], { env })
  const client = graphClient(ready.url, token.trim())
  t.strictSame(await client.api(PATH).patch(PAGE.request), PAGE.response)
  t.strictSame(await client.api(PATH).get(), PAGE.response)
  t.strictSame(await client.api(PATH).select(['syncStatus']).get(), {
    '@odata.type': PAGE.response['@odata.type'],
    syncStatus: 'inProgress'
  })
  const refused: unknown = await client
    .api(PATH)
    .patch({ syncStatus: 'never' })
    .catch((error: unknown) => error)
  t.ok(refused instanceof GraphError)
  t.match(refused, {
    statusCode: 400,
    code: 'ModelValidationFailure',
    message: "Requested value 'never' was not found.",
    requestId: /^[0-9a-f-]{36}$/
  })
  const forbidden: unknown = await graphClient(ready.url, 'no-scopes')
    .api(PATH)
    .get()
    .catch((error: unknown) => error)
  t.match(forbidden, { statusCode: 403, code: 'Forbidden' })
  t.equal((await run(process.execPath, [CLI, 'healthcheck', ready.url], { env })).stdout.includes('"ok"'), true)
  t.notMatch(stderr(), token.trim().slice(0, 40))
  child.kill('SIGTERM')
  t.strictSame(await exited, [0, null])
})

t.test('two signals end it at once, whatever is under way', async (t) => {
  const { ready, child, exited } = await start(t)
  const socket = connect(Number(new URL(ready.url).port), '127.0.0.1').on('error', () => undefined)
  const headers = 'Authorization: Bearer readwrite\r\nContent-Type: application/json\r\nContent-Length: 9\r\n'
  socket.write(`PATCH /beta${PATH} HTTP/1.1\r\nHost: localhost\r\n${headers}Expect: 100-continue\r\n\r\n`)
  t.match(String(await once(socket, 'data')), /^HTTP\/1\.1 100 Continue/, 'the request is under way')
  child.kill('SIGINT')
  while (
    await fetch(ready.url).then(
      () => true,
      () => false
    )
  )
    await new Promise(setImmediate)
  child.kill('SIGINT')
  t.strictSame(await exited, [130, null])
})

t.test('readers that do not read, or leave', async (t) => {
  const unread = spawn(process.execPath, [CLI, '--port', '0'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => unread.kill('SIGKILL'))
  const [line] = (await once(createInterface(unread.stdout), 'line')) as [string]
  const { url } = JSON.parse(line) as { url: string }
  for (let request = 0; request < 400; request++) await fetch(`${url}/beta${PATH}`).then((answer) => answer.text())
  const ended = once(unread, 'exit')
  unread.kill('SIGTERM')
  t.strictSame(await ended, [0, null], 'a log that nobody reads keeps nobody waiting')

  const { child, ready, exited } = await start(t)
  child.stderr.destroy()
  for (let request = 0; request < 3; request++) t.equal((await fetch(`${ready.url}/beta${PATH}`)).status, 401)
  child.kill('SIGTERM')
  t.strictSame(await exited, [0, null], 'a reader that left does no harm')
})

t.test('a busy port: one line, no stack', async (t) => {
  const { ready } = await start(t)
  const { port } = new URL(ready.url)
  const failed: unknown = await run(process.execPath, [CLI, '--port', port], { env }).catch((error: unknown) => error)
  t.match(failed, { code: 1, stdout: '', stderr: /^msgraph-mock: port \d+ of 127\.0\.0\.1 is in use;.*\n$/ })
})

t.test("exec: signals go in, the exit code comes out, and standard output is the command's", async (t) => {
  const script = `process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up')`
  const child = spawn(process.execPath, [CLI, 'exec', '--', process.execPath, '-e', script], { env })
  t.teardown(() => child.kill('SIGKILL'))
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    child.kill('SIGTERM')
  })
  t.strictSame([...(await exited), stdout], [9, null, 'up\n'])
})

t.test('the README', async (t) => {
  const readme = readFileSync('README.md', 'utf8')
  const block = (after: string, language: string) => {
    const [, rest = ''] = readme.split(after)
    return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(rest)?.[1] ?? ''
  }
  const { ready } = await start(t)
  const here = (text: string) => text.replaceAll('http://127.0.0.1:8365', ready.url)

  await t.test('its curl gives its answer', async (t) => {
    const { stdout } = await run('bash', ['-c', here(block('<!-- try -->', 'sh'))], { env })
    t.strictSame(JSON.parse(stdout), JSON.parse(block('<!-- answer -->', 'json')))
    t.strictSame(JSON.parse(stdout), PAGE.response)
  })

  await t.test('its refusal says why', async (t) => {
    const { stdout } = await run('bash', ['-c', here(block('<!-- refusal -->', 'sh'))], { env })
    const [, reason = ''] = /^(x-mock-reason: .*)$/m.exec(block('<!-- reason -->', 'http')) ?? []
    t.ok(reason !== '' && stdout.includes(reason))
  })

  await t.test('a group can be made and found as it shows', async (t) => {
    const { stdout } = await run('bash', ['-c', here(block('<!-- modelled -->', 'sh'))], { env })
    t.match(stdout, /^HTTP\/1\.1 201 Created\r$/m)
    t.match(stdout, /^x-mock-evidence: modelled\r$/m)
    t.match(stdout, /"value":\[\{"displayName":"Pilots"\}\]\}$/)
  })

  await t.test('its program runs', async (t) => {
    const program = block('<!-- in process -->', 'js').replaceAll(
      "'msgraph-mock'",
      `'${new URL('../dist/index.js', import.meta.url).href}'`
    )
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { env })
    t.match(stdout, /200 .*inProgress/s)
  })

  await t.test('its options are those of --help', async (t) => {
    const { stdout } = await run(process.execPath, [CLI, '--help'], { env })
    t.equal(block('<!-- help -->', 'text'), stdout)
  })
})
