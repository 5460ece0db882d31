// `node --import ./scripts/typescript.mjs bench/entities.ts`: what an entity costs in memory, and whether reads and writes
// are as fast among 100,000 as among 100. Times are told as ratios to a Map of the language in the same run.
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { containedIn } from '../src/tenants/entities/entity-path.js'
import { Entities } from '../src/tenants/entities/entities.js'
import type { Entity, JsonObject } from '../src/tenants/entities/entity.js'

const MANY = 100_000
const FEW = 100
const ROUNDS = 7
const DEVICES = 'deviceManagement/managedDevices'
const OPTIONS = { indexes: [[DEVICES, 'azureADDeviceId']] as const }

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use once everything that is over is gone. */
async function heap(): Promise<number> {
  for (let pass = 0; pass < 4; pass++) {
    collect()
    await setTimeout(20)
  }
  return process.memoryUsage().heapUsed
}

const report = (label: string, text: string) => {
  console.log(`  ${label.padEnd(38)}${text}`)
}
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number

/** As it comes from a request: parsed, with no text shared with another. */
function device(at: number): JsonObject {
  return JSON.parse(
    JSON.stringify({
      id: randomUUID(),
      userId: randomUUID(),
      deviceName: `DESKTOP-${at.toString(36).toUpperCase().padStart(7, '0')}`,
      managedDeviceOwnerType: 'company',
      enrolledDateTime: '2024-03-01T09:12:44Z',
      lastSyncDateTime: '2024-05-17T15:22:08Z',
      operatingSystem: 'Windows',
      complianceState: 'compliant',
      jailBroken: 'Unknown',
      managementAgent: 'mdm',
      osVersion: '10.0.22631.3593',
      easActivated: true,
      easDeviceId: randomUUID().replaceAll('-', '').toUpperCase(),
      easActivationDateTime: '0001-01-01T00:00:00Z',
      azureADRegistered: true,
      azureADDeviceId: randomUUID(),
      deviceEnrollmentType: 'windowsAzureADJoin',
      emailAddress: `user${at}@contoso.com`,
      userPrincipalName: `user${at}@contoso.com`,
      model: 'Virtual Machine',
      manufacturer: 'Microsoft Corporation',
      serialNumber: `0000-${at}-1234-5678-90`,
      isSupervised: false,
      isEncrypted: true,
      totalStorageSpaceInBytes: 136232042496,
      freeStorageSpaceInBytes: 101_000_000_000 + at,
      managedDeviceName: `user${at}_Windows_3/1/2024_9:12 AM`,
      partnerReportedThreatState: 'unknown'
    })
  ) as JsonObject
}

const entity = (properties: JsonObject): Entity => ({
  key: properties['id'] as string,
  type: 'microsoft.graph.managedDevice',
  properties
})

/** Nanoseconds of processor time of each, which others on the machine lengthen less than that of the clock. */
function time(count: number, action: (at: number) => void): number {
  const begun = process.cpuUsage()
  for (let at = 0; at < count; at++) action(at)
  const { user, system } = process.cpuUsage(begun)
  return ((user + system) * 1000) / count
}

console.log('\nentities')
const start = await heap()
const parsed = Array.from({ length: MANY }, (_, at) => device(at))
const json = parsed.reduce((sum, properties) => sum + JSON.stringify(properties).length, 0) / MANY
const withObjects = await heap()
const all = parsed.map(entity)
let many = Entities.empty(OPTIONS)
// One write each, as by requests.
for (const one of all) many = many.put(DEVICES, one)
const withStore = await heap()
const own = (withStore - withObjects) / MANY
const object = (withObjects - start) / MANY
report('JSON of one', `${json.toFixed(0)} bytes, parsed ${object.toFixed(0)}`)
report(
  'kept beside it',
  `${own.toFixed(0)} bytes, in all ${((own + object) / json).toFixed(2)} of the JSON (aim ≤ 2.00)`
)
report('counted', `${(many.bytes / MANY / (own + object)).toFixed(2)} of what it takes`)

const few = Entities.empty(OPTIONS).putAll(DEVICES, all.slice(0, FEW))
const native = new Map(all.map((one) => [one.key, one]))
const nativeFew = new Map(all.slice(0, FEW).map((one) => [one.key, one]))
/** Keys as they come with requests: other strings than those that are kept. */
const asked = JSON.parse(JSON.stringify(all.map(({ key }) => key))) as string[]
const shuffled = asked.map((_, at) => asked[(at * 7919) % MANY] as string)
const fewAsked = asked.slice(0, FEW)
const ids = all.map(({ properties }) => properties['azureADDeviceId'] as string)

