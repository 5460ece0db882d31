import type { TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError, type ValueErrorIterator } from '@sinclair/typebox/errors'

/** One sentence on the first mismatch: the member's path in dots, and what is expected there. */
export function explainMismatch(errors: ValueErrorIterator): string {
  const error = decisive(errors)
  const path = error.path.slice(1).split('/').map(unescape).join('.')
  return `${path === '' ? 'the document' : path} ${expectation(error)}`
}

/** More mismatches than these are not looked at: each costs time, and one is told. */
const MAX_ERRORS = 50

function first(errors: ValueErrorIterator, count: number): ValueError[] {
  const taken: ValueError[] = []
  for (const error of errors) {
    taken.push(error)
    if (taken.length === count) break
  }
  return taken
}

/** An unknown member before all else; within a union of an object and others, what is wrong with an object. */
function decisive(errors: ValueErrorIterator): ValueError {
  const all = first(errors, MAX_ERRORS)
  const error: ValueError =
    all.find(({ type }) => type === ValueErrorType.ObjectAdditionalProperties) ?? (all[0] as ValueError)
  if (error.type !== ValueErrorType.Union || typeof error.value !== 'object' || error.value === null) return error
  const at = (error.schema['anyOf'] as TSchema[]).findIndex((member) => member['type'] === 'object')
  const inner = error.errors[at]
  return inner ? decisive(inner) : error
}

function expectation({ type, schema, message }: ValueError): string {
  switch (type) {
    case ValueErrorType.ObjectAdditionalProperties:
      return 'is not a known member'
    case ValueErrorType.ObjectRequiredProperty:
      return 'is missing'
    case ValueErrorType.Literal:
      return `must be ${JSON.stringify(schema['const'])}`
    case ValueErrorType.Union:
      return `must be one of ${literals(schema).join(', ')}`
    case ValueErrorType.StringFormat:
      return `must be ${FORMATS[String(schema['format'])] as string}`
    case ValueErrorType.StringPattern:
      return `must match ${String(schema['pattern'])}`
    default:
      return `is wrong: ${message.toLowerCase()}`
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'an instant such as 2017-01-01T00:02:49Z',
  duration: 'an ISO 8601 duration such as PT10M',
  'http-origin': 'an origin such as https://mock.example:8365'
}

function literals(schema: TSchema): string[] {
  return (schema['anyOf'] as TSchema[]).map((member) => JSON.stringify(member['const'] ?? member.type))
}

function unescape(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~')
}
