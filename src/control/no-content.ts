import { Type } from '@sinclair/typebox'

/** `response: { 204: NoContent }`: an answer without a body. */
export const NoContent = Type.Unsafe<undefined>(Type.Null({ description: 'Done.' }))
