/** JSON as it was parsed. Nobody changes it: what is written anew is a new object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Where an entity stands. */
export interface EntityRef {
  /** Path of the collection in its canonical form: `users`, `deviceManagement/managedDevices`, `users('a')/messages`. */
  readonly collection: string
  /** Any text. The empty one is that of a singleton, whose path is `collection`. */
  readonly key: string
}

export interface Entity {
  readonly key: string
  /** Name of its type with the namespace, such as `microsoft.graph.user`. */
  readonly type: string
  /** What is stored: no annotations, no navigation properties. */
  readonly properties: JsonObject
}

/** An entity that has to be there is not. */
export class MissingEntity extends RangeError {}
