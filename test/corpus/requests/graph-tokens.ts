import { CLIENT_ID, DEFAULT_TENANT, mint, READ, SETTINGS, TENANT } from '../common.js'
import { graph, on, raw, type Step } from '../step.js'

const GET = `GET ${SETTINGS}`
const authorization = (name: string, value: string | null) =>
  graph(name, GET, { token: null, headers: value === null ? {} : { Authorization: value } })
const minted = (name: string, request: object): Step[] => [mint(request), graph(name, GET, { token: '{{token}}' })]
const claims = (name: string, claims: object): Step[] => minted(name, { claims })
const jwt = (header: unknown, payload: unknown, signature = 'c2ln') =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + `.${signature}`

export const sequences = [
  ...on('documented', [
    authorization('no token', null),
    authorization('an empty token', 'Bearer '),
    authorization('no token behind the scheme', 'Bearer'),
    authorization('an empty header', ''),
    authorization('another scheme', 'Basic YTpi'),
    authorization('a token without a scheme', 'readwrite'),
    authorization('the scheme in lower case', 'bearer readwrite'),
    authorization('two blanks', 'Bearer  readwrite '),
    authorization('no JWT', 'Bearer nonsense'),
    authorization('a name that objects have', 'Bearer constructor'),
    authorization('two tokens', 'Bearer a Bearer b'),
    authorization('one dot', 'Bearer a.b'),
    authorization('four dots', 'Bearer a.b.c.d.e'),
    authorization('five dots', 'Bearer a.b.c.d.e.f'),
    authorization('a header that is no base64url', 'Bearer !.b.c'),
    authorization('a header that is no JSON', 'Bearer YQ.e30.c'),
    authorization('claims that are no base64url', 'Bearer e30.!.c'),
    authorization('claims that are no object', 'Bearer e30.W10.c'),
    authorization('over 32 KiB', `Bearer ${'x'.repeat(33_000)}`),
    authorization('signed by HS256', `Bearer ${jwt({ alg: 'HS256' }, { tid: TENANT })}`),
    authorization('signed by nothing', `Bearer ${jwt({}, { tid: TENANT })}`),
    authorization('an unknown key', `Bearer ${jwt({ alg: 'RS256', kid: 'x' }, { tid: TENANT })}`),
    ...['readwrite', 'read', 'app-only', 'personal', 'expired', 'no-scopes'].map((name) =>
      graph(`the token ${name} of the fixture`, GET, { token: name })
    ),
    graph('a refusal has the ids of the request', GET, { token: null, headers: { 'client-request-id': CLIENT_ID } }),
    graph('no token, a body that is none', `PATCH ${SETTINGS}`, { token: null, body: '{' }),
    raw('two Authorization headers', [
      `GET ${SETTINGS} HTTP/1.1`,
      'Host: localhost',
      'Authorization: Bearer readwrite',
      'aUTHORIZATION: Bearer read',
      'Connection: close',
      '',
      ''
    ]),
    minted('a minted token', {}),
    minted('a minted token of another tenant', { tenantId: TENANT }),
    minted('a wrong signature', { signature: 'invalid' }),
    minted('the signature of another', { signature: 'foreign' }),
    minted('no signature', { signature: 'none' }),
    minted('expired', { expiresIn: -60 }),
    minted('expired this second', { expiresIn: 0 }),
    minted('a wrong audience', { audience: 'api://x' }),
    minted("Graph's audience by name", { audience: 'https://graph.microsoft.com/' }),
    minted('the audience of this server', { audience: 'http://localhost:8365' }),
    minted('a wrong issuer', { issuer: 'https://sts.windows.net/x/' }),
    minted('the issuer of v2', { issuer: `https://login.microsoftonline.com/${DEFAULT_TENANT}/v2.0` }),
    minted('the issuer of this server', { issuer: `http://localhost:8365/${DEFAULT_TENANT}/v2.0` }),
    minted('a personal token', { kind: 'personal' }),
    minted('an application', { kind: 'application' }),
    minted('an application by its client id', { kind: 'application', appId: 'mine', roles: [READ] }),
    claims('a token of the future', { nbf: 2_000_000_000, exp: 2_100_000_000 }),
    claims('no tid', { tid: null }),
    claims('a tid that is none', { tid: 'contoso' }),
    claims('no exp', { exp: null }),
    claims('an exp that is a text', { exp: 'never' }),
    claims('an nbf that is a text', { nbf: 'now' }),
    claims('no nbf', { nbf: null }),
    claims('no aud and no iss', { aud: null, iss: null }),
    claims('a wrong mock_faults', { mock_faults: [{ nope: 1 }] }),
    claims('an unsound mock_faults', { mock_faults: [{ times: 1 }] }),
    claims('idtyp app with scp', { idtyp: 'app', scp: READ }),
    claims('azp in place of appid', { appid: null, azp: 'mine' }),
    claims('roles that are a text', { idtyp: 'app', roles: READ }),
    [
      mint({ tenantId: TENANT }),
      { ...graph('before its clock is put back', GET, { token: '{{token}}' }) },
      ...[{ set: '2020-01-01T00:00:00Z' }, { set: '2026-03-04T06:10:00Z' }].flatMap((change, at) => [
        { ...mint(), method: 'POST', url: `/_mock/tenants/${TENANT}/clock`, body: JSON.stringify(change), keep: {} },
        graph(['its clock stands before nbf', 'its clock stands behind exp'][at] as string, GET, { token: '{{token}}' })
      ])
    ]
  ]),
  ...on('foreign tokens', [
    minted('the signature of another', { signature: 'foreign' }),
    minted('no signature', { signature: 'none' }),
    minted('expired', { signature: 'foreign', expiresIn: -60 }),
    authorization('no JWT', 'Bearer nonsense'),
    authorization(
      'claims by hand',
      `Bearer ${jwt(
        { alg: 'none' },
        {
          tid: TENANT,
          exp: 4_000_000_000,
          aud: '00000003-0000-0000-c000-000000000000',
          iss: `https://sts.windows.net/${TENANT}/`,
          scp: READ
        }
      )}`
    )
  ]),
  ...on('public url', [graph('no token', GET, { token: null }), minted('a wrong audience', { audience: 'x' })]),
  ...on('nothing registered', [graph('no token of the fixture', GET), minted('a minted token', {})])
]
