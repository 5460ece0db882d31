import { Type, type Static } from '@sinclair/typebox'
import { TokenRequest } from '../identity/token-request.js'
import { serverFlags } from './server-flags.js'

const { tenantId, scopes, roles, faults, claims, ...same } = TokenRequest.properties

/** Flags of `msgraph-mock token`: the members of a token request, those that repeat in the singular. */
export const TokenFlags = Type.Object(
  {
    ...serverFlags,
    tenant: Type.Optional(Type.String({ placeholder: 'GUID', ...describe(tenantId) })),
    scope: Type.Optional(Type.Array(Type.String(), { placeholder: 'NAME', ...describe(scopes, ' May be repeated.') })),
    role: Type.Optional(Type.Array(Type.String(), { placeholder: 'NAME', ...describe(roles, ' May be repeated.') })),
    ...same,
    faults: Type.Optional(Type.String({ placeholder: 'JSON', ...describe(faults) })),
    claims: Type.Optional(Type.String({ placeholder: 'JSON', ...describe(claims) }))
  },
  { additionalProperties: false }
)
export type TokenFlags = Static<typeof TokenFlags>

function describe({ description = '' }: { description?: string }, addition = ''): { description: string } {
  return { description: description + addition }
}
