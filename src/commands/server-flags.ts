import { Type } from '@sinclair/typebox'
import { Options } from '../options.js'

/** Flags of every command that asks a running server. */
export const serverFlags = {
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
