import { Type, type Static } from '@sinclair/typebox'
import { oneOf } from '../lib/schemas.js'

/**
 * The evidence of a behaviour: Microsoft's documentation, a capture of the live service, or a reasoned guess; modelled is
 * what follows from published types and OData's rules alone.
 */
export const grades = ['documented', 'observed', 'assumed', 'modelled'] as const
export const Evidence = oneOf(grades, {
  description:
    "documented by Microsoft, observed of the live service, assumed, or modelled on published types and OData's rules."
})
export type Evidence = Static<typeof Evidence>

/** One row of the support table, declared next to the code that it describes. */
export const Behaviour = Type.Object({
  behaviour: Type.String(),
  evidence: Evidence,
  source: Type.String({ description: 'Page, issue (`repository#number`) or section of a specification.' })
})
export type Behaviour = Readonly<Static<typeof Behaviour>>
