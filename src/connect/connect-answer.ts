import { Type, type Static } from '@sinclair/typebox'
import { closedObject } from '../lib/schemas.js'

const lines = (description: string) => Type.Array(Type.String(), { description })

/** 200 of `GET /_mock/connect/{sdk}`. */
export const ConnectAnswer = closedObject({
  sdk: Type.String(),
  language: Type.String(),
  isRun: Type.Boolean({ description: "Whether msgraph-mock's own tests run these very lines." }),
  notes: lines('What to know before.'),
  shell: lines('Commands that make the runtime trust the certificate authority.'),
  code: Type.String({ description: 'The program; empty where the shell does it all.' })
})
export type ConnectAnswer = Static<typeof ConnectAnswer>
