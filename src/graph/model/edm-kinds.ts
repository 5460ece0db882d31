/** The primitive types of OData CSDL 4.01, section 3.3, that Graph uses, by their letter in the compact text. */
const PRIMITIVES = {
  s: 'Edm.String',
  b: 'Edm.Boolean',
  d: 'Edm.DateTimeOffset',
  D: 'Edm.Date',
  t: 'Edm.TimeOfDay',
  u: 'Edm.Duration',
  g: 'Edm.Guid',
  i: 'Edm.Int32',
  l: 'Edm.Int64',
  h: 'Edm.Int16',
  y: 'Edm.Byte',
  Y: 'Edm.SByte',
  f: 'Edm.Double',
  r: 'Edm.Single',
  m: 'Edm.Decimal',
  x: 'Edm.Binary',
  z: 'Edm.Stream',
  j: 'Edm.Untyped'
} as const

export type PrimitiveType = (typeof PRIMITIVES)[keyof typeof PRIMITIVES]

const NAMES: ReadonlyMap<string, PrimitiveType> = new Map(Object.entries(PRIMITIVES))
const LETTERS: ReadonlyMap<string, string> = new Map(Object.entries(PRIMITIVES).map(([letter, name]) => [name, letter]))

export function primitiveOf(letter: string): PrimitiveType | undefined {
  return NAMES.get(letter)
}

/** The letter of a type such as `Edm.String`; `undefined` for a type that is not primitive, or that Graph does not use. */
export function letterOf(primitive: string): string | undefined {
  return LETTERS.get(primitive)
}
