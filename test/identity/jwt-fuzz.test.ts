import { sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { LightMyRequestResponse } from 'fastify'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { Mock } from '../../src/mock.js'
import { anyCharacter, fuzzing } from '../arbitraries.js'
import { refusedBearer, refusedByEntra } from '../refusals.js'
import { DEFAULT_TENANT, SETTINGS, SIGNING_KEY, testApp } from '../helper.js'

const NOW = Date.UTC(2026, 0, 1)
const SECOND = NOW / 1000
const CLIENT = 'nobody'

/** What trips up whoever takes JSON for a text: no text, a text that is one too many, and nesting. */
const oddity = fc.constantFrom<unknown>(
  { toString: 1 },
  { toString: null, valueOf: null },
  { length: 1e9 },
  { toJSON: 1, then: 1 },
  ['__proto__'],
  [[[]]],
  1e308,
  -1,
  '',
  '\r\n',
  '%ZZ',
  '\ud800'
)
const anything = fc.oneof(oddity, fc.jsonValue({ maxDepth: 3 }))
const orAnything = (...known: readonly unknown[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, anything)

const header = (keyId: string) =>
  fc.record(
    {
      alg: orAnything('RS256', 'RS256', 'PS256', 'none'),
      kid: orAnything(keyId),
      x5t: orAnything(keyId),
      typ: orAnything('JWT'),
      crit: anything,
      b64: anything,
      zip: anything,
      jwk: anything,
      x5c: anything
    },
    { requiredKeys: ['alg'] }
  )
const claims = fc.record(
  {
    tid: orAnything(DEFAULT_TENANT),
    aud: orAnything('https://graph.microsoft.com', 'http://localhost:80', `api://${CLIENT}`, CLIENT),
    iss: orAnything(`https://sts.windows.net/${DEFAULT_TENANT}/`, CLIENT),
    exp: orAnything(SECOND + 3600),
    nbf: orAnything(SECOND - 300),
    sub: orAnything(CLIENT),
    oid: orAnything('x'),
    scp: orAnything('DeviceManagementServiceConfig.ReadWrite.All openid profile email'),
    roles: orAnything(['DeviceManagementServiceConfig.ReadWrite.All']),
    idtyp: orAnything('app', 'user'),
    appid: anything,
    azp: anything,
    upn: anything,
    name: anything,
    preferred_username: anything,
    mock_faults: fc.oneof(
      anything,
      fc.array(fc.record({ match: anything, respond: anything, delay: anything }), { maxLength: 2 })
    )
  },
  { requiredKeys: ['tid', 'exp'] }
)
/** A payload that is no object of ours at all. */
const text = fc.oneof(
  fc.json(),
  fc.string({ unit: anyCharacter }),
  fc.constantFrom('['.repeat(5000), `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, `{"exp":${'1'.repeat(400)}}`)
)

type Signer = (header: string, payload: string) => string

/** Signs anything with the key of the app, whatever the header says. */
async function signer(mock: Mock): Promise<{ readonly keyId: string; readonly signed: Signer }> {
  const { keyId } = await mock.tokens.signingKey()
  const key = readFileSync(SIGNING_KEY)
  const encode = (part: string) => Buffer.from(part).toString('base64url')
  return {
    keyId,
    signed: (header, payload) => {
      const content = `${encode(header)}.${encode(payload)}`
      return `${content}.${sign('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`
    }
  }
}

async function holds(
  t: Test,
  trustForeignTokens: boolean,
  attempt: (token: string, testing: Awaited<ReturnType<typeof testApp>>) => Promise<void>
): Promise<void> {
  const testing = await testApp(t, { trustForeignTokens }, () => NOW, 'error')
  const { keyId, signed } = await signer(testing.mock)
  const json = (value: unknown) => JSON.stringify(value)
  const token = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(header(keyId).map(json), claims.map(json)).map((parts) => signed(...parts)) },
    { weight: 1, arbitrary: fc.tuple(text, text).map((parts) => signed(...parts)) },
    { weight: 1, arbitrary: text.map((payload) => signed(json({ alg: 'RS256', kid: keyId }), payload)) }
  )
  await fc.assert(
    fc.asyncProperty(token, (one) => attempt(one, testing)),
    fuzzing(120)
  )
  t.strictSame(testing.lines, [], 'no error reached the log')
}

for (const trusted of [false, true]) {
  const name = trusted ? ', with --trust-foreign-tokens' : ''

  t.test(`a bearer token of any JSON is accepted or refused in the shape of Graph${name}`, (t) =>
    holds(t, trusted, async (token, { call }) => {
      for (const [method, url] of [
        ['GET', SETTINGS],
        ['POST', '/oidc/userinfo']
      ] as const) {
        const answer = await call(method, url, { token })
        if (!isFault(answer)) refusedBearer(answer)
      }
    })
  )

  t.test(`an assertion of any JSON is accepted or refused in the shape of Entra${name}`, (t) =>
    holds(t, trusted, async (assertion, { app }) => {
      const ask = (form: Record<string, string>) =>
        app.inject({
          method: 'POST',
          url: `/${DEFAULT_TENANT}/oauth2/v2.0/token`,
          payload: new URLSearchParams({ client_id: CLIENT, ...form }).toString()
        })
      const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
      const use = { requested_token_use: 'on_behalf_of', scope: 'openid User.Read', client_secret: 's' }
      refusedByEntra(await ask({ grant_type, assertion, ...use }))
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const scope = 'https://graph.microsoft.com/.default'
      refusedByEntra(
        await ask({ grant_type: 'client_credentials', scope, client_assertion: assertion, client_assertion_type })
      )
    })
  )
}

/** A token may carry sound fault rules, which then say how it is answered. */
function isFault(answer: LightMyRequestResponse): boolean {
  return String(answer.headers['x-mock-reason']).startsWith('Fault rule ')
}
