import { KindGuard, type TObject, type TSchema } from '@sinclair/typebox'
import type { FastifySchemaCompiler } from 'fastify'
import { lazyCheck } from '../lib/lazy-check.js'
import { explainMismatch } from '../lib/schema-mismatch.js'
import { Problem } from './problem.js'
import { convertQuery } from './query.js'

/**
 * Fastify's validator compiler for the control surface. A missing body counts as `{}` where its schema is `Type.Optional`;
 * numbers and booleans in a query are converted.
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
      return (body) => {
        // Fastify passes null where there is no body.
        if (body !== null) return check(body)
        if (KindGuard.IsOptional(schema)) return check({})
        throw new Problem(400, 'The body is missing; send JSON.')
      }
    }
  }
}

/**
 * A function that returns a value that is valid by the schema.
 *
 * @param prefix what stands before the name of a member in a refusal
 * @throws Problem 400 or as `status` says, whose detail names the member
 */
export function demand(schema: TSchema, prefix = '', status = 400): (value: unknown) => unknown {
  const check = lazyCheck(schema)
  return (value) => {
    if (check.accepts(value)) return value
    throw new Problem(status, `${prefix}${explainMismatch(check.errors(value))}.`)
  }
}
