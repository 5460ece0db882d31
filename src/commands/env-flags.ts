import { Type, type Static } from '@sinclair/typebox'
import { sdkNames } from '../connect/sdk-names.js'

/** Flags of `msgraph-mock env`. */
export const EnvFlags = Type.Object(
  {
    sdk: Type.Union(
      sdkNames.map((name) => Type.Literal(name)),
      { description: 'Client to connect.' }
    ),
    url: Type.Optional(
      Type.String({ placeholder: 'URL', description: 'Server to ask. (MSGRAPH_MOCK_URL, else http://127.0.0.1:8365)' })
    )
  },
  { additionalProperties: false }
)
export type EnvFlags = Static<typeof EnvFlags>
