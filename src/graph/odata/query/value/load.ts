import type { Scalar } from './scalar.js'
import type { ValueType } from './value-type.js'
import type { EnumInfo } from '../type-model.js'
import { Decimal } from './decimal.js'
import { durationTicks, timeKey } from './instant.js'

const INTEGER = /^-?\d{1,19}$/
const TIME = /^\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?$/

/**
 * The value of a single property as it stands in an entity, that is in Graph's JSON, as expressions take it. What does
 * not fit its type is `null`, as is what is missing. Large integers and decimals may be JSON strings (OData JSON Format
 * 4.01, 3.2: IEEE754Compatible).
 */
export function load(value: unknown, { family, enumeration }: ValueType): Scalar {
  if (value === null || value === undefined) return null
  switch (family) {
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'string':
    case 'date':
    case 'dateTimeOffset':
      return typeof value === 'string' ? value : null
    case 'integer':
      return loadInteger(value)
    case 'decimal':
      return typeof value === 'number' || typeof value === 'string' ? Decimal.from(value) : null
    case 'double':
      return loadDouble(value)
    case 'guid':
      return typeof value === 'string' ? value.toLowerCase() : null
    case 'timeOfDay':
      return typeof value === 'string' && TIME.test(value) ? timeKey(value) : null
    case 'duration':
      return typeof value === 'string' ? durationTicks(value) : null
    case 'binary':
      return typeof value === 'string' ? plainBase64(value) : null
    case 'enum':
      return typeof value === 'string' && enumeration ? enumValue(value, enumeration) : null
    default:
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  }
}

/** Exact, and a number where that is possible, so that equal integers are alike. */
export function integer(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function loadInteger(value: unknown): number | bigint | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null
  return typeof value === 'string' && INTEGER.test(value) ? integer(BigInt(value)) : null
}

function loadDouble(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return null
  return doubleOf(value)
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
