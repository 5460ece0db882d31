/** What the engine needs of the entity store. */
export type JsonObject = Readonly<Record<string, unknown>>

export interface EntityRef {
  readonly collection: string
  readonly key: string
}

export interface Entity {
  readonly key: string
  readonly type: string
  readonly properties: JsonObject
}

export interface Entities {
  get(ref: EntityRef): Entity | undefined
  put(collection: string, entity: Entity): Entities
  delete(ref: EntityRef): Entities
  count(collection: string): number
  list(collection: string): Iterable<Entity>
  after(collection: string, position: number): Iterable<readonly [number, Entity]>
  findBy(collection: string, property: string, value: string): Entity | undefined
  link(from: EntityRef, name: string, to: EntityRef, single?: boolean): Entities
  unlink(from: EntityRef, name: string, to?: EntityRef): Entities
  targets(from: EntityRef, name: string): Iterable<EntityRef>
  sources(to: EntityRef, name: string): Iterable<EntityRef>
  hasLink(from: EntityRef, name: string, to: EntityRef): boolean
}

export function pathOf({ collection, key }: EntityRef): string {
  return key === '' ? collection : `${collection}('${key.replaceAll("'", "''")}')`
}

/** The collection that lives below an entity; below a singleton, whose key is empty, it is told by the path alone. */
export function below(ref: EntityRef, name: string): string {
  return `${pathOf(ref)}/${name}`
}

/** The nearest entity with a key that contains a collection, and the name that it has there. */
export function parentOf(collection: string): { ref: EntityRef; name: string } | undefined {
  const [, parent = '', key = '', name = ''] = /^(.*)\('((?:[^']|'')*)'\)\/([^']*)$/.exec(collection) ?? []
  return name === '' ? undefined : { ref: { collection: parent, key: key.replaceAll("''", "'") }, name }
}
