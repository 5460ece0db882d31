import type { Scalar } from './scalar.js'
import type { ValueType } from './value-type.js'
import type { EnumInfo } from '../type-model.js'
import { Decimal } from './decimal.js'
import { durationTicks, timeKey } from './instant.js'

const INTEGER = /^-?\d{1,19}$/
const TIME = /^\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?$/

/** Reads a value as it stands in an entity, that is in Graph's JSON. */
export type Loader = (value: unknown) => Scalar

/**
 * How a single property of a type is read. What does not fit its type is `null`, as is what is missing. Large integers
 * and decimals may be JSON strings (OData JSON Format 4.01, 3.2: IEEE754Compatible).
 */
export function loader({ family, enumeration }: ValueType): Loader {
  switch (family) {
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : null)
    case 'string':
    case 'date':
    case 'dateTimeOffset':
      return (value) => (typeof value === 'string' ? value : null)
    case 'integer':
      return (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : otherInteger(value))
    case 'decimal':
      return (value) => (typeof value === 'number' || typeof value === 'string' ? Decimal.from(value) : null)
    case 'double':
      return (value) => (typeof value === 'number' ? value : text(value, doubleOf))
    case 'guid':
      return (value) => text(value, (guid) => guid.toLowerCase())
    case 'timeOfDay':
      return (value) => text(value, (time) => (TIME.test(time) ? timeKey(time) : null))
    case 'duration':
      return (value) => text(value, durationTicks)
    case 'binary':
      return (value) => text(value, plainBase64)
    case 'enum':
      return (value) => text(value, (members) => enumValue(members, enumeration as EnumInfo))
    default:
      return (value) =>
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  }
}

function text(value: unknown, read: (text: string) => Scalar): Scalar {
  return typeof value === 'string' ? read(value) : null
}

/** Exact, and a number where that is possible, so that equal integers are alike. */
export function integer(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function otherInteger(value: unknown): number | bigint | null {
  if (typeof value === 'string' && INTEGER.test(value)) return integer(BigInt(value))
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null
}

/** Of a literal or a JSON string. */
export function doubleOf(text: string): number | null {
  if (text === 'INF' || text === '-INF') return text === 'INF' ? Infinity : -Infinity
  const number = Number(text)
  return text === 'NaN' || (text.trim() !== '' && !Number.isNaN(number)) ? number : null
}

/** Base64 of either alphabet, without padding. */
export function plainBase64(text: string): string {
  return text
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')
}

/**
 * The value of the members that are named, separated by commas. NaN, which equals nothing, where one is unknown: a
 * fixture may hold members that are newer than the model.
 */
export function enumValue(text: string, enumeration: EnumInfo): number {
  if (!text.includes(',')) return enumeration.value(text) ?? NaN
  let flags = 0n
  for (const member of text.split(',')) {
    const value = enumeration.value(member.trim())
    if (value === undefined) return NaN
    flags |= BigInt(value)
  }
  return Number(flags)
}
