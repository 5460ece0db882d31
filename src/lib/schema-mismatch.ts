import type { TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError, type ValueErrorIterator } from '@sinclair/typebox/errors'
import { describeValues } from './schema-values.js'

/** A sentence on the first mismatch: the path of the member with dots, and what is expected there. */
export function explainMismatch(errors: ValueErrorIterator): string {
  const error = decisive(errors)
  const path = error.path.slice(1).split('/').map(unescape).join('.')
  return `${path === '' ? 'the document' : path} ${expectation(error)}`
}

/** Only so many mismatches are looked at, because each takes time, and one is reported. */
const MAX_ERRORS = 50

function first(errors: ValueErrorIterator, count: number): ValueError[] {
  const taken: ValueError[] = []
  for (const error of errors) {
    taken.push(error)
    if (taken.length === count) break
  }
  return taken
}

/** Prefers an unknown member; in a union with an object, the mismatch within that object. */
function decisive(errors: ValueErrorIterator): ValueError {
  const all = first(errors, MAX_ERRORS)
  const error: ValueError =
    all.find(({ type }) => type === ValueErrorType.ObjectAdditionalProperties) ?? (all[0] as ValueError)
  if (error.type !== ValueErrorType.Union || typeof error.value !== 'object' || error.value === null) return error
  const at = (error.schema['anyOf'] as TSchema[]).findIndex((member) => member['type'] === 'object')
  const inner = error.errors[at]
  return inner ? decisive(inner) : error
}

function expectation({ type, schema }: ValueError): string {
  switch (type) {
    case ValueErrorType.ObjectAdditionalProperties:
      return 'is not a known member'
    case ValueErrorType.ObjectRequiredProperty:
      return 'is missing'
    case ValueErrorType.IntegerMinimum:
    case ValueErrorType.NumberMinimum:
      return `must be at least ${String(schema['minimum'])}`
    case ValueErrorType.IntegerMaximum:
    case ValueErrorType.NumberMaximum:
      return `must be at most ${String(schema['maximum'])}`
    case ValueErrorType.StringMinLength:
      return `must have at least ${counted(schema['minLength'], 'character')}`
    case ValueErrorType.StringMaxLength:
      return `must have at most ${counted(schema['maxLength'], 'character')}`
    case ValueErrorType.ArrayMinItems:
      return `must have at least ${counted(schema['minItems'], 'item')}`
    case ValueErrorType.ArrayMaxItems:
      return `must have at most ${counted(schema['maxItems'], 'item')}`
    case ValueErrorType.ObjectMinProperties:
      return `must have at least ${counted(schema['minProperties'], 'member')}`
    case ValueErrorType.StringPattern:
      return 'expected' in schema ? `must be ${describeValues(schema)}` : `must match ${String(schema['pattern'])}`
    default:
      return `must be ${describeValues(schema)}`
  }
}

function counted(count: unknown, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}

function unescape(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~')
}
