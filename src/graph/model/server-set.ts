import type { StructuredType } from './structured-type.js'

/** What the service gives a property that a client leaves out, or may not give. */
export type ServerValue =
  /** A new GUID, different for each entity. */
  | { readonly kind: 'guid' }
  /** The instant of creation. */
  | { readonly kind: 'created' }
  /** The instant of the last change, creation included. */
  | { readonly kind: 'modified' }
  /** A count of changes: 1 at creation. */
  | { readonly kind: 'version' }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }

export interface ServerSet {
  readonly value: ServerValue
  /** Whether what a client sends is passed over, or refused, by the service; otherwise this is a default. */
  readonly fixed: boolean
  readonly evidence: 'documented' | 'assumed'
}

const GUID = { kind: 'guid' } as const
const CREATED = { kind: 'created' } as const
const MODIFIED = { kind: 'modified' } as const
const VERSION = { kind: 'version' } as const

function fixed(value: ServerValue, evidence: ServerSet['evidence'] = 'documented'): ServerSet {
  return { value, fixed: true, evidence }
}

function byDefault(value: string | number | boolean): ServerSet {
  return { value: { kind: 'constant', value }, fixed: false, evidence: 'documented' }
}

/**
 * By the name of a property, wherever it has the kind. That each type sets them so is assumed from those whose pages say
 * it, such as https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-deviceconfiguration ("DateTime the
 * object was created", "DateTime the object was last modified") and https://learn.microsoft.com/graph/api/resources/group.
 */
const BY_NAME: ReadonlyMap<string, { readonly type: string; readonly set: ServerSet }> = new Map([
  ['createdDateTime', { type: 'Edm.DateTimeOffset', set: fixed(CREATED, 'assumed') }],
  ['lastModifiedDateTime', { type: 'Edm.DateTimeOffset', set: fixed(MODIFIED, 'assumed') }],
  ['modifiedDateTime', { type: 'Edm.DateTimeOffset', set: fixed(MODIFIED, 'assumed') }],
  ['lastUpdatedDateTime', { type: 'Edm.DateTimeOffset', set: fixed(MODIFIED, 'assumed') }],
  ['supportsScopeTags', { type: 'Edm.Boolean', set: fixed({ kind: 'constant', value: true }, 'assumed') }]
])

/** By type and property, from the page of each resource: https://learn.microsoft.com/graph/api/resources/{type}. */
export const SERVER_SET_BY_TYPE: ReadonlyMap<string, Readonly<Record<string, ServerSet>>> = new Map([
  ['microsoft.graph.application', { appId: fixed(GUID), signInAudience: byDefault('AzureADMyOrg') }],
  ['microsoft.graph.device', { registrationDateTime: fixed(CREATED) }],
  ['microsoft.graph.group', { renewedDateTime: fixed(CREATED) }],
  [
    'microsoft.graph.servicePrincipal',
    { accountEnabled: byDefault(true), servicePrincipalType: byDefault('Application') }
  ],
  ['microsoft.graph.user', { userType: byDefault('Member') }],
  // "Version of the device configuration", and likewise of the others; that it counts from 1 is assumed.
  ['microsoft.graph.deviceConfiguration', { version: fixed(VERSION, 'assumed') }],
  ['microsoft.graph.deviceCompliancePolicy', { version: fixed(VERSION, 'assumed') }],
  ['microsoft.graph.deviceEnrollmentConfiguration', { version: fixed(VERSION, 'assumed') }],
  ['microsoft.graph.managedDeviceMobileAppConfiguration', { version: fixed(VERSION, 'assumed') }]
])

/**
 * What the service sets of the properties of a type, those of its bases included, by name. `id` is not among them: the
 * key is made by whoever stores the entity. Nor are properties that are only `computed`, as no rule says to what.
 */
export function serverSetOf(type: StructuredType): ReadonlyMap<string, ServerSet> {
  const found = new Map<string, ServerSet>()
  for (const { name, type: kind, collection } of type.properties.values()) {
    const rule = BY_NAME.get(name)
    if (rule && !collection && rule.type === kind) found.set(name, rule.set)
  }
  for (let one: StructuredType | undefined = type; one; one = one.base) {
    for (const [name, set] of Object.entries(SERVER_SET_BY_TYPE.get(one.name) ?? {}))
      if (type.properties.has(name)) found.set(name, set)
  }
  return found
}
