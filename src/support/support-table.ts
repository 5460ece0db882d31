import { Type, type Static } from '@sinclair/typebox'
import type { RouteOptions } from 'fastify'
import { Behaviour } from './behaviour.js'

/** A behaviour, and the route or the setting that it belongs to. */
export const SupportRow = Type.Object(
  { subject: Type.String({ description: 'Route or setting that it belongs to.' }), ...Behaviour.properties },
  { additionalProperties: false, title: 'SupportRow' }
)
export type SupportRow = Readonly<Static<typeof SupportRow>>

/** What this mock does and what each bit of it rests on. Every Graph route adds its part as it is declared. */
export class SupportTable {
  readonly #rows: SupportRow[] = []

  add(subject: string, behaviours: readonly Behaviour[]): void {
    for (const { behaviour, evidence, source } of behaviours) {
      this.#rows.push({ subject, behaviour, evidence, source })
    }
  }

  /** An `onRoute` hook. @throws Error when a route says nothing of what it rests on, which stops the boot */
  addRoute({ method, url, config }: RouteOptions): void {
    if (method === 'HEAD') return
    if (!config?.support) throw new Error(`${String(method)} ${url} declares no config.support`)
    this.add(`${String(method)} ${url}`, config.support)
  }

  rows(): readonly SupportRow[] {
    return this.#rows
  }
}