interface Subject {
  readonly entities: Entities
  readonly keys: readonly string[]
  readonly native: ReadonlyMap<string, Entity>
}
const subjects: readonly Subject[] = [
  { entities: many, keys: shuffled, native },
  { entities: few, keys: fewAsked, native: nativeFew }
]
const COUNT = 20_000
const at = <Item>(items: readonly Item[], index: number) => items[index % items.length] as Item

const actions: Record<string, (subject: Subject) => number> = {
  'Map.get': ({ native, keys }) =>
    time(COUNT, (index) => {
      if (!native.has(at(keys, index))) throw new Error('lost')
    }),
  get: ({ entities, keys }) =>
    time(COUNT, (index) => {
      if (!entities.get({ collection: DEVICES, key: at(keys, index) })) throw new Error('lost')
    }),
  'findBy, indexed': ({ entities }) =>
    time(COUNT, (index) => {
      if (!entities.findBy(DEVICES, 'azureADDeviceId', at(ids, index % entities.count(DEVICES))))
        throw new Error('lost')
    }),
  'replace, the old one kept': ({ entities, keys }) =>
    time(COUNT, (index) => {
      const key = at(keys, index)
      entities.put(DEVICES, { ...(entities.get({ collection: DEVICES, key }) as Entity) })
    }),
  'create and delete, the old ones kept': ({ entities }) => {
    const one = entity(device(0))
    return time(COUNT, () => {
      entities.put(DEVICES, one).delete({ collection: DEVICES, key: one.key })
    })
  },
  'page of 100 from a position': ({ entities }) =>
    time(500, () => {
      let left = 100
      for (const [,] of entities.after(DEVICES, 0)) if (--left === 0) break
    })
}
for (const [label, action] of Object.entries(actions)) {
  const rounds = Array.from({ length: ROUNDS }, () => subjects.map(action))
  const [among, alone] = [0, 1].map((side) => median(rounds.map((round) => round[side] as number))) as [number, number]
  report(label, `${among.toFixed(0)} ns among ${MANY}, ${(among / alone).toFixed(1)} of that among ${FEW}`)
}

/** Nanoseconds for each of a list. */
function listing(entities: Entities): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const iterator = entities.list(DEVICES)
    return time(entities.count(DEVICES), () => iterator.next())
  })
  return median(times)
}
report('list of all', `${listing(many).toFixed(0)} ns each`)

let halved = many
const deleting = time(MANY / 2, (index) => {
  halved = halved.delete({ collection: DEVICES, key: at(shuffled, index) })
})
report('half of them deleted', `${deleting.toFixed(0)} ns each; list of the rest ${listing(halved).toFixed(0)} ns each`)

const beforeLinks = await heap()
let group = many.put('groups', { key: 'g', type: 'microsoft.graph.group', properties: {} })
const linking = time(MANY, (index) => {
  group = group.link({ collection: 'groups', key: 'g' }, 'members', { collection: DEVICES, key: at(asked, index) })
})
const linkBytes = ((await heap()) - beforeLinks) / MANY
report('links of one to all', `${linking.toFixed(0)} ns and ${linkBytes.toFixed(0)} bytes each`)
const removing = time(1, () => group.delete({ collection: 'groups', key: 'g' })) / 1e6
report('delete of the one', `${removing.toFixed(0)} ms`)

const beforeContained = await heap()
let contained = many
for (const key of asked) {
  contained = contained.put(containedIn({ collection: DEVICES, key }, 'logs'), { key: 'x', type: 't', properties: {} })
}
const collectionBytes = ((await heap()) - beforeContained) / MANY
report('one contained in each', `${collectionBytes.toFixed(0)} bytes each`)
const names = JSON.parse(JSON.stringify(ids.map((id) => `${id}0`))) as string[]
let deleted = Entities.empty({ removalBytes: Infinity })
const beforeDeletions = await heap()
deleted = deleted.putAll(
  'users',
  JSON.parse(JSON.stringify(names.map((key) => ({ key, type: 't', properties: {} })))) as Entity[]
)
for (const key of names) deleted = deleted.delete({ collection: 'users', key })
const deletionBytes = ((await heap()) - beforeDeletions) / MANY
report('deletion', `${deletionBytes.toFixed(0)} bytes, counted ${(deleted.bytes / MANY).toFixed(0)}`)
// What was measured before is in memory till here.
if (contained.isEmpty || group.isEmpty) throw new Error('lost')

const document = JSON.parse(JSON.stringify(many.toDocument())) as unknown
report('read from a document', `${(time(1, () => Entities.from(document, OPTIONS)) / 1e6).toFixed(0)} ms`)
report('empty', `${Entities.none.bytes} bytes`)
