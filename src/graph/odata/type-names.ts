import names from './graph-type-names.json' with { type: 'json' }

/**
 * Whether Graph's beta model has a type of this qualified name. The names are those that Microsoft's own generated
 * models know (@microsoft/msgraph-beta-sdk 1.0.0-preview.81). Loaded when a payload names a foreign type, not before.
 */
export function isTypeOfGraph(qualifiedName: string): boolean {
  const namespace = 'microsoft.graph.'
  return qualifiedName.startsWith(namespace) && names.includes(qualifiedName.slice(namespace.length))
}
