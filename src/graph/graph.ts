import type { StateSlot } from '../tenants/state-slot.js'
import type { Behaviour } from '../support/behaviour.js'
import { SupportTable } from '../support/support-table.js'
import { batchOperation } from './batch/operation.js'
import { authenticationSupport } from './gateway/authenticate.js'
import { errorSupport } from './gateway/error-response.js'
import { headerSupport } from './gateway/headers.js'
import { OperationTable } from './gateway/operation-table.js'
import type { Operation } from './gateway/operation.js'
import { permissionSupport } from './gateway/permissions.js'
import { throttlingSupport } from './gateway/throttle.js'
import { throttlingSetting } from './gateway/throttling.js'
import { userInfoOperations } from './gateway/user-info.js'
import { graphVersions, type GraphVersion } from './gateway/versions.js'
import { documentOperations } from './metadata/operations.js'
import { queryOptionSupport } from './odata/select.js'
import { profileSetting } from './profiles.js'
import type { Resource } from './resource.js'
import { conditions } from './services/intune/conditions/conditions.js'
import { conditionSetting } from './services/intune/conditions/setting.js'
import { validationSupport } from './services/intune/payload-refusal.js'

/** The part of Graph that one server serves, known before it declares any route. */
export interface Graph {
  readonly resources: readonly Resource[]
  readonly operations: Readonly<Record<GraphVersion, OperationTable>>
  /** Below `/oidc`, which Graph hosts beside its versions. */
  readonly openIdOperations: OperationTable
  /** Names of operations for fault rules, sorted. */
  readonly operationNames: readonly string[]
  /** Every permission that an operation can accept, sorted. */
  readonly permissionNames: readonly string[]
  readonly support: SupportTable
  readonly example: ExampleRead
  /** The parts of the state document of a tenant, in its order. */
  readonly slots: readonly StateSlot[]
}

/** What front page and recipes show as the first thing to read; the service document where no resource offers itself. */
export interface ExampleRead {
  /** Below `/beta`. */
  readonly path: string
  /** Name of its type, without namespace. */
  readonly type: string
  /** One of its properties. */
  readonly property: string
}

export function createGraph(resources: readonly Resource[]): Graph {
  const paths = resources.map(({ path }) => path)
  const byVersion = new Map(graphVersions.map((version) => [version, operationsOf(version, resources)]))
  const all = [...[...byVersion.values()].flat(), ...userInfoOperations]
  const tables = [...byVersion].map(([version, operations]) => [
    version,
    new OperationTable(`/${version}`, operations, paths)
  ])
  return {
    resources,
    operations: Object.fromEntries(tables) as Record<GraphVersion, OperationTable>,
    openIdOperations: new OperationTable('/oidc', userInfoOperations, []),
    operationNames: sorted(all.map(({ name }) => name)),
    permissionNames: sorted(
      all.flatMap(({ permissions }) => (typeof permissions === 'string' ? [] : permissions.names))
    ),
    support: supportOf(byVersion),
    example: exampleOf(resources),
    slots: [profileSetting, conditionSetting, ...resources.map(({ state }) => state), throttlingSetting] as StateSlot[]
  }
}

function exampleOf(resources: readonly Resource[]): ExampleRead {
  for (const { path, type, exampleProperty: property } of resources) {
    if (property !== undefined) return { path, type: type.edmType.slice(type.edmType.lastIndexOf('.') + 1), property }
  }
  return { path: '', type: 'entity', property: 'id' }
}

/** A version without resources has no metadata documents and no batches either. */
function operationsOf(version: GraphVersion, resources: readonly Resource[]): readonly Operation[] {
  const served = resources.filter(({ versions }) => versions.includes(version))
  if (served.length === 0) return []
  return [...documentOperations, ...served.flatMap(({ operations }) => operations), batchOperation]
}

const modelledSupport: Behaviour = {
  behaviour: "Types, operations and permissions as Microsoft publishes them; reading and writing by OData's rules",
  evidence: 'modelled',
  source: '@microsoft/msgraph-sdk and msgraph-beta-sdk; OData Version 4.01'
}

/** First the steps of a request in their order, then the operations. */
function supportOf(operations: ReadonlyMap<GraphVersion, readonly Operation[]>): SupportTable {
  const table = new SupportTable()
  table.add('every request', [...headerSupport, ...authenticationSupport, ...permissionSupport, ...errorSupport])
  table.add('bodies', validationSupport)
  table.add('query options', queryOptionSupport)
  for (const [name, condition] of Object.entries<Behaviour>(conditions)) table.add(`condition: ${name}`, [condition])
  table.add('throttling', throttlingSupport)
  for (const [version, ofVersion] of operations) {
    for (const { method, path, support } of ofVersion) table.add(`${method} ${urlOf(version, path)}`, support)
  }
  for (const { method, path, support } of userInfoOperations) table.add(`${method} /oidc/${path}`, support)
  table.add('any other path', [modelledSupport])
  return table
}

function urlOf(version: GraphVersion, path: string): string {
  return path === '' ? `/${version}` : `/${version}/${path}`
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}
