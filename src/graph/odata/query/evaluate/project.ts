import type { Selection } from '../bind/selection.js'

/**
 * The properties of an entity or complex value that `$select` wants, in the order in which they stand in it, with the
 * annotations of what is left; the value itself where everything is wanted. Nothing is added: what is selected and
 * missing stays missing.
 */
export function project(value: unknown, selection: Selection | undefined): unknown {
  if (!selection || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => project(item, selection))
  const { properties } = selection
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(value)) {
    const at = name.indexOf('@')
    const property = (value as Record<string, unknown>)[name]
    if (at < 0) {
      if (properties.has(name)) kept[name] = project(property, properties.get(name))
    } else if (at === 0 || properties.has(name.slice(0, at))) kept[name] = property
  }
  return kept
}
