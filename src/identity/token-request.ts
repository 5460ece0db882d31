import { Type, type Static } from '@sinclair/typebox'
import { MAX_TOKEN_RULES } from '../faults/limits.js'
import { FaultRule } from '../faults/rule.js'
import { tenantGuid, tenantName } from '../lib/guid.js'
import { closedObject, oneOf } from '../lib/schemas.js'

/** A token to mint: of `POST /_mock/tokens`, `msgraph-mock token`, the in-process API and the fixture. */
export const TokenRequest = closedObject(
  {
    tenantId: Type.Optional(
      tenantName({ description: 'Tenant GUID, or "default". A new GUID is a new, isolated tenant.' })
    ),
    kind: Type.Optional(
      oneOf(['delegated', 'application', 'personal'], {
        description: 'Whom the token speaks for: delegated (default), application or personal.'
      })
    ),
    scopes: Type.Optional(
      Type.Array(Type.String(), { description: 'Delegated permissions. Default: all that any route asks for.' })
    ),
    roles: Type.Optional(
      Type.Array(Type.String(), { description: 'Application permissions. Default: all that any route asks for.' })
    ),
    appId: Type.Optional(Type.String({ description: 'Client id of the application (claim appid).' })),
    expiresIn: Type.Optional(
      Type.Integer({
        minimum: -(2 ** 31),
        maximum: 2 ** 31 - 1,
        description: 'Lifetime in seconds; negative for an expired token. Default: 3599.'
      })
    ),
    audience: Type.Optional(Type.String({ description: 'Claim aud. Default: https://graph.microsoft.com.' })),
    issuer: Type.Optional(Type.String({ description: 'Claim iss. Default: https://sts.windows.net/{tenant}/.' })),
    signature: Type.Optional(
      oneOf(['valid', 'invalid', 'foreign', 'none'], {
        description: 'valid (default), invalid (known key, wrong bytes), foreign (unknown key) or none (unsigned).'
      })
    ),
    faults: Type.Optional(
      Type.Array(FaultRule, {
        maxItems: MAX_TOKEN_RULES,
        description: 'Fault rules for the requests of this token (claim mock_faults).'
      })
    ),
    claims: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Claims to add or replace; null removes one.' })
    )
  },
  { title: 'TokenRequest' }
)
export type TokenRequest = Static<typeof TokenRequest>

/** 201 of `POST /_mock/tokens`: the members of an OAuth 2.0 token response, and the tenant. */
export const TokenResponse = closedObject(
  {
    access_token: Type.String(),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Seconds from now.' }),
    tenant_id: tenantGuid
  },
  { title: 'TokenResponse' }
)
export type TokenResponse = Static<typeof TokenResponse>
