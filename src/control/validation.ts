import type { TSchema } from '@sinclair/typebox'
import type { FastifySchemaCompiler } from 'fastify'
import { lazyCheck } from '../lazy-check.js'
import { explainMismatch } from '../schema-mismatch.js'
import { Problem } from './problem.js'

/** Fastify's validator compiler for the control surface. No body, which Fastify hands over as `null`, counts as `{}`. */
export const controlValidator: FastifySchemaCompiler<TSchema> = ({ schema }) => {
  const check = demand(schema)
  return (value: unknown) => {
    check(value ?? {})
    return true
  }
}

/** A function that throws a Problem 400, whose detail names the member, for a value that does not fit the schema. */
export function demand(schema: TSchema): (value: unknown) => void {
  const check = lazyCheck(schema)
  return (value) => {
    if (!check.accepts(value)) throw new Problem(400, `${explainMismatch(check.errors(value))}.`)
  }
}
