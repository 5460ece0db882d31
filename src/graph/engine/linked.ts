import type { NavigationProperty } from '../model/members.js'
import type { EntityRef } from '../../tenants/entities/entity.js'
import type { Entities } from '../../tenants/entities/entities.js'
import { containedIn } from '../../tenants/entities/entity-path.js'

/** How entities are told that a navigation property leads to which nothing is linked by its own name. */
interface Derivation {
  /** The navigation property whose links it follows. */
  readonly follows: string
  /** From the targets to what links to them; the other way only over all distances. */
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
export function* linked(entities: Entities, from: EntityRef, navigation: NavigationProperty): Iterable<EntityRef> {
  for (const [, ref] of linkedAfter(entities, from, navigation, 0)) yield ref
}

/**
 * What is behind a position, each with its own. Those of links stay what they are whatever is written; those of what is
 * reached over several links are counted anew each time.
 *
 * @param position 0 for the first
 */
export function linkedAfter(
  entities: Entities,
  from: EntityRef,
  { name }: NavigationProperty,
  position: number
): Iterable<readonly [position: number, EntityRef]> {
  const derivation = DERIVED.get(name)
  if (!derivation) return entities.targetsAfter(from, name, position)
  const { follows, backwards, transitive } = derivation
  if (!transitive) return entities.sourcesAfter(from, follows, position)
  return reached(from, position, (ref) => (backwards ? entities.sources(ref, follows) : entities.targets(ref, follows)))
}

/** The entities that a navigation property leads to, contained or linked. */
export function* targetsOf(from: EntityRef, navigation: NavigationProperty, entities: Entities): Iterable<EntityRef> {
  const { name, contained, collection } = navigation
  if (!contained) yield* linked(entities, from, navigation)
  else if (collection)
    for (const { key } of entities.list(containedIn(from, name))) yield { collection: containedIn(from, name), key }
  else yield { collection: containedIn(from, name), key: '' }
}

/** Breadth first; what is met again is passed over, so that groups may hold one another. */
function* reached(
  from: EntityRef,
  behind: number,
  next: (ref: EntityRef) => Iterable<EntityRef>
): Generator<readonly [position: number, EntityRef]> {
  const met = new Map<string, Set<string>>([[from.collection, new Set([from.key])]])
  const queue = [from]
  for (const at of queue) {
    for (const ref of next(at)) {
      const keys = met.get(ref.collection) ?? new Set()
      if (keys.has(ref.key)) continue
      met.set(ref.collection, keys.add(ref.key))
      // The first is where it began.
      const position = queue.push(ref) - 1
      if (position > behind) yield [position, ref]
    }
  }
}
