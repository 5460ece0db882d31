// Applications and users that a fixture registers, where it rejects all others.
import { createPrivateKey, sign as signBytes } from 'node:crypto'
import { DEFAULT_TENANT, mint, SETTINGS } from '../common.js'
import { ask, graph, on, type Step } from '../step.js'
import type { Values } from '../step.js'

const SCOPE = 'https://graph.microsoft.com/.default'
const ID = 'a1a1a1a1-0000-4000-8000-000000000001'
const APP = { grant_type: 'client_credentials', scope: SCOPE }
const PASSWORD = { grant_type: 'password', username: 'first@fabrikam.example', password: 'any', scope: 'User.Read' }
const OBO = {
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  requested_token_use: 'on_behalf_of',
  client_id: ID,
  client_secret: 'good',
  scope: 'User.Read',
  assertion: '{{token}}'
}
/** The tenant's clock stands at 2030; assertions are dated by that of the machine. */
const NOW = Date.UTC(2026, 2, 4, 5, 6, 7) / 1000
const ENDPOINT = `http://localhost:8365/${DEFAULT_TENANT}/oauth2/v2.0/token`
const CLAIMS = { aud: ENDPOINT, iss: 'certified', sub: 'certified', exp: NOW + 60, nbf: NOW }

const token = (name: string, form: Record<string, string>, tenant = DEFAULT_TENANT) =>
  ask(name, `POST /${tenant}/oauth2/v2.0/token`, { form })
const traded = (name: string, request: object): Step[] => [mint(request), token(name, OBO)]

/** A request whose client assertion is signed when it is sent. */
function asserted(name: string, claims: object, header: object = {}, clientId = 'certified'): Step {
  const body = (values: Values) =>
    new URLSearchParams({
      ...APP,
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: signed({ ...CLAIMS, ...claims }, { alg: 'RS256', ...header }, values.get('clientKey') ?? '')
    }).toString()
  return ask(name, `POST /${DEFAULT_TENANT}/oauth2/v2.0/token`, {
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' }
  })
}

function signed(claims: object, header: object, key: string): string {
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${signBytes('sha256', Buffer.from(text), createPrivateKey(key)).toString('base64url')}`
}

export const sequences = [
  ...on('documented', [
    asserted('an assertion of an unknown application', {}, {}, 'certified'),
    asserted('a certificate sent along that is none', {}, { x5c: ['x'] }, 'certified'),
    asserted('a certificate sent along that is no text', {}, { x5c: 7 }, 'certified'),
    [mint({ audience: 'api://mine' }), token('on behalf of, an unknown API', { ...OBO, client_id: 'unknown' })],
    [mint({}), token("on behalf of, an unknown API and a token of Graph's", { ...OBO, client_id: 'unknown' })]
  ]),
  ...on('registered', [
    token('a secret', { ...APP, client_id: ID.toUpperCase(), client_secret: 'good' }),
    token('a wrong secret', { ...APP, client_id: ID, client_secret: 'wrong' }),
    token('an expired secret', { ...APP, client_id: ID, client_secret: 'old' }),
    token('no secret', { ...APP, client_id: ID }),
    token('a secret of one that has none', { ...APP, client_id: 'public', client_secret: 'x' }),
    token('an unknown application', { ...APP, client_id: 'unknown', client_secret: 'x' }),
    token('a password and the secret', { ...PASSWORD, client_id: ID, client_secret: 'good' }),
    token('a password without the secret', { ...PASSWORD, client_id: ID }),
    token('a public client', { ...PASSWORD, client_id: 'public', scope: 'openid User.Read' }),
    token('a scope without consent', { ...PASSWORD, client_id: 'public', scope: 'Mail.Read' }),
    token('.default of one without permissions', { ...PASSWORD, client_id: 'bare', scope: '.default' }),
    token(
      'organizations: the tenant of the domain',
      { ...PASSWORD, client_id: 'public', username: 'second@other.example', password: 'secret' },
      'organizations'
    ),
    token('a wrong password', { ...PASSWORD, client_id: 'public', username: 'second@other.example' }),
    token('an unknown user', { ...PASSWORD, client_id: 'public', username: 'third@other.example' }),
    asserted('an assertion', {}),
    [
      { ...(asserted('an assertion: its token', {}) as ReturnType<typeof ask>), keep: { token: 'access_token' } },
      graph('the token of the application meets its fault', `GET ${SETTINGS}`, { token: '{{token}}' }),
      graph('which comes once', `GET ${SETTINGS}`, { token: '{{token}}' })
    ],
    ...[
      `http://localhost:8365/${DEFAULT_TENANT}/v2.0`,
      `https://login.microsoftonline.com/${DEFAULT_TENANT.toUpperCase()}/oauth2/token`,
      `https://sts.windows.net/${DEFAULT_TENANT}/`,
      'https://example.com'
    ].map((aud) => asserted(`an assertion for ${aud}`, { aud })),
    asserted('an assertion for several', { aud: [ENDPOINT] }),
    asserted('an assertion of another client', { iss: 'public' }),
    asserted('an assertion without sub', { sub: undefined }),
    asserted('an expired assertion', { exp: NOW - 300 }),
    asserted('an assertion without exp', { exp: undefined }),
    asserted('an assertion of the future', { nbf: NOW + 302 }),
    asserted('an nbf that is no number', { nbf: 'now' }),
    asserted('an assertion signed by HS256', {}, { alg: 'HS256' }),
    asserted('an assertion of one without certificates', { iss: 'public', sub: 'public' }, {}, 'public'),
    token('an assertion that is no JWT', {
      ...APP,
      client_id: 'certified',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'x'
    }),
    traded('on behalf of', { audience: `api://${ID}` }),
    traded('on behalf of, its identifier URI', { audience: 'https://api.fabrikam.example' }),
    traded('on behalf of, another audience', { audience: 'https://other.example' }),
    traded('on behalf of, a token of Graph', {}),
    traded('on behalf of an application', { kind: 'application', audience: ID }),
    traded('on behalf of, expired', { audience: ID, expiresIn: -60 }),
    traded('on behalf of, without exp', { audience: ID, claims: { exp: null } }),
    traded('on behalf of, without tid', { audience: ID, claims: { tid: null } }),
    traded('on behalf of, another tenant', { audience: ID, tenantId: '11112222-3333-4444-5555-666677778888' }),
    traded('on behalf of, a wrong signature', { audience: ID, signature: 'invalid' }),
    traded('on behalf of, by preferred_username', {
      audience: ID,
      claims: { upn: null, name: null, preferred_username: 'p@contoso.example' }
    }),
    traded('on behalf of, by nothing but oid', { audience: ID, claims: { upn: null, name: null } }),
    ask('device code of an unknown application', `POST /common/oauth2/v2.0/devicecode`, {
      form: { client_id: 'x', scope: 'openid' }
    }),
    ask('authorize of an unknown application', 'GET /common/oauth2/v2.0/authorize?client_id=x&response_type=code'),
    token('a confidential client and no grant of its own', {
      grant_type: 'refresh_token',
      client_id: ID,
      refresh_token: 'x'
    })
  ])
]
