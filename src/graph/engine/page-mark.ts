import type { BoundOrder } from '../odata/query/bind/bound-query.js'
import { badPageToken } from './engine-error.js'
import type { Held } from './place.js'
import { isObject } from './json-object.js'
import type { JsonObject } from '../../tenants/entities/entity.js'

/**
 * The last entity of a page, as `$skiptoken` keeps it: enough to go on behind it, whatever was written since, also where
 * it was itself changed or deleted.
 */
export interface PageMark {
  /** Which of the collections that are read as one. */
  readonly collection: number
  /** In the order of creation or linking. */
  readonly position: number
  /** The properties that it was ordered by, as they were; without them it is looked for where it stands now. */
  readonly values?: JsonObject
}

/** Longer texts are cut: what is alike so far may come twice. */
const LONGEST_TEXT = 256

/** The text of a mark. It is opaque to clients. */
export function writeMark({ collection, position, values }: PageMark): string {
  return Buffer.from(JSON.stringify([collection, position, ...(values ? [values] : [])])).toString('base64url')
}

/** @throws EngineError for what no page was told by */
export function readMark(token: string): PageMark {
  const [collection, position, values, ...others] = parsed(token)
  if (!isCount(collection) || !isCount(position) || others.length > 0) throw badPageToken()
  if (values === undefined) return { collection, position }
  if (!isObject(values)) throw badPageToken()
  return { collection, position, values }
}

/** A token is of the characters of base64url; other texts would be read in part. */
const TOKEN = /^[\w-]{1,65536}$/

function parsed(token: string): readonly unknown[] {
  if (!TOKEN.test(token)) throw badPageToken()
  try {
    const parts = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown
    return Array.isArray(parts) ? (parts as unknown[]) : []
  } catch {
    return []
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** The values of an entity that an order goes by; nothing where it goes by more than properties. */
export function orderValues({ entity }: Held, order: readonly BoundOrder[]): JsonObject | undefined {
  const values: Record<string, unknown> = {}
  for (const { by } of order) {
    const [first] = by.kind === 'path' ? by.steps : []
    if (by.kind !== 'path' || first?.kind !== 'property' || by.steps.some(({ kind }) => kind === 'navigation'))
      return undefined
    values[first.name] = shortened(entity.properties[first.name])
  }
  return values
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT)
  if (!isObject(value)) return Array.isArray(value) ? [] : value
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 32)
      .map(([name, one]) => [name, isObject(one) ? {} : shortened(one)])
  )
}
