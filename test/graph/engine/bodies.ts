import fc from 'fast-check'
import type { Property } from '../../../src/graph/model/members.js'
import type { StructuredType } from '../../../src/graph/model/structured-type.js'
import { beta, type Json } from './ask.js'

/** Collections of many services, and the type of what is made in each. */
export const COLLECTIONS: readonly (readonly [path: string, type: string])[] = [
  ...[...beta.model.roots.values()]
    .filter(
      ({ collection, type }) => collection && !beta.model.type(type)?.abstract && beta.model.type(type)?.key[0] === 'id'
    )
    .slice(0, 40)
    .map(({ name, type }) => [`/${name}`, type] as const),
  ['/deviceManagement/managedDevices', 'microsoft.graph.managedDevice'],
  ['/deviceManagement/deviceConfigurations', 'microsoft.graph.windows10GeneralConfiguration'],
  ['/deviceManagement/deviceConfigurations', 'microsoft.graph.iosGeneralDeviceConfiguration'],
  ['/deviceManagement/deviceCompliancePolicies', 'microsoft.graph.windows10CompliancePolicy'],
  ['/deviceManagement/windowsAutopilotDeploymentProfiles', 'microsoft.graph.azureADWindowsAutopilotDeploymentProfile'],
  ['/deviceManagement/windowsAutopilotDeviceIdentities', 'microsoft.graph.windowsAutopilotDeviceIdentity'],
  ['/deviceManagement/configurationPolicies', 'microsoft.graph.deviceManagementConfigurationPolicy'],
  ['/deviceAppManagement/mobileApps', 'microsoft.graph.win32LobApp'],
  ['/identity/conditionalAccess/policies', 'microsoft.graph.conditionalAccessPolicy'],
  ['/identityGovernance/entitlementManagement/accessPackages', 'microsoft.graph.accessPackage'],
  ['/security/alerts_v2', 'microsoft.graph.security.alert'],
  ['/me/events', 'microsoft.graph.event'],
  ['/me/messages', 'microsoft.graph.message']
]

const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })

const PRIMITIVES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'Edm.String': fc.oneof(fc.string(), fc.constantFrom('', '__proto__', "O'Brien", '\u0000', '𝒳', '@odata.type')),
  'Edm.Boolean': fc.boolean(),
  'Edm.DateTimeOffset': day.map((date) => date.toISOString().replace(/\.?0*Z$/, 'Z')),
  'Edm.Date': day.map((date) => date.toISOString().slice(0, 10)),
  'Edm.TimeOfDay': day.map((date) => date.toISOString().slice(11, 19)),
  'Edm.Duration': fc.constantFrom('PT0S', 'P1D', '-P1DT2H3M4.5S', 'PT1M'),
  'Edm.Guid': fc.uuid(),
  'Edm.Int32': fc.integer(),
  'Edm.Int64': fc.maxSafeInteger(),
  'Edm.Int16': fc.integer({ min: -32768, max: 32767 }),
  'Edm.Byte': fc.nat(255),
  'Edm.SByte': fc.integer({ min: -128, max: 127 }),
  'Edm.Double': fc.oneof(fc.constantFrom('INF', '-INF', 'NaN'), fc.double({ noNaN: true, noDefaultInfinity: true })),
  'Edm.Single': fc.oneof(fc.constantFrom('INF'), fc.integer()),
  'Edm.Decimal': fc.integer(),
  'Edm.Binary': fc.constantFrom('', 'YQ==', 'YWI=', 'YWJj'),
  'Edm.Untyped': fc.jsonValue({ maxDepth: 2 })
}

/** What may be sent of a type: some of its properties, each with a value of its kind. */
export function bodies(type: StructuredType, depth = 2): fc.Arbitrary<Json> {
  const properties = [...type.properties.values()].filter(({ name, kind, type }) => {
    return name !== 'id' && type !== 'Edm.Stream' && (kind !== 'complex' || depth > 0)
  })
  const fields = Object.fromEntries(properties.map((property) => [property.name, valuesOf(property, depth)]))
  return fc.record(fields, { requiredKeys: [] })
}

function valuesOf(property: Property, depth: number): fc.Arbitrary<unknown> {
  const item = itemsOf(property, depth)
  const one = property.nullable ? fc.option(item, { freq: 8 }) : item
  return property.collection ? fc.array(one, { maxLength: 3 }) : one
}

function itemsOf({ kind, type }: Property, depth: number): fc.Arbitrary<unknown> {
  if (kind === 'primitive') return PRIMITIVES[type] as fc.Arbitrary<unknown>
  if (kind === 'complex') {
    const structured = beta.model.type(type)
    return structured ? bodies(structured, depth - 1) : fc.constant({})
  }
  const members = beta.model.enumeration(type)?.members.map(({ name }) => name) ?? []
  return fc.constantFrom(...members)
}
