import { Type } from '@sinclair/typebox'
import { Options } from '../options.js'

/** Flags of `msgraph-mock ca`. */
export const CaFlags = Type.Object({ caDir: Options.properties.caDir }, { additionalProperties: false })
