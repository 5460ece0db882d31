import t from 'tap'
import { Ask } from '../ask.js'
import { smallModel } from '../small-model.js'

const text = 'Edm.String'
const model = smallModel({
  types: {
    'microsoft.graph.item': {
      properties: {
        id: text,
        displayName: text,
        serialNumber: text,
        manufacturer: text,
        deploymentProfileAssignmentStatus: 'microsoft.graph.assignmentStatus',
        enrollmentState: 'microsoft.graph.enrollmentState',
        managementAgent: 'microsoft.graph.managementAgentType',
        complianceState: 'microsoft.graph.complianceState',
        deviceEnrollmentConfigurationType: 'microsoft.graph.enrollmentType',
        lastContactedDateTime: 'Edm.DateTimeOffset',
        lastSyncDateTime: 'Edm.DateTimeOffset',
        createdDateTime: 'Edm.DateTimeOffset',
        deletedDateTime: 'Edm.DateTimeOffset',
        operatingSystem: text,
        groupTypes: 'Collection(Edm.String)',
        physicalIds: 'Collection(Edm.String)',
        mailEnabled: 'Edm.Boolean',
        accountEnabled: 'Edm.Boolean',
        isAssigned: 'Edm.Boolean',
        assignedLicenses: 'Collection(microsoft.graph.assignedLicense)',
        identities: 'Collection(microsoft.graph.objectIdentity)',
        target: 'microsoft.graph.target',
        onPremisesExtensionAttributes: 'microsoft.graph.attributes',
        userType: text,
        mail: text,
        deviceName: text,
        appId: text,
        priority: 'Edm.Int32',
        version: 'Edm.Int32',
        freeStorageSpaceInBytes: 'Edm.Int64',
        timeInUse: 'Edm.Duration',
        a: 'Edm.Int32',
        b: 'Edm.Int32',
        c: 'Edm.Int32'
      }
    },
    'microsoft.graph.windows10CompliancePolicy': { base: 'microsoft.graph.item', properties: {} },
    'microsoft.graph.managedApp': {
      base: 'microsoft.graph.item',
      properties: { appAvailability: 'microsoft.graph.appAvailability' }
    },
    'microsoft.graph.win32LobApp': { base: 'microsoft.graph.managedApp', properties: {} },
    'microsoft.graph.iosStoreApp': { base: 'microsoft.graph.item', properties: {} },
    'microsoft.graph.assignedLicense': { properties: { skuId: 'Edm.Guid' } },
    'microsoft.graph.objectIdentity': { properties: { issuer: text, issuerAssignedId: text } },
    'microsoft.graph.target': { properties: { groupId: text } },
    'microsoft.graph.attributes': { properties: { extensionAttribute1: text } }
  },
  enums: {
    'microsoft.graph.assignmentStatus': { unknown: 0, assignedInSync: 1 },
    'microsoft.graph.enrollmentState': { unknown: 0, enrolled: 1 },
    'microsoft.graph.managementAgentType': { eas: 1, mdm: 2, easMdm: 3 },
    'microsoft.graph.complianceState': { unknown: 0, compliant: 1 },
    'microsoft.graph.enrollmentType': { unknown: 0, limit: 1 },
    'microsoft.graph.appAvailability': { global: 0, lineOfBusiness: 1 }
  },
  flags: ['microsoft.graph.managementAgentType']
})

/** Everything that the filters ask for. */
const full = {
  '@odata.type': '#microsoft.graph.win32LobApp',
  id: 'a',
  displayName: 'AutoPilot',
  serialNumber: 'x1234-5678x',
  manufacturer: 'Microsoft Corporation',
  deploymentProfileAssignmentStatus: 'assignedInSync',
  enrollmentState: 'enrolled',
  managementAgent: 'easMdm',
  complianceState: 'unknown',
  deviceEnrollmentConfigurationType: 'limit',
  lastContactedDateTime: '2024-01-01T00:00:00Z',
  lastSyncDateTime: '2023-12-31T23:59:59.9999999Z',
  createdDateTime: '2024-01-01T00:00:00Z',
  deletedDateTime: null,
  operatingSystem: 'Windows',
  groupTypes: ['Unified'],
  physicalIds: ['[OrderID]:x', '[ZTDId]:5'],
  mailEnabled: false,
  accountEnabled: true,
  isAssigned: false,
  assignedLicenses: [{ skuId: '184efa21-98c3-4e5d-95ab-d07053a96e67' }],
  identities: [{ issuer: 'contoso.com', issuerAssignedId: 'j@x.com' }],
  target: { groupId: '1f1c5e0e-25d8-4f58-9dbd-5e54b9e5a001' },
  onPremisesExtensionAttributes: { extensionAttribute1: 'abc' },
  userType: 'Guest',
  mail: 'x@contoso.com',
  deviceName: 'ABC',
  appId: '08c16770-6770-08c1-7067-c1087067c108',
  priority: 1,
  version: -2,
  freeStorageSpaceInBytes: 999999999,
  timeInUse: 'PT13H',
  appAvailability: 'lineOfBusiness',
  a: 0,
  b: 2,
  c: 3
}

