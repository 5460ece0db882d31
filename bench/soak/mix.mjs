// What clients do in a soak, each with its weight. An entry more is one more line here: `run` gets
// `{ ask, random, token }`, makes as many requests as it likes, and throws where an answer is not as it should be. Weights
// are such that every store that is bounded is full within the first third of a million requests.
const SETTINGS = '/beta/deviceManagement/windowsAutopilotSettings'
const WRITE = ['DeviceManagementServiceConfig.ReadWrite.All']
const DEFAULT = '/_mock/tenants/default'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
/** Tenants that are left as they are, as by a suite that forgets none; used again and again, so that they are bounded. */
const LEFT = 10

const left = (random) => `00000000-0000-4000-8000-${String(random.below(LEFT)).padStart(12, '0')}`
const mint = async (ask, body) => (await ask('POST', '/_mock/tokens', { body, wanted: 201 })).json().access_token
const status = (random) => ({ syncStatus: random.pick(['unknown', 'inProgress', 'completed', 'failed']) })

/** Does something in a tenant that nobody knew, and has it forgotten. */
const inFreshTenant = async ({ ask, random }, act, more = {}) => {
  const tenantId = random.uuid()
  await act(await mint(ask, { tenantId, scopes: WRITE, ...more }), `/_mock/tenants/${tenantId}`)
  await ask('DELETE', `/_mock/tenants/${tenantId}`, { wanted: 204 })
}

