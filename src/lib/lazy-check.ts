import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import type { ValueErrorIterator } from '@sinclair/typebox/errors'

export interface Check {
  accepts(value: unknown): boolean
  errors(value: unknown): ValueErrorIterator
}

/** A check by a schema, compiled at its first use, so that it takes no time at start. */
export function lazyCheck(schema: TSchema): Check {
  let compiled: TypeCheck<TSchema> | undefined
  const check = () => (compiled ??= TypeCompiler.Compile(schema))
  return {
    accepts: (value) => check().Check(value),
    errors: (value) => check().Errors(value)
  }
}
