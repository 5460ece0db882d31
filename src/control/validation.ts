import type { TObject, TSchema } from '@sinclair/typebox'
import type { FastifySchemaCompiler } from 'fastify'
import { lazyCheck } from '../lazy-check.js'
import { explainMismatch } from '../schema-mismatch.js'
import { Problem } from './problem.js'
import { convertQuery } from './query.js'

/**
 * Fastify's validator compiler for the control surface. No body counts as `{}`; of a query, numbers and booleans are
 * read as such.
 */
export const controlValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const read = reader(schema, httpPart)
  return (value: unknown) => {
    try {
      return { value: read(value) }
    } catch (error) {
      return { error: error as Problem }
    }
  }
}

function reader(schema: TSchema, httpPart: string | undefined): (value: unknown) => unknown {
  switch (httpPart) {
    case 'params':
      return demand(schema, 'path parameter ')
    case 'querystring': {
      const check = demand(schema, 'query parameter ')
      return (query) => check(convertQuery(query as Record<string, string>, schema as TObject))
    }
    default: {
      const check = demand(schema)
      // Fastify hands over no body as null.
      return (body) => check(body ?? {})
    }
  }
}

/**
 * A function that gives back a value that fits the schema.
 *
 * @param kind what stands before the name of a member in a refusal
 * @throws Problem 400, whose detail names the member
 */
export function demand(schema: TSchema, kind = ''): (value: unknown) => unknown {
  const check = lazyCheck(schema)
  return (value) => {
    if (check.accepts(value)) return value
    throw new Problem(400, `${kind}${explainMismatch(check.errors(value))}.`)
  }
}
