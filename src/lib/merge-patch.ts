import { KindGuard, Type, type TProperties, type TSchema } from '@sinclair/typebox'
import { closedObject } from './schemas.js'
import { isJsonObject } from './json.js'

/** JSON Merge Patch (RFC 7396): members of `patch` replace, `null` removes, objects merge. The caller bounds the depth. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch
  const merged = new Map(Object.entries(isJsonObject(target) ? target : {}))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value))
  }
  return Object.fromEntries(merged)
}

/**
 * The schema of a merge patch for documents of a schema: every member may be left out, and an optional one may also be `null`,
 * which removes it.
 */
export function mergePatchSchema(schema: TSchema): TSchema {
  const title = schema.title === undefined ? {} : { title: `${schema.title}Patch` }
  if (KindGuard.IsUnion(schema)) return { ...schema, ...title, anyOf: schema.anyOf.map(mergePatchSchema) }
  if (!KindGuard.IsObject(schema)) return schema
  const members = Object.entries(schema.properties).map(([name, member]) => {
    const patch = mergePatchSchema(member)
    return [name, Type.Optional(KindGuard.IsOptional(member) ? nullable(patch) : patch)]
  })
  return closedObject(Object.fromEntries(members) as TProperties, title)
}

/** Whether `null` is a value of the schema. */
export function takesNull({ anyOf }: TSchema): boolean {
  return Array.isArray(anyOf) && anyOf.some((member: TSchema) => member['type'] === 'null')
}

function nullable(schema: TSchema): TSchema {
  return takesNull(schema) ? schema : Type.Union([Type.Null(), schema])
}
