// The flows of several requests: authorization codes, refresh tokens, device codes, pages, logout.
import { createHash } from 'node:crypto'
import { advance, DEFAULT_TENANT, SETTINGS, TENANT, WRITE } from '../common.js'
import { ask, graph, on, prefixed, type Step } from '../step.js'

const ADELE = 'adele.vance@contoso.example'
const MEGAN = 'megan.bowen@contoso.example'
const CLIENT = { client_id: '0f0f0f0f-1111-4222-8333-444455556666' }
const CONTOSO = '11112222-bbbb-3333-cccc-4444dddd5555'
const GRAPH = 'https://graph.microsoft.com'
const REDIRECT = 'http://localhost:3000/redirect'
const ASKED = { ...CLIENT, response_type: 'code', redirect_uri: REDIRECT, scope: `${GRAPH}/${WRITE}`, state: 'a&b <c>' }
const SILENT = { ...ASKED, prompt: 'none', login_hint: ADELE }
const VERIFIER = 'v'.repeat(43)
const PKCE = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256'
}
const CODE = /[?&#]code=([^&\s]+)/
const DEVICE = { device: 'device_code', user: 'user_code' }

type Form = Record<string, string>
const query = (form: Form) => new URLSearchParams(form).toString()
const authorize = (name: string, form: Form, { tenant = DEFAULT_TENANT, version = 'oauth2/v2.0', keep = {} } = {}) =>
  ask(name, `GET /${tenant}/${version}/authorize?${query(form)}`, { keep })
const token = (name: string, form: Form, tenant = DEFAULT_TENANT, keep = {}) =>
  ask(name, `POST /${tenant}/oauth2/v2.0/token`, { form, keep })
const redeem = (name: string, form: Form = {}, tenant = DEFAULT_TENANT, keep = {}) =>
  token(
    name,
    { grant_type: 'authorization_code', ...CLIENT, redirect_uri: REDIRECT, code: '{{code}}', ...form },
    tenant,
    keep
  )
const refresh = (name: string, form: Form = {}, tenant = DEFAULT_TENANT) =>
  token(name, { grant_type: 'refresh_token', ...CLIENT, refresh_token: '{{refresh}}', ...form }, tenant)
const page = (name: string, form: Form, tenant = DEFAULT_TENANT) =>
  ask(name, `POST /${tenant}/oauth2/v2.0/authorize`, { form })
/** A code that later steps redeem; what it answers is told elsewhere. */
const code = (form: Form = {}, tenant = DEFAULT_TENANT) =>
  ask(
    `a code for ${JSON.stringify(form)} of ${tenant}`,
    `GET /${tenant}/oauth2/v2.0/authorize?${query({ ...SILENT, ...form })}`,
    {
      keep: { code: CODE }
    }
  )
const numbered = (steps: Step[], name: string) => prefixed(name, steps)

const device = (name: string, form: Form = {}, tenant = DEFAULT_TENANT, version = 'oauth2/v2.0') =>
  ask(name, `POST /${tenant}/${version}/devicecode`, {
    form: { ...CLIENT, scope: `${GRAPH}/${WRITE}`, ...form },
    keep: DEVICE
  })
const poll = (name: string, form: Form = {}, tenant = DEFAULT_TENANT) =>
  token(name, { grant_type: 'device_code', ...CLIENT, device_code: '{{device}}', ...form }, tenant)
const decide = (name: string, body?: object, tenant = 'default', user = '{{user}}') =>
  ask(name, `POST /_mock/tenants/${tenant}/devicecodes/${user}`, { body })
const login = (name: string, form: Form) => ask(name, 'POST /devicelogin', { form })

const codes: Step[][] = [
  numbered(
    [
      authorize(
        'authorize',
        { ...SILENT, ...PKCE, client_info: '1', nonce: 'n', scope: `openid offline_access ${GRAPH}/${WRITE}` },
        { keep: { code: CODE } }
      ),
      redeem('no verifier'),
      redeem('a wrong verifier', { code_verifier: 'x' }),
      redeem('another client', { client_id: 'another' }),
      redeem('another redirect URI', { redirect_uri: 'http://localhost/x' }),
      redeem('no redirect URI', { redirect_uri: '' }),
      redeem('another tenant', {}, TENANT),
      redeem('two resources', { code_verifier: VERIFIER, scope: 'a/b c/d' }),
      redeem('redeemed', { code_verifier: VERIFIER, client_info: '1' }, DEFAULT_TENANT, {
        token: 'access_token',
        refresh: 'refresh_token'
      }),
      redeem('a second time', { code_verifier: VERIFIER }),
      graph('at Graph', `GET ${SETTINGS}`, { token: '{{token}}' }),
      refresh('refreshed'),
      refresh('refreshed for another resource', { scope: 'api://mine/read' }),
      refresh('refreshed at another tenant', {}, TENANT),
      refresh('refreshed on common', {}, 'common'),
      refresh('refreshed on consumers', {}, 'consumers'),
      refresh('refreshed by another client', { client_id: 'another' }),
      refresh('refreshed by a client with a secret', { client_secret: 'x' }),
      advance('P90D'),
      refresh('refreshed too late')
    ],
    'PKCE'
  ),
  numbered([code({ code_challenge: VERIFIER }), redeem('redeemed', { code_verifier: VERIFIER })], 'plain PKCE'),
  numbered([code(), redeem('a verifier that nobody asked for', { code_verifier: VERIFIER })], 'no PKCE'),
  numbered([code(), advance('PT10M'), redeem('too late')], 'an old code'),
  numbered([code({}, 'common'), redeem('redeemed', { scope: 'openid' }, 'common')], 'common'),
  numbered(
    [
      code({}, 'consumers'),
      redeem('redeemed', {}, 'consumers', { token: 'access_token' }),
      graph('at Graph', `GET ${SETTINGS}`, { token: '{{token}}' })
    ],
    'a personal account'
  ),
  numbered(
    [
      authorize('authorize', { ...SILENT, scope: 'openid' }, { version: 'oauth2', keep: { code: CODE } }),
      ask('redeemed', `POST /${DEFAULT_TENANT}/oauth2/token`, {
        form: { grant_type: 'authorization_code', ...CLIENT, redirect_uri: REDIRECT, code: '{{code}}', resource: GRAPH }
      }),
      authorize('a resource of its own', { ...SILENT, scope: '', resource: 'api://x' }, { version: 'oauth2' })
    ],
    'v1'
  )
]

const authorizations: Step[] = [
  authorize('fragment', { ...SILENT, response_mode: 'fragment', state: '' }),
  authorize('form_post', { ...SILENT, response_mode: 'form_post' }),
  ...(
    [
      ['no user', { ...ASKED, prompt: 'none' }],
      ['an unknown user', { ...SILENT, login_hint: 'x@y' }],
      ['cancelled', { ...ASKED, mock_decision: 'cancel' }],
      ['a user that is none', { ...ASKED, mock_decision: 'accept', mock_user: 'x' }],
      ['no response type', { ...ASKED, response_type: '' }],
      ['the implicit flow', { ...ASKED, response_type: 'token' }],
      ['no scope', { ...ASKED, scope: '' }],
      ['two resources', { ...ASKED, scope: 'a/b c/d' }],
      ['an unknown response mode', { ...ASKED, response_mode: 'x' }],
      ['an unknown prompt', { ...ASKED, prompt: 'x' }],
      ['a short challenge', { ...ASKED, code_challenge: 'x' }],
      ['an unknown challenge', { ...ASKED, ...PKCE, code_challenge_method: 'x' }],
      ['consent', { ...SILENT, client_id: CONTOSO, redirect_uri: 'http://localhost:3000', scope: 'Mail.Read' }],
      ['an error in the fragment', { ...ASKED, response_mode: 'fragment', response_type: 'token' }],
      ['an error by form_post', { ...ASKED, response_mode: 'form_post', response_type: 'token' }]
    ] as [string, Form][]
  ).map(([name, form]) => authorize(name, form)),
  ...(
    [
      ['no redirect URI', { redirect_uri: '' }],
      ['a redirect URI elsewhere', { redirect_uri: 'https://evil.example/' }],
      ['a redirect URI with a user', { redirect_uri: 'http://localhost@evil.example/' }],
      ['a redirect URI of a script', { redirect_uri: 'javascript:alert(1)' }],
      ['a redirect URI with a fragment', { redirect_uri: 'http://localhost/#x' }],
      ["MSAL's own scheme", { redirect_uri: `msal${CLIENT.client_id}://auth` }],
      ['a name without a dot', { redirect_uri: 'https://web:8443/cb?x=1' }],
      ['a loopback address', { redirect_uri: 'http://[::1]:5000/' }],
      ['a registered application, any port', { client_id: CONTOSO, redirect_uri: 'http://localhost:5000' }],
      ['a registered application, another path', { client_id: CONTOSO, redirect_uri: 'http://localhost:5000/x' }],
      ['a registered application, its only redirect URI', { client_id: CONTOSO, redirect_uri: '' }],
      ['no client', { client_id: '' }]
    ] as [string, Form][]
  ).map(([name, form]) => authorize(name, { ...SILENT, ...form })),
  authorize('an unknown tenant', SILENT, { tenant: '%3Cscript%3E' }),
  authorize('the page', { ...ASKED, login_hint: MEGAN, prompt: 'select_account', nonce: '"><script>' }),
  authorize('the page without a hint', { ...ASKED, scope: 'openid', redirect_uri: `msal${CLIENT.client_id}://auth` }),
  authorize('the page of form_post', { ...ASKED, response_mode: 'form_post' }),
  page('accepted', { ...ASKED, mock_user: MEGAN, mock_decision: 'accept' }),
  page('cancelled on the page', { ...ASKED, mock_decision: 'cancel' }),
  page('nothing decided', ASKED),
  page('nothing sent', {}),
  ask('HEAD of authorize', `HEAD /common/oauth2/v2.0/authorize?${query(SILENT)}`),
  ask('PUT of authorize', `PUT /common/oauth2/v2.0/authorize?${query(SILENT)}`),
  ask('a parameter twice', 'GET /common/oauth2/v2.0/authorize?client_id=a&client_id=b'),
  ...(
    [
      ['logout', ''],
      ['logout, back to this machine', `?${query({ post_logout_redirect_uri: 'http://localhost:3000/', state: 's' })}`],
      ['logout, elsewhere', `?${query({ post_logout_redirect_uri: 'https://evil.example/ä' })}`]
    ] as const
  ).map(([name, rest]) => ask(name, `GET /common/oauth2/v2.0/logout${rest}`)),
  ask('logout by POST', 'POST /common/oauth2/logout', { form: { post_logout_redirect_uri: 'http://localhost/' } }),
  ask('logout of an unknown tenant', 'GET /nosuch/oauth2/v2.0/logout')
]

const devices: Step[][] = [
  numbered(
    [
      device('started'),
      poll('pending'),
      decide('an unknown user', { user: 'x' }),
      decide('an unknown decision', { decision: 'x' }),
      decide('of another tenant', undefined, TENANT),
      poll('another client', { client_id: 'another' }),
      poll('another tenant', {}, 'common'),
      ask('the page', 'GET /devicelogin?user_code={{user}}'),
      decide('approved', { user: MEGAN }),
      decide('approved again'),
      ask('the page of a used code', 'GET /devicelogin?user_code={{user}}'),
      poll('redeemed'),
      poll('redeemed again')
    ],
    'device code'
  ),
  numbered([device('started'), decide('denied', { decision: 'deny' }), poll('denied for the device')], 'denied'),
  numbered(
    [
      device('started', {}, 'common'),
      poll('pending', {}, 'common'),
      decide('approved in a tenant', undefined, TENANT),
      token(
        'redeemed by its long name',
        { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', ...CLIENT, code: '{{device}}' },
        'common'
      )
    ],
    'device code of common'
  ),
  numbered(
    [
      device('started', {}, 'common'),
      ask('the first page', 'GET /devicelogin'),
      ask('the second page', 'GET /devicelogin?user_code={{user}}'),
      login('nothing decided', { user_code: '{{user}}' }),
      login('nobody picked', { user_code: '{{user}}', mock_decision: 'approve' }),
      login('no code', {}),
      login('approved', { user_code: '{{user}}', mock_decision: 'approve', mock_user: ADELE }),
      poll('redeemed', {}, 'common')
    ],
    'device login'
  ),
  numbered(
    [device('started'), login('denied', { user_code: '{{user}}', mock_decision: 'deny' })],
    'device login, denied'
  ),
  numbered(
    [
      device('started'),
      advance('PT15M'),
      poll('polled'),
      decide('decided'),
      ask('the page', 'GET /devicelogin?user_code={{user}}')
    ],
    'an old device code'
  )
]

export const sequences = [
  ...on('documented', codes),
  ...on('documented', authorizations),
  ...on('documented', devices),
  ...on('documented', [
    ask('device code, v1', `POST /${DEFAULT_TENANT}/oauth2/devicecode`, { form: { ...CLIENT, resource: GRAPH } }),
    ask('device code without a client', 'POST /common/oauth2/v2.0/devicecode', { form: { scope: 'x' } }),
    ask('device code without a scope', 'POST /common/oauth2/v2.0/devicecode', { form: CLIENT }),
    ask('device code without consent', 'POST /common/oauth2/v2.0/devicecode', {
      form: { client_id: CONTOSO, scope: 'Mail.Read' }
    }),
    ask('an unknown user code', 'GET /devicelogin?user_code=%3Cb%3E'),
    decide('an unknown user code, decided', undefined, 'default', 'nope'),
    ask('PUT of devicelogin', 'PUT /devicelogin')
  ]),
  ...on('registered', [
    authorize('a redirect URI of the fixture', {
      ...SILENT,
      client_id: 'a1a1a1a1-0000-4000-8000-000000000001',
      login_hint: 'first@fabrikam.example',
      scope: 'User.Read',
      redirect_uri: 'https://app.fabrikam.example/back?x=1'
    }),
    authorize('a redirect URI that is not registered', {
      ...SILENT,
      client_id: 'bare',
      redirect_uri: 'http://localhost/'
    }),
    authorize('a redirect URI that is no URL', { ...SILENT, client_id: 'public', redirect_uri: '::' }),
    authorize('one of several redirect URIs', {
      ...SILENT,
      client_id: 'public',
      redirect_uri: 'http://127.0.0.1:5000/',
      login_hint: 'first@fabrikam.example',
      scope: 'User.Read'
    }),
    authorize('the page, with texts to escape', {
      ...ASKED,
      client_id: 'public',
      redirect_uri: 'http://localhost/back',
      scope: 'User.Read'
    }),
    ask(
      'logout to a redirect URI of the fixture',
      `GET /common/oauth2/v2.0/logout?${query({ post_logout_redirect_uri: 'https://app.fabrikam.example/back?x=1' })}`
    )
  ]),
  ...on('public url', [device('device code')])
]
