import type { NavigationProperty } from '../model/members.js'
import { below, type Entities, type EntityRef } from './store.js'

/** How entities are told that a navigation property leads to which nothing is linked by its own name. */
interface Derivation {
  /** The navigation property whose links it follows. */
  readonly follows: string
  /** From the targets to what links to them. */
  readonly backwards: boolean
  /** Over all distances. */
  readonly transitive: boolean
}

/**
 * Navigation properties of the directory that are the other direction of a link, or all that it leads to over any
 * distance (documented: "get all the groups … that the user is a member of", and likewise on the page of each, such as
 * https://learn.microsoft.com/graph/api/user-list-memberof).
 */
const DERIVED: ReadonlyMap<string, Derivation> = new Map([
  ['memberOf', { follows: 'members', backwards: true, transitive: false }],
  ['transitiveMemberOf', { follows: 'members', backwards: true, transitive: true }],
  ['transitiveMembers', { follows: 'members', backwards: false, transitive: true }],
  ['directReports', { follows: 'manager', backwards: true, transitive: false }],
  ['transitiveReports', { follows: 'manager', backwards: true, transitive: true }],
  ['ownedObjects', { follows: 'owners', backwards: true, transitive: false }],
  ['ownedDevices', { follows: 'registeredOwners', backwards: true, transitive: false }],
  ['registeredDevices', { follows: 'registeredUsers', backwards: true, transitive: false }],
  ['sponsorOf', { follows: 'sponsors', backwards: true, transitive: false }]
])

/** Whether a navigation property follows from links of another, so that nothing is linked by its own name. */
export function isDerived({ name, contained }: NavigationProperty): boolean {
  return !contained && DERIVED.has(name)
}

/** What a navigation property leads to that contains nothing: each entity once, in the order of linking. */
export function linked(entities: Entities, from: EntityRef, { name }: NavigationProperty): Iterable<EntityRef> {
  const derivation = DERIVED.get(name)
  if (!derivation) return entities.targets(from, name)
  const { follows, backwards, transitive } = derivation
  const next = (ref: EntityRef) => (backwards ? entities.sources(ref, follows) : entities.targets(ref, follows))
  return transitive ? reached(from, next) : next(from)
}

/** The entities that a navigation property leads to, contained or linked. */
export function* targetsOf(from: EntityRef, navigation: NavigationProperty, entities: Entities): Iterable<EntityRef> {
  const { name, contained, collection } = navigation
  if (!contained) yield* linked(entities, from, navigation)
  else if (collection)
    for (const { key } of entities.list(below(from, name))) yield { collection: below(from, name), key }
  else yield { collection: below(from, name), key: '' }
}

/** Breadth first; what is met again is passed over, so that groups may hold one another. */
function* reached(from: EntityRef, next: (ref: EntityRef) => Iterable<EntityRef>): Generator<EntityRef> {
  const met = new Map<string, Set<string>>([[from.collection, new Set([from.key])]])
  const queue = [from]
  for (const at of queue) {
    for (const ref of next(at)) {
      const keys = met.get(ref.collection) ?? new Set()
      if (keys.has(ref.key)) continue
      met.set(ref.collection, keys.add(ref.key))
      queue.push(ref)
      yield ref
    }
  }
}
