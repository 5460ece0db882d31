import { Type, type Static } from '@sinclair/typebox'
import { MAX_TOKEN_RULES } from '../faults/limits.js'
import { FaultRule } from '../faults/rule.js'
import { closedObject, oneOf } from '../lib/schemas.js'
import { guid, tenantName } from '../lib/guid.js'

const names = (description: string) => Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description }))

/** A client secret: its text alone, or with the instant from which it is expired. */
const Secret = closedObject({
  secretText: Type.String({ minLength: 1 }),
  endDateTime: Type.Optional(Type.String({ format: 'date-time', description: 'Expired from then on.' }))
})

/** An application registration of the fixture: its credentials are checked, and it has only these permissions. */
export const Application = closedObject({
  appId: Type.String({ minLength: 1, description: 'Client id.' }),
  displayName: Type.Optional(Type.String({ minLength: 1 })),
  secrets: Type.Optional(
    Type.Array(Secret, { description: 'Client secrets. With a secret or a certificate it is a confidential client.' })
  ),
  certificates: names('Certificates or public keys, in PEM, that client assertions are verified with.'),
  permissions: Type.Optional(
    closedObject(
      {
        roles: names('Application permissions on Graph, and on its own API; * for every one of Graph.'),
        scopes: names('Delegated permissions on Graph that its users have consented to; * for every one.')
      },
      { description: 'Default: none.' }
    )
  ),
  redirectUris: names('Redirect URIs; of http://localhost any port will do.'),
  faults: Type.Optional(
    Type.Array(FaultRule, {
      maxItems: MAX_TOKEN_RULES,
      description: 'Fault rules that the tokens of this application carry.'
    })
  ),
  identifierUris: names(
    'Names of its own API, beside its appId and api://{appId}, in scopes and as the audience of tokens.'
  )
})
export type Application = Static<typeof Application>

/** A user of the fixture, known in every tenant. */
export const User = closedObject({
  id: guid({ description: 'Object id.' }),
  userPrincipalName: Type.String({ pattern: /^[^@\s]+@[^@\s]+$/.source }),
  displayName: Type.String({ minLength: 1 }),
  password: Type.Optional(Type.String({ minLength: 1, description: 'Default: any password is right.' }))
})
export type User = Static<typeof User>

/** The members of a fixture about users, applications and domains. Those left out are as in the default fixture. */
export const directoryMembers = {
  users: Type.Optional(
    Type.Array(User, {
      minItems: 1,
      description: 'Who can sign in, in any tenant; tokens minted by name of nobody are the first one’s.'
    })
  ),
  applications: Type.Optional(
    Type.Array(Application, {
      description: 'Registered applications; the first is the client of tokens that name none.'
    })
  ),
  unknownApplications: Type.Optional(
    oneOf(['accept', 'reject'], {
      description:
        'An application that is not listed: accept (default) it with any secret and all permissions, or reject it and its API.'
    })
  ),
  domains: Type.Optional(
    Type.Record(Type.String(), tenantName(), {
      description: 'Tenant GUID, or "default", by domain name: https://HOST/{domain}/oauth2/v2.0/token.'
    })
  )
}
