import { Type, type Static } from '@sinclair/typebox'
import { sdkNames } from '../connect/sdk-names.js'
import { TokenRequest } from '../identity/token-request.js'
import { closedObject, oneOf } from '../lib/schemas.js'
import { Options } from '../options.js'

/** Flags of every command that asks a running server. */
const clientFlags = {
  url: Type.Optional(
    Type.String({ placeholder: 'URL', description: 'Server to ask. (MSGRAPH_MOCK_URL, else http://127.0.0.1:8365)' })
  ),
  controlToken: Type.Optional(
    Type.String({
      ...Options.properties.controlToken,
      description: 'What the server was given as --control-token. (MSGRAPH_MOCK_CONTROL_TOKEN)'
    })
  )
}

/** Flags of `msgraph-mock ca`. */
export const CaFlags = closedObject({ caDir: Options.properties.caDir })

/** Flags of `msgraph-mock env`. */
export const EnvFlags = closedObject({ sdk: oneOf(sdkNames, { description: 'Client to connect.' }), ...clientFlags })
export type EnvFlags = Static<typeof EnvFlags>

/** What can make `exec` fail although its command succeeds. */
export const FAILURES = ['unmatched', 'modelled'] as const
export type Failure = (typeof FAILURES)[number]

/** Flags of `msgraph-mock exec`: its own, and those of `serve` but `--ready-file`. */
export const ExecFlags = closedObject({
  intercept: Type.Optional(
    Type.Boolean({
      description: 'Answer as graph.microsoft.com and login.microsoftonline.com, by being their proxy.'
    })
  ),
  failOn: Type.Optional(
    Type.Array(oneOf(FAILURES), {
      placeholder: FAILURES.join('|'),
      description:
        'Exit with 1 when the command succeeds, but called a Graph path that the mock lacks, or got a modelled answer. May be repeated.'
    })
  ),
  ...Type.Omit(Options, ['readyFile']).properties,
  port: Type.Integer({ ...Options.properties.port, default: 0 })
})

const { tenantId, scopes, roles, faults, claims, ...others } = TokenRequest.properties

/** Flags of `msgraph-mock token`: the members of a token request; one that may be repeated has a name in the singular. */
export const TokenFlags = closedObject({
  ...clientFlags,
  tenant: Type.Optional(Type.String({ placeholder: 'GUID', ...described(tenantId) })),
  scope: Type.Optional(Type.Array(Type.String(), { placeholder: 'NAME', ...described(scopes, ' May be repeated.') })),
  role: Type.Optional(Type.Array(Type.String(), { placeholder: 'NAME', ...described(roles, ' May be repeated.') })),
  ...others,
  faults: Type.Optional(Type.String({ placeholder: 'JSON', ...described(faults) })),
  claims: Type.Optional(Type.String({ placeholder: 'JSON', ...described(claims) }))
})
export type TokenFlags = Static<typeof TokenFlags>

function described({ description = '' }: { description?: string }, addition = ''): { description: string } {
  return { description: description + addition }
}
