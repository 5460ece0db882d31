import { convert } from '../value/convert.js'
import { Decimal } from '../value/decimal.js'
import { instantKey } from '../value/instant.js'
import { integer, loader } from '../value/load.js'
import type { Scalar } from '../value/scalar.js'
import type { Family, ValueType } from '../value/value-type.js'

const RANGES: ReadonlyMap<string, readonly [least: bigint, most: bigint]> = new Map([
  ['Edm.Byte', [0n, 255n]],
  ['Edm.SByte', [-128n, 127n]],
  ['Edm.Int16', [-(2n ** 15n), 2n ** 15n - 1n]],
  ['Edm.Int32', [-(2n ** 31n), 2n ** 31n - 1n]],
  ['Edm.Int64', [-(2n ** 63n), 2n ** 63n - 1n]]
])

/** A value as one of another primitive type, null where that cannot be (documented: OData 4.01 URL Conventions 5.1.1.10.1). */
export function cast(value: Scalar, from: Family, to: ValueType): Scalar {
  if (value === null || (from === to.family && from !== 'integer')) return value
  if (to.family === 'string') return textOf(value, from)
  if (from === 'dateTimeOffset' && to.family === 'date') return String(value).slice(0, 10)
  if (from === 'date' && to.family === 'dateTimeOffset') return convert(value, from, 'dateTimeOffset')
  if (typeof value === 'string') return fromText(value, to)
  if (!isNumber(value, from)) return null
  if (to.family === 'integer') return whole(value, to.name)
  return to.family === 'decimal' || to.family === 'double' ? convert(value, from, to.family) : null
}

function isNumber(value: Scalar, family: Family): value is number | bigint | Decimal {
  return value instanceof Decimal || family === 'integer' || family === 'double'
}

/** Enumerations and durations are kept as values, of which nothing here can make the text again. */
function textOf(value: Scalar, from: Family): string | null {
  return from === 'enum' || from === 'duration' ? null : String(value)
}

function fromText(text: string, to: ValueType): Scalar {
  switch (to.family) {
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : null
    case 'dateTimeOffset':
      return instantKey(text) === null ? null : text
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) ? text : null
    case 'integer': {
      const number = loader(to)(text)
      return number === null ? null : whole(number as number | bigint, to.name)
    }
    default:
      return loader(to)(text)
  }
}

/** Without its fraction; null outside the range of the type. */
function whole(value: number | bigint | Decimal, type: string): Scalar {
  const exact = exactly(value)
  const [least, most] = RANGES.get(type) as readonly [bigint, bigint]
  return exact !== null && exact >= least && exact <= most ? integer(exact) : null
}

function exactly(value: number | bigint | Decimal): bigint | null {
  if (value instanceof Decimal) return value.truncate()
  if (typeof value === 'bigint') return value
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : null
}
