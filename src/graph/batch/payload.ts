import { Type, type Static } from '@sinclair/typebox'
import { lazyCheck } from '../../lib/lazy-check.js'
import { explainMismatch } from '../../lib/schema-mismatch.js'
import { badRequest, type GraphError } from '../errors.js'
import { orNull } from '../../lib/schemas.js'

/** Unknown members are ignored (OData JSON Format 4.01, 19.1). */
const BatchPayload = Type.Object({
  requests: Type.Array(
    Type.Object({
      id: Type.String({ minLength: 1 }),
      method: Type.String(),
      url: Type.String({ minLength: 1 }),
      headers: Type.Optional(orNull(Type.Record(Type.String(), Type.String()))),
      body: Type.Optional(Type.Unknown()),
      dependsOn: Type.Optional(orNull(Type.Array(Type.String())))
    }),
    { minItems: 1 }
  )
})
export type BatchPayload = Static<typeof BatchPayload>

const check = lazyCheck(BatchPayload)

/** @throws GraphError 400 `Invalid batch payload format.` (captured for an empty batch, msgraph-sdk-javascript#1451) */
export function demandBatchPayload(payload: unknown): BatchPayload {
  if (!check.accepts(payload)) throw malformed(`${explainMismatch(check.errors(payload))}.`)
  return payload as BatchPayload
}

export function malformed(reason: string): GraphError {
  return badRequest('Invalid batch payload format.', reason)
}