/** Nothing of it. */
const empty = { id: 'z', a: 0, b: 2, c: 0, displayName: 'B' }

t.test('filters that clients of Graph send', (t) => {
  const ask = new Ask(model, 'microsoft.graph.item')
  const both = [true, true]
  const onlyFull = [true, false]
  const onlyEmpty = [false, true]
  const none = [false, false]
  const rows: readonly (readonly [filter: string, fits: readonly boolean[]])[] = [
    ["startswith(displayName,'Auto')", onlyFull],
    ["contains(serialNumber,'1234-5678')", onlyFull],
    ["displayName eq 'O''Brien'", none],
    ["serialNumber eq '0000-0000-11' and manufacturer eq 'Microsoft Corporation'", none],
    ["deploymentProfileAssignmentStatus eq 'assignedInSync'", onlyFull],
    ["enrollmentState eq microsoft.graph.enrollmentState'enrolled'", onlyFull],
    ["managementAgent has microsoft.graph.managementAgentType'mdm'", onlyFull],
    ['lastContactedDateTime ge 2024-01-01T00:00:00Z', onlyFull],
    ["lastSyncDateTime le 2024-01-01T00:00:00.0000000Z and operatingSystem eq 'Windows'", onlyFull],
    ["(operatingSystem eq 'Windows' or operatingSystem eq 'iOS') and complianceState ne 'compliant'", onlyFull],
    ["not startswith(displayName,'A')", onlyEmpty],
    ["not(startswith(displayName,'A'))", onlyEmpty],
    ["NOT groupTypes/any(c:c eq 'Unified') and mailEnabled eq false", none],
    ["groupTypes/any(c:c eq 'Unified')", onlyFull],
    ['assignedLicenses/any(x:x/skuId eq 184efa21-98c3-4e5d-95ab-d07053a96e67)', onlyFull],
    ['assignedLicenses/$count ne 0', onlyFull],
    ["userType in ('Member','Guest')", onlyFull],
    ["id in ('a','b') or id eq 'c'", onlyFull],
    ["isof('microsoft.graph.windows10CompliancePolicy')", none],
    [
      "(isof('microsoft.graph.win32LobApp') or isof('microsoft.graph.iosStoreApp')) and (microsoft.graph.managedApp/appAvailability eq null or microsoft.graph.managedApp/appAvailability eq 'lineOfBusiness' or isAssigned eq true)",
      onlyFull
    ],
    ["deviceEnrollmentConfigurationType eq 'Limit'", onlyFull],
    ["target/groupId eq '1f1c5e0e-25d8-4f58-9dbd-5e54b9e5a001'", onlyFull],
    ["onPremisesExtensionAttributes/extensionAttribute1 eq 'abc'", onlyFull],
    ['accountEnabled eq true and deletedDateTime eq null', onlyFull],
    ["endsWith(mail,'@contoso.com')", onlyFull],
    ['priority gt 0 and freeStorageSpaceInBytes lt 1000000000', onlyFull],
    ["tolower(deviceName) eq 'abc'", onlyFull],
    ["identities/any(c:c/issuerAssignedId eq 'j@x.com' and c/issuer eq 'contoso.com')", onlyFull],
    ['createdDateTime ge 2024-01-01', onlyFull],
    ["physicalIds/any(p:startswith(p,'[ZTDId]'))", onlyFull],
    ['(priority eq 1)and(version eq -2)', onlyFull],
    ["displayName eq 'Zürich ☃'", none],
    ['length(displayName) gt 5', onlyFull],
    ["timeInUse gt duration'PT12H'", onlyFull],
    ['appId eq 08c16770-6770-08c1-7067-c1087067c108', onlyFull],
    ['a eq 1 or b eq 2 and c eq 3', onlyFull],
    // As real clients also write them
    ["contains(tolower(displayName),'pilot')", onlyFull],
    ["startswith(displayName,'a') or startswith(UserType,'G')", onlyFull],
    ["AccountEnabled eq true and usertype ne 'Member'", onlyFull],
    ['assignedLicenses/$count eq 0', onlyEmpty],
    ['not assignedLicenses/any()', onlyEmpty],
    ['createdDateTime ge 2023-12-31 and createdDateTime lt 2024-01-02', onlyFull],
    ["displayName ne null and id ne ''", both]
  ]
  for (const [filter, fits] of rows) {
    t.same(
      [full, empty].map((entity) => ask.fits(filter, entity)),
      fits,
      filter
    )
  }
  t.throws(() => ask.fits("jobTitle eq 'x'", full), {
    message: "Could not find a property named 'jobTitle' on type 'microsoft.graph.item'."
  })
  t.end()
})
