import type { TSchema } from '@sinclair/typebox'
import type { FastifySchemaCompiler } from 'fastify'
import { lazyCheck } from '../lazy-check.js'
import { explainMismatch } from '../schema-mismatch.js'
import { Problem } from './problem.js'

/** Fastify's validator compiler for the control surface: 400, with a detail that names the member. */
export const controlValidator: FastifySchemaCompiler<TSchema> = ({ schema }) => {
  const check = validated(schema)
  return (value: unknown) => {
    check(value ?? {})
    return true
  }
}

/** Gives a value back as what the schema says it is. @throws Problem 400 */
export function validated(schema: TSchema): <Value>(value: unknown) => Value {
  const check = lazyCheck(schema)
  return <Value>(value: unknown) => {
    if (!check.accepts(value)) throw new Problem(400, `${explainMismatch(check.errors(value))}.`)
    return value as Value
  }
}
