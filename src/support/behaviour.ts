/** What a behaviour rests on: Microsoft's documentation, a capture of the live service, or a reasoned guess. */
export type Evidence = 'documented' | 'observed' | 'assumed'

/** One row of the support table. Each stands with the code that it speaks of. */
export interface Behaviour {
  readonly behaviour: string
  readonly evidence: Evidence
  /** Page, issue (`repository#number`) or section of a specification. */
  readonly source: string
}
