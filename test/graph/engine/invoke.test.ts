import t from 'tap'
import { Graph, refusal, type Json } from './ask.js'

const ROOT = 'https://graph.microsoft.com/beta/$metadata#'

t.test('operations are answered by the default of their type', (t) => {
  const graph = new Graph()
  const user = graph.post('/users', { displayName: 'Ada' })
  const group = graph.post('/groups', { displayName: 'G' })
  const device = graph.post('/deviceManagement/managedDevices', { deviceName: 'd' })
  const policy = graph.post('/deviceManagement/configurationPolicies', { name: 'p' })
  const rows: readonly (readonly [
    method: string,
    target: string,
    body: unknown,
    status: number,
    answer?: Json | string
  ])[] = [
    ['POST', `/deviceManagement/managedDevices/${device}/syncDevice`, undefined, 204],
    ['POST', `/deviceManagement/managedDevices/${device}/microsoft.graph.syncDevice`, {}, 204],
    [
      'POST',
      `/deviceManagement/managedDevices/${device}/wipe`,
      { keepUserData: true, macOsUnlockCode: null, '@odata.x': 1 },
      204
    ],
    [
      'POST',
      `/users/${user}/revokeSignInSessions`,
      undefined,
      200,
      { '@odata.context': `${ROOT}Edm.Boolean`, value: false }
    ],
    [
      'POST',
      `/groups/${group}/checkMemberGroups`,
      { groupIds: ['x'] },
      200,
      { '@odata.context': `${ROOT}Collection(Edm.String)`, value: [] }
    ],
    [
      'POST',
      `/users/${user}/assignLicense`,
      { addLicenses: [{ skuId: '11111111-1111-1111-1111-111111111111' }], removeLicenses: [] },
      200,
      { '@odata.context': `${ROOT}users/$entity`, id: user, displayName: 'Ada' }
    ],
    ['GET', '/users/delta', undefined, 200, { value: [] }],
    ['GET', '/users/delta()/$count', undefined, 200, '0'],
    ['HEAD', '/users/delta', undefined, 200],
    ['GET', "/reports/getEmailActivityCounts(period='D7')", undefined, 204],
    [
      'GET',
      `/deviceManagement/configurationPolicies/${policy}/retrieveLatestUpgradeDefaultBaselinePolicy`,
      undefined,
      200,
      { id: policy, name: 'p' }
    ],
    ['GET', `/users/${user}/reminderView(StartDateTime='a',EndDateTime='b')`, undefined, 200, { value: [] }],
    [
      'GET',
      "/deviceAppManagement/mobileApps/convertFromMobileAppCatalogPackage(mobileAppCatalogPackageId='x')",
      undefined,
      200,
      { id: /^[\da-f-]{36}$/ as unknown as string }
    ]
  ]
  for (const [method, target, body, status, answer] of rows) {
    const given = graph.ask(method, target, body)
    t.equal(given.status, status, target)
    if (typeof answer === 'string') t.equal(given.body, answer)
    else if (answer) t.match(given.body, answer, target)
  }
  t.end()
})

t.test('parameters are checked', (t) => {
  const graph = new Graph()
  const user = graph.post('/users', { displayName: 'Ada' })
  const device = graph.post('/deviceManagement/managedDevices', { deviceName: 'd' })
  const wipe = `/deviceManagement/managedDevices/${device}/wipe`
  const mismatch = (name: string) => `Property ${name} in payload has a value that does not match schema.`
  const rows: readonly (readonly [target: string, body: unknown, kind: string, message: string])[] = [
    [
      wipe,
      [],
      'notAnObject',
      "An unexpected 'StartArray' node was found when reading from the JSON reader. A 'StartObject' node was expected."
    ],
    [
      wipe,
      { keepUserDat: true },
      'unknownProperty',
      "The parameter 'keepUserDat' in the request payload is not a valid parameter for the operation 'wipe'."
    ],
    [
      wipe,
      { zzzzzzzzzzzz: true },
      'unknownProperty',
      "The parameter 'zzzzzzzzzzzz' in the request payload is not a valid parameter for the operation 'wipe'."
    ],
    [wipe, { keepUserData: 'yes' }, 'wrongKind', mismatch('keepUserData')],
    [
      `/users/${user}/assignLicense`,
      { addLicenses: [{ skuId: 'x' }] },
      'badLiteral',
      "Cannot convert the literal 'x' to the expected type 'Edm.Guid'."
    ],
    [`/users/${user}/assignLicense`, { addLicenses: {} }, 'wrongKind', mismatch('addLicenses')],
    [
      `/users/${user}/sendMail`,
      { Message: { subjekt: 'x' } },
      'unknownProperty',
      "The property 'subjekt' does not exist on type 'microsoft.graph.message'. Make sure to only use property names that are defined by the type or mark the type as open type."
    ]
  ]
  for (const [target, body, kind, message] of rows)
    t.match(
      refusal(() => graph.ask('POST', target, body)),
      { status: 400, code: 'BadRequest', kind, message },
      target
    )
  t.equal(
    graph.ask('POST', `/users/${user}/sendMail`, { Message: { subject: 'x' }, SaveToSentItems: null }).status,
    204
  )
  const functions: readonly (readonly [target: string, kind: string])[] = [
    [`/users/${user}/reminderView(StartDateTime=1,EndDateTime='b')`, 'wrongKind'],
    ["/reports/getPrinterArchivedPrintJobs(printerId='x',startDateTime='y',endDateTime=null)", 'badLiteral']
  ]
  for (const [target, kind] of functions)
    t.match(
      refusal(() => graph.get(target)),
      { status: 400, kind },
      target
    )
  t.match(graph.get(`/users/${user}/reminderView(StartDateTime=@a,EndDateTime=null)?@a='x'`), { value: [] })
  t.end()
})
