// The build, whose files are gone once it answers: as when npm puts another version in its place, or when the process has
// no file descriptor left to open them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import { DEFAULT_TENANT, SETTINGS } from './helper.js'
import { ask } from './server-helper.js'

const env = { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: '' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { 'content-type': 'application/json' }
const bearer = { authorization: 'Bearer readwrite' }
const tenant = `/${DEFAULT_TENANT}`
const client = 'client_id=11112222-bbbb-3333-cccc-4444dddd5555'
const grant = `grant_type=client_credentials&${client}&client_secret=contoso-autopilot-secret`
const batch = { requests: [{ id: '1', method: 'GET', url: '/deviceManagement/windowsAutopilotSettings' }] }

const calls: readonly [status: number, method: string, path: string, headers: Record<string, string>, body?: string][] =
  [
    [200, 'GET', '/', {}],
    [200, 'GET', '/', { accept: 'text/html' }],
    [200, 'GET', SETTINGS, bearer],
    [200, 'PATCH', SETTINGS, { ...bearer, ...json }, '{"syncStatus":"failed"}'],
    [400, 'PATCH', SETTINGS, { ...bearer, ...json }, '{"@odata.type":"#microsoft.graph.user"}'],
    [401, 'GET', SETTINGS, { authorization: 'Bearer a.b.c' }],
    [204, 'POST', `${SETTINGS}/sync`, bearer],
    [200, 'GET', '/beta', {}],
    [200, 'GET', '/beta/$metadata', {}],
    [200, 'POST', '/beta/$batch', { ...bearer, ...json }, JSON.stringify(batch)],
    [200, 'GET', '/_mock/openapi.json', {}],
    [200, 'GET', '/_mock/support', { accept: 'text/markdown' }],
    [200, 'GET', '/_mock/connect/python', {}],
    [200, 'GET', '/_mock/ca.pem', {}],
    [200, 'GET', `${tenant}/v2.0/.well-known/openid-configuration`, {}],
    [200, 'GET', `${tenant}/.well-known/openid-configuration`, {}],
    [200, 'GET', `${tenant}/discovery/v2.0/keys`, {}],
    [200, 'POST', `${tenant}/oauth2/v2.0/token`, form, `${grant}&scope=https://graph.microsoft.com/.default`],
    [200, 'POST', `${tenant}/oauth2/v2.0/devicecode`, form, `${client}&scope=openid`],
    [
      200,
      'GET',
      `${tenant}/oauth2/v2.0/authorize?${client}&response_type=code&redirect_uri=http://localhost&scope=openid`,
      {}
    ],
    [400, 'GET', `${tenant}/oauth2/v2.0/authorize`, {}],
    [200, 'GET', `${tenant}/oauth2/v2.0/logout`, {}],
    [200, 'GET', '/devicelogin', {}],
    [200, 'GET', '/error?code=50011', {}],
    [200, 'GET', '/common/userrealm/adele.vance@contoso.example?api-version=1.0', {}],
    [
      200,
      'GET',
      '/common/discovery/instance?api-version=1.1&authorization_endpoint=https://login.microsoftonline.com/common',
      {}
    ]
  ]

/** A copy of what `npm install` brings. */
function install(t: Test): string {
  const folder = t.testdir({ 'package.json': '{"type":"module"}' })
  cpSync('dist', join(folder, 'dist'), { recursive: true })
  return join(folder, 'dist')
}

t.test('the command line', async (t) => {
  const dist = install(t)
  const child = spawn(process.execPath, [join(dist, 'cli.js'), '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore']
  })
  t.teardown(() => child.kill('SIGKILL'))
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  rmSync(dist, { recursive: true })
  const port = Number(new URL((JSON.parse(line) as { url: string }).url).port)
  const { body: ca } = await ask({ port, secure: false, path: '/_mock/ca.pem' })
  for (const [status, method, path, headers, body] of calls) {
    const answer = await ask({ port, ca, method, path, headers, ...(body !== undefined && { body }) })
    t.equal(answer.status, status, `${method} ${path} ${answer.body}`)
  }
  const minted = await ask({ port, ca, method: 'POST', path: '/_mock/tokens' })
  const { access_token: token } = JSON.parse(minted.body) as { access_token: string }
  const { status } = await ask({ port, ca, path: SETTINGS, headers: { authorization: `Bearer ${token}` } })
  t.equal(status, 200, 'a signature is verified')
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  t.strictSame(await exited, [0, null])
})

t.test('the library', async (t) => {
  const dist = install(t)
  const { startGraphMock } = (await import(
    pathToFileURL(join(dist, 'index.js')).href
  )) as typeof import('../src/index.js')
  rmSync(dist, { recursive: true })
  await using mock = await startGraphMock({ logLevel: 'silent' })
  const token = await mock.tenant().token()
  const headers = { authorization: `Bearer ${token}` }
  t.equal((await mock.fetch(SETTINGS, { headers })).status, 200)
  t.equal(
    (await ask({ port: Number(new URL(mock.url).port), ca: await mock.caCertificate(), path: SETTINGS, headers }))
      .status,
    200
  )
})
