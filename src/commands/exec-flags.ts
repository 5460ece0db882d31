import { Type } from '@sinclair/typebox'
import { Options } from '../options.js'

/** Flags of `msgraph-mock exec`: its own, and those of `serve`. The command itself says when it is ready. */
export const ExecFlags = Type.Object(
  {
    intercept: Type.Optional(
      Type.Boolean({
        description: 'Answer as graph.microsoft.com and login.microsoftonline.com, by being their proxy.'
      })
    ),
    failOn: Type.Optional(
      Type.Literal('unmatched', {
        placeholder: 'unmatched',
        description: 'Exit with 1 when the command succeeds, but called a Graph path that the mock lacks.'
      })
    ),
    ...Type.Omit(Options, ['readyFile']).properties,
    port: Type.Integer({ ...Options.properties.port, default: 0 })
  },
  { additionalProperties: false }
)