export const MIX = [
  {
    name: 'PATCH',
    weight: 300,
    run: ({ ask, token, random }) => ask('PATCH', SETTINGS, { token, body: status(random) })
  },
  {
    name: 'PATCH, named token',
    weight: 60,
    run: ({ ask, random }) => ask('PATCH', SETTINGS, { token: 'readwrite', body: status(random) })
  },
  { name: 'GET', weight: 200, run: ({ ask, token }) => ask('GET', SETTINGS, { token }) },
  { name: '$select', weight: 30, run: ({ ask, token }) => ask('GET', `${SETTINGS}?$select=syncStatus`, { token }) },
  { name: '$metadata', weight: 2, run: ({ ask }) => ask('GET', '/beta/$metadata') },
  {
    name: '$batch',
    weight: 40,
    run: ({ ask, token, random }) => {
      const requests = Array.from({ length: 1 + random.below(5) }, (_, id) => ({
        id: String(id),
        method: 'GET',
        url: SETTINGS.slice(5)
      }))
      return ask('POST', '/beta/$batch', { token, body: { requests } })
    }
  },
  { name: 'expired token', weight: 20, run: ({ ask }) => ask('GET', SETTINGS, { token: 'expired', wanted: 401 }) },
  {
    name: 'no permission',
    weight: 20,
    run: ({ ask }) => ask('PATCH', SETTINGS, { token: 'no-scopes', body: {}, wanted: 403 })
  },
  {
    name: 'token of nobody',
    weight: 20,
    run: ({ ask, random }) =>
      ask('GET', SETTINGS, { token: `e30.${random.bytes(40).toString('base64url')}.x`, wanted: 401 })
  },
  {
    name: 'altered token',
    weight: 20,
    run: ({ ask, token, random }) =>
      ask('GET', SETTINGS, { token: `${token.slice(0, -40)}${random.bytes(30).toString('base64url')}`, wanted: 401 })
  },
  { name: 'no token', weight: 10, run: ({ ask }) => ask('GET', SETTINGS, { wanted: 401 }) },
  {
    name: 'bad JSON',
    weight: 30,
    run: ({ ask, token, random }) =>
      ask('PATCH', SETTINGS, { token, body: `{"syncStatus":${random.next()}`, wanted: 400 })
  },
  {
    name: 'bad value',
    weight: 30,
    run: ({ ask, token, random }) =>
      ask('PATCH', SETTINGS, { token, body: { [`p${random.below(1e6)}`]: 1 }, wanted: 400 })
  },
  {
    name: 'path that the mock lacks',
    weight: 20,
    run: ({ ask, token, random }) => ask('GET', `/beta/deviceManagement/x${random.below(1e6)}`, { token, wanted: 400 })
  },
  {
    name: 'path of nothing',
    weight: 10,
    run: ({ ask, random }) => ask('GET', `/x${random.below(1e6)}`, { wanted: 400 })
  },
  { name: 'control: health', weight: 20, run: ({ ask }) => ask('GET', '/_mock/health') },
  {
    name: 'control: state',
    weight: 20,
    run: ({ ask, random }) => ask('PATCH', `${DEFAULT}/state`, { body: { windowsAutopilotSettings: status(random) } })
  },
  {
    name: 'control: wrong',
    weight: 10,
    run: ({ ask, random }) => ask('PATCH', `${DEFAULT}/state`, { body: { [`p${random.below(1e6)}`]: 1 }, wanted: 400 })
  },
  { name: 'control: clock', weight: 5, run: ({ ask }) => ask('GET', `${DEFAULT}/clock`) },
  { name: 'journal', weight: 5, run: ({ ask }) => ask('GET', `${DEFAULT}/requests?limit=20`) },
  { name: 'journal: count', weight: 5, run: ({ ask }) => ask('GET', '/_mock/requests/count?method=PATCH') },
  {
    name: 'journal: wait',
    weight: 5,
    run: ({ ask }) => ask('POST', `${DEFAULT}/requests/wait`, { body: { method: 'PATCH', timeout: 'PT5S' } })
  },
  {
    name: 'token of the authority',
    weight: 10,
    run: ({ ask, random }) => {
      const body = `grant_type=client_credentials&client_id=${random.uuid()}&client_secret=s&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default`
      return ask('POST', `/${left(random)}/oauth2/v2.0/token`, { body, headers: FORM })
    }
  },
  {
    name: 'device code that nobody approves',
    weight: 40,
    run: ({ ask, random }) =>
      ask('POST', '/organizations/oauth2/v2.0/devicecode', {
        body: `client_id=${random.uuid()}&scope=openid`,
        headers: FORM
      })
  },
  {
    name: 'sign-in by password, then refresh',
    weight: 20,
    run: async ({ ask, random }) => {
      const about = `client_id=${random.uuid()}&scope=offline_access%20https%3A%2F%2Fgraph.microsoft.com%2F.default`
      const path = '/organizations/oauth2/v2.0/token'
      const user = 'username=megan.bowen%40contoso.example&password=x'
      const first = await ask('POST', path, { body: `grant_type=password&${user}&${about}`, headers: FORM })
      await ask('POST', path, {
        body: `grant_type=refresh_token&refresh_token=${first.json().refresh_token}&${about}`,
        headers: FORM
      })
    }
  },
  {
    name: 'sign-in for all that a scope may hold',
    weight: 2,
    run: ({ ask, random }) => {
      const scope = `offline_access ${'ab '.repeat(2600)}`
      const user = 'username=megan.bowen%40contoso.example&password=x'
      const body = `grant_type=password&${user}&client_id=${random.uuid()}&scope=${encodeURIComponent(scope)}`
      return ask('POST', '/organizations/oauth2/v2.0/token', { body, headers: FORM })
    }
  },
  {
    name: 'token of many permissions',
    weight: 2,
    run: async ({ ask, random }) => {
      const roles = Array.from({ length: 2000 }, (_, at) => String(random.below(1e6) + at))
      const token = await mint(ask, { kind: 'application', roles })
      await ask('GET', SETTINGS, { token, wanted: 403 })
    }
  },
  {
    name: 'tenant that is left',
    weight: 8,
    run: async ({ ask, random }) =>
      ask('PATCH', SETTINGS, {
        token: await mint(ask, { tenantId: left(random), scopes: WRITE }),
        body: status(random)
      })
  },
  {
    name: 'sync in a fresh tenant',
    weight: 6,
    run: (world) =>
      inFreshTenant(world, async (token) => {
        await world.ask('POST', `${SETTINGS}/sync`, { token, wanted: 204 })
        await world.ask('POST', `${SETTINGS}/sync`, { token, wanted: 409 })
      })
  },
  {
    name: 'clock and snapshot of a fresh tenant',
    weight: 4,
    run: (world) =>
      inFreshTenant(world, async (token, tenant) => {
        await world.ask('PUT', `${tenant}/snapshots/a`, { wanted: 201 })
        await world.ask('POST', `${tenant}/clock`, { body: { freeze: true } })
        await world.ask('PATCH', SETTINGS, { token, body: status(world.random) })
        await world.ask('POST', `${tenant}/snapshots/a/restore`, { wanted: 204 })
      })
  },
  {
    name: 'fault of a fresh tenant',
    weight: 4,
    run: (world) =>
      inFreshTenant(world, async (token, tenant) => {
        await world.ask('POST', `${tenant}/faults`, { body: { times: 1, respond: { status: 503 } }, wanted: 201 })
        await world.ask('GET', SETTINGS, { token, wanted: 503 })
        await world.ask('GET', SETTINGS, { token })
      })
  },
  {
    name: 'fault in a token',
    weight: 4,
    run: (world) =>
      inFreshTenant(world, (token) => world.ask('GET', SETTINGS, { token, wanted: 429 }), {
        faults: [{ respond: { status: 429, retryAfter: 1 } }]
      })
  }
]
