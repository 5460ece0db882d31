// Any writes in any order, against arrays that are searched; and whatever was kept stays as it was.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Changes } from '../../../src/tenants/entities/changes.js'
import { Entities } from '../../../src/tenants/entities/entities.js'
import { containedIn } from '../../../src/tenants/entities/entity-path.js'
import { MissingEntity, type EntityRef } from '../../../src/tenants/entities/entity.js'
import { Reference, type Spot } from './reference.js'

const { FUZZ_RUNS = '60', FUZZ_SEED } = process.env
const RUNS = { numRuns: Number(FUZZ_RUNS), ...(FUZZ_SEED !== undefined && { seed: Number(FUZZ_SEED) }) }

const KEYS = ['a', 'A', '__proto__', "o'neil", "')/x('a", '\0', '😀']
const NAMES = ['members', '__proto__', "it's(1%28)"]
const PROPERTIES = ['userPrincipalName', 'constructor', '__proto__', 'mail']
const VALUES = ['x', 'X', 'é', 'É', '1', 1, true, null, ['x']]
const TOP: readonly Spot[] = ['users', 'deviceManagement/managedDevices', '__proto__'].map((path) => ({
  path,
  ancestors: []
}))
const BELOW = TOP.slice(0, 2).flatMap((spot) => KEYS.slice(2, 6).flatMap((key) => below(spot, key)))
const SPOTS = [...TOP, ...BELOW, ...BELOW.slice(0, 4).flatMap((spot) => below(spot, "o'neil"))]
const OPTIONS = {
  indexes: [
    ['users', 'userPrincipalName'],
    ['users', 'constructor'],
    ['__proto__', 'mail']
  ] as const
}

function below({ path, ancestors }: Spot, key: string): Spot[] {
  const ref = { collection: path, key }
  return NAMES.slice(1).map((name) => ({ path: containedIn(ref, name), ancestors: [...ancestors, ref] }))
}

const spot = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TOP) },
  { weight: 1, arbitrary: fc.constantFrom(...SPOTS) }
)
const key = fc.constantFrom(...KEYS)
const ref = fc.record({ spot, key }).map(({ spot, key }): EntityRef => ({ collection: spot.path, key }))
const name = fc.constantFrom(...NAMES)
const properties = fc
  .array(fc.tuple(fc.constantFrom(...PROPERTIES), fc.constantFrom(...VALUES)))
  .map((members) => Object.fromEntries(members))
const entity = fc.record(
  { key, type: fc.constantFrom('microsoft.graph.user', ''), properties },
  { noNullPrototype: true }
)

const is = <Kind extends string>(kind: Kind) => fc.constant(kind)
const write = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: is('put'), spot, entity }) },
  { weight: 2, arbitrary: fc.record({ kind: is('delete'), ref }) },
  { weight: 4, arbitrary: fc.record({ kind: is('link'), from: ref, name, to: ref, single: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: is('unlink'), from: ref, name, to: fc.option(ref, { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.record({ kind: is('reload') }) }
)
type Write = typeof write extends fc.Arbitrary<infer W> ? W : never

/** The same in both. */
function perform(entities: Entities, reference: Reference, write: Write): Entities {
  const demand = (isDone: boolean, change: () => Entities) => {
    if (isDone) return change()
    assert.throws(change, MissingEntity)
    return entities
  }
  switch (write.kind) {
    case 'put': {
      const { spot, entity } = write
      return demand(reference.put(spot, entity), () => entities.put(spot.path, entity))
    }
    case 'delete':
      reference.delete(write.ref)
      return entities.delete(write.ref)
    case 'link': {
      const { from, name, to, single } = write
      return demand(reference.link(from, name, to, single), () => entities.link(from, name, to, single))
    }
    case 'unlink':
      reference.unlink(write.from, write.name, write.to)
      return entities.unlink(write.from, write.name, write.to)
    case 'reload': {
      const copy = Entities.from(JSON.parse(JSON.stringify(entities.toDocument())), OPTIONS)
      assert.equal(copy.bytes, entities.bytes, 'what was counted as it came and went is what is there')
      return copy
    }
  }
}

function compare(entities: Entities, reference: Reference): void {
  assert.equal(
    entities.isEmpty,
    SPOTS.every(({ path }) => reference.list(path).length === 0)
  )
  for (const { path } of SPOTS) {
    const all = reference.list(path)
    assert.deepEqual([...entities.list(path)], all)
    assert.equal(entities.count(path), all.length)
    for (const key of KEYS) compareEntity(entities, reference, { collection: path, key })
    for (const property of PROPERTIES) {
      for (const value of ['x', 'É', '1', 1, true]) {
        assert.deepEqual(entities.findBy(path, property, value), reference.findBy(path, property, value))
      }
    }
  }
}

function compareEntity(entities: Entities, reference: Reference, ref: EntityRef): void {
  const entity = reference.get(ref)
  assert.deepEqual(entities.get(ref), entity)
  if (entity === undefined) return
  for (const name of NAMES) {
    const targets = reference.targets(ref, name)
    assert.deepEqual([...entities.targets(ref, name)], targets)
    assert.deepEqual([...entities.sources(ref, name)], reference.sources(ref, name))
    for (const target of targets) assert.ok(entities.hasLink(ref, name, target))
  }
}

function compareChanges(now: Kept, then: Kept): void {
  for (const spot of SPOTS) {
    const expected = now.reference.changesSince(then.reference, spot)
    const changes = now.entities.changesSince(spot.path, then.entities.version)
    assert.equal(changes === undefined, expected === undefined)
    if (changes === undefined || expected === undefined) continue
    const changed = Array.from(changes.changed, ({ key }) => key)
    assert.deepEqual(changed.toSorted(), expected.changed.toSorted())
    assert.deepEqual(changes.deleted.map(({ key }) => key).toSorted(), expected.deleted.toSorted())
    for (const key of changed) compareLinks(now, then, { collection: spot.path, key }, changes)
  }
}

function compareLinks(now: Kept, then: Kept, ref: EntityRef, changes: Changes): void {
  for (const name of NAMES) {
    const linked = now.reference.linksBeside(then.reference, ref, name)
    assert.deepEqual([...changes.linked(ref.key, name)], linked)
    if (!now.reference.isSameIn(then.reference, ref)) continue
    const unlinked = then.reference
      .linksBeside(now.reference, ref, name)
      .filter((to) => !now.entities.hasLink(ref, name, to))
    assert.deepEqual(new Set(changes.unlinked(ref.key, name)), new Set(unlinked))
  }
}

interface Kept {
  readonly entities: Entities
  readonly reference: Reference
}

t.test('writes in any order', (t) => {
  fc.assert(
    fc.property(fc.array(write, { minLength: 1, maxLength: 40, size: 'max' }), (writes) => {
      const reference = new Reference()
      let entities = Entities.empty(OPTIONS)
      const kept: Kept[] = [{ entities, reference: reference.clone() }]
      for (const write of writes) {
        const { version } = entities
        entities = perform(entities, reference, write)
        assert.ok(entities.version >= version)
        kept.push({ entities, reference: reference.clone() })
      }
      for (const one of kept) compare(one.entities, one.reference)
      const now = kept.at(-1) as Kept
      for (const then of kept) compareChanges(now, then)
    }),
    RUNS
  )
  t.end()
})
