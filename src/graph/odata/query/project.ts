import type { Selection } from './bind/selection.js'

/**
 * The properties of an entity or complex value that `$select` wants, in the order in which they stand in it, with the
 * annotations of what is left; the value itself where everything is wanted. Nothing is added: what is selected and
 * missing stays missing.
 */
export function project(value: unknown, selection: Selection | undefined): unknown {
  if (!selection || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => project(item, selection))
  const kept: [string, unknown][] = []
  for (const [name, property] of Object.entries(value)) {
    const at = name.indexOf('@')
    if (at === 0) kept.push([name, property])
    else if (at > 0) {
      if (selection.properties.has(name.slice(0, at))) kept.push([name, property])
    } else if (selection.properties.has(name)) kept.push([name, project(property, selection.properties.get(name))])
  }
  return Object.fromEntries(kept)
}
