// What the servers of the corpus start with, where it is not the default fixture.

export const CONTROL_TOKEN = 'corpus-control-token'

const TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'

/** Applications that are checked, and nobody else may come. @param publicKey PEM, of the certificate of `certified` */
export function corpusFixture(publicKey: string): object {
  return {
    defaultTenant: TENANT,
    tenantDefaults: {
      throttling: { writesPerTenant: 1000 },
      sync: { duration: 'PT1H', outcome: 'failed', retryAfter: 60 }
    },
    tenants: {
      [TENANT]: {
        windowsAutopilotSettings: { id: '08c16770-6770-08c1-7067-c1087067c108', syncStatus: 'completed' },
        clock: { freeze: true, set: '2030-01-02T03:04:05.678Z' },
        faults: [{ match: { path: '*/sync' }, respond: { status: 503 }, times: 1 }]
      }
    },
    tokens: {
      readwrite: { scopes: ['DeviceManagementServiceConfig.ReadWrite.All'] },
      faulty: {
        scopes: ['DeviceManagementServiceConfig.Read.All'],
        faults: [{ times: 1, respond: { status: 504, code: 'FromToken' } }]
      }
    },
    users: [
      {
        id: 'b1b1b1b1-0000-4000-8000-000000000001',
        userPrincipalName: 'First@Fabrikam.example',
        displayName: 'First <User>'
      },
      {
        id: 'b1b1b1b1-0000-4000-8000-000000000002',
        userPrincipalName: 'second@other.example',
        displayName: 'Second User',
        password: 'secret'
      }
    ],
    unknownApplications: 'reject',
    domains: { 'fabrikam.example': 'default', 'other.example': '11112222-3333-4444-5555-666677778888' },
    applications: [
      {
        appId: 'a1a1a1a1-0000-4000-8000-000000000001',
        displayName: 'Confidential',
        secrets: [{ secretText: 'good' }, { secretText: 'old', endDateTime: '2020-01-01T00:00:00Z' }],
        permissions: {
          roles: ['DeviceManagementServiceConfig.Read.All'],
          scopes: ['User.Read', 'DeviceManagementServiceConfig.Read.All']
        },
        redirectUris: ['https://app.fabrikam.example/back?x=1'],
        identifierUris: ['https://api.fabrikam.example']
      },
      {
        appId: 'certified',
        certificates: [publicKey],
        permissions: { roles: ['DeviceManagementServiceConfig.ReadWrite.All'] },
        faults: [{ times: 1, respond: { status: 502, code: 'FromApplication' } }]
      },
      {
        appId: 'public',
        redirectUris: ['http://localhost/back', 'http://127.0.0.1/', 'not a url'],
        permissions: { scopes: ['User.Read'] }
      },
      { appId: 'bare' }
    ]
  }
}

/** Not one application. */
export const emptyFixture = { defaultTenant: TENANT, applications: [], tokens: {} }
