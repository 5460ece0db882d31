import { Type, type Static } from '@sinclair/typebox'
import { sdkNames } from '../connect/sdk-names.js'
import { serverFlags } from './server-flags.js'

/** Flags of `msgraph-mock env`. */
export const EnvFlags = Type.Object(
  {
    sdk: Type.Union(
      sdkNames.map((name) => Type.Literal(name)),
      { description: 'Client to connect.' }
    ),
    ...serverFlags
  },
  { additionalProperties: false }
)
export type EnvFlags = Static<typeof EnvFlags>
