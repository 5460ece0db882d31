/** What is wrong with a payload that is valid JSON. Each service has its own words for it. */
export type Mistake =
  /** The root, or a complex value, is `found` in place of an object. */
  | { readonly kind: 'notAnObject'; readonly found: 'array' | 'value' }
  | {
      readonly kind: 'unknownProperty'
      readonly name: string
      readonly type: string
      readonly known: readonly string[]
    }
  | { readonly kind: 'missingProperty'; readonly name: string; readonly type: string }
  /** A JSON value of another kind than the property has. @see Expected */
  | ({ readonly kind: 'wrongJsonType' } & Expected)
  | ({ readonly kind: 'null' } & Expected)
  /** The right kind of JSON value, but not of the property's type: `literal` is how it was sent. */
  | ({ readonly kind: 'badLiteral'; readonly literal: string } & Expected)
  /** `@odata.type` names a type of Graph that is not this one. */
  | { readonly kind: 'otherType'; readonly name: string; readonly type: string }
  /** `@odata.type` names no type of Graph. */
  | { readonly kind: 'noType'; readonly name: string; readonly type: string }
  | { readonly kind: 'typeNotText'; readonly type: string }
  | {
      readonly kind: 'unknownParameter'
      readonly name: string
      readonly operation: string
      readonly known: readonly string[]
    }
  | { readonly kind: 'missingParameters'; readonly names: readonly string[]; readonly operation: string }

/** The values that a property takes. */
export interface Expected {
  readonly name: string
  /** Its type by its full name, such as `Edm.DateTimeOffset`. */
  readonly type: string
  /** `a string`, `a number`, `a boolean`, `an object` */
  readonly json: string
  /** Words to put after `takes`, such as `one of unknown, failed (case-sensitive)`. */
  readonly values: string
}

/** A payload that is not valid by its type. The service of the operation turns it into an answer. */
export class PayloadMistake extends Error {
  readonly mistake: Mistake

  constructor(mistake: Mistake) {
    super(mistake.kind)
    this.name = 'PayloadMistake'
    this.mistake = mistake
  }
}
