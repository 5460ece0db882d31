import { Type, type Static } from '@sinclair/typebox'
import { Behaviour, grades, type Evidence } from './behaviour.js'
import { closedObject } from '../lib/schemas.js'

/** A behaviour, and the route or the setting that it belongs to. */
export const SupportRow = closedObject(
  { subject: Type.String({ description: 'Route or setting that it belongs to.' }), ...Behaviour.properties },
  { title: 'SupportRow' }
)
export type SupportRow = Readonly<Static<typeof SupportRow>>

/** What this mock does, with the evidence for it. */
export class SupportTable {
  readonly #rows: SupportRow[] = []

  add(subject: string, behaviours: readonly Behaviour[]): void {
    for (const { behaviour, evidence, source } of behaviours) {
      this.#rows.push({ subject, behaviour, evidence, source })
    }
  }

  rows(): readonly SupportRow[] {
    return this.#rows
  }

  /** How many rows there are of each grade. */
  counts(): Readonly<Record<Evidence, number>> {
    const counts = grades.map((grade) => [grade, this.#rows.filter(({ evidence }) => evidence === grade).length])
    return Object.fromEntries(counts) as Record<Evidence, number>
  }
}
