import { Problem } from './problem.js'

/** The documents patched here are a few levels deep; a deeper patch is a mistake, or an attack on the stack. */
const MAX_DEPTH = 16

/** JSON Merge Patch (RFC 7396): members of `patch` replace, `null` removes, objects merge. */
export function mergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isObject(patch)) return patch
  if (depth === MAX_DEPTH) throw new Problem(400, `The patch is nested deeper than ${String(MAX_DEPTH)} objects.`)
  const merged = new Map(Object.entries(isObject(target) ? target : {}))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value, depth + 1))
  }
  return Object.fromEntries(merged)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
