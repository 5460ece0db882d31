import t from 'tap'
import { startGraphMock, type GraphMockOptions, type TokenOptions } from '../../src/index.js'
import type { TokenRequest } from '../../src/identity/token-request.js'
import type { Options } from '../../src/options.js'
import { PAGE, SETTINGS } from '../helper.js'
import { ask } from '../server-helper.js'

/** Compiles only where two types are the same: the published declarations are held equal to the schemas. */
type Assignable<A, B> = [A, B] extends [B, A] ? true : false
type Same<A, B> = Assignable<[A, keyof A], [B, keyof B]>
type OptionsWithFile = Omit<GraphMockOptions, 'fixtures'> & { fixtures?: string }
const same: [Same<OptionsWithFile, Partial<Options>>, Same<TokenOptions, TokenRequest>] = [true, true]

t.test('a mock in process', async (t) => {
  t.strictSame(same, [true, true])
  const mock = await startGraphMock({ logLevel: 'silent' })
  const [a, b] = [mock.tenant(), mock.tenant()]
  t.not(a.id, b.id, 'each tenant is fresh')
  const patch = (token: string) =>
    fetch(mock.url + SETTINGS, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(PAGE.request)
    })
  t.equal((await patch(await a.token())).status, 200)
  t.equal((await patch(await a.token({ scopes: [] }))).status, 403)
  const status = async (token: string) => {
    const answer = await fetch(mock.url + SETTINGS, { headers: { authorization: `Bearer ${token}` } })
    return ((await answer.json()) as { syncStatus: string }).syncStatus
  }
  t.equal(await status(await a.token()), 'inProgress')
  t.equal(await status(await b.token()), 'unknown')
  a.reset()
  t.equal(await status(await a.token()), 'unknown')
  const standing = mock.tenant(mock.tenantId.toUpperCase())
  t.equal(standing.id, mock.tenantId)
  await patch(await standing.token())
  mock.reset()
  t.equal(await status('readwrite'), 'unknown')
  t.throws(() => mock.tenant('contoso'), { name: 'TypeError', message: /named by a GUID, not "contoso"/ })
  await mock.close()
  await mock.close()
  await t.rejects(fetch(mock.url))
})

t.test('https in process', async (t) => {
  await using mock = await startGraphMock({ logLevel: 'silent' })
  t.equal(mock.httpsUrl, mock.url.replace('http:', 'https:'))
  t.equal(mock.authority, `${String(mock.httpsUrl)}/${mock.tenantId}`)
  const ca = await mock.caCertificate()
  t.match(await ask({ port: Number(new URL(mock.url).port), ca, path: '/_mock/ca.pem' }), { status: 200, body: ca })
  await using plain = await startGraphMock({ logLevel: 'silent', tls: 'off' })
  t.match(plain, { httpsUrl: null, authority: null })
})

t.test('several in one process share nothing, and dispose of themselves', async (t) => {
  const first = await startGraphMock({ logLevel: 'silent', seed: 1 })
  const second = await startGraphMock({ logLevel: 'silent', seed: 1 })
  t.not(first.url, second.url)
  t.strictSame([first.seed, second.seed], [1, 1])
  t.equal(first.tenant().id, second.tenant().id, 'the same seed gives the same tenants')
  const answer = await fetch(second.url + SETTINGS, {
    headers: { authorization: `Bearer ${await first.tenant().token()}` }
  })
  t.equal(answer.status, 401, 'the key of one is not the key of the other')
  await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose]()])
})

t.test('wrong options are refused', async (t) => {
  await t.rejects(startGraphMock({ port: -1 }), { message: 'option port must be at least 0' })
  await t.rejects(startGraphMock({ prot: 1 } as object), { message: 'option prot is not a known member' })
})
