import { badRequest, type GraphError } from '../errors.js'
import type { EntityType } from './schema.js'
import type { Behaviour } from '../../support/behaviour.js'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** The properties that `$select` names, in its order; `undefined` stands for all of them. */
export type Selection = readonly string[] | undefined

/**
 * Reads `$select` and `$expand` of a GET. On `/beta` the `$` may be left out (documented: concepts/query-parameters.md).
 *
 * @param query the query string without `?`
 * @throws GraphError 400 `BadRequest` for an unknown property (message captured on an Intune type,
 *   microsoft-graph-docs#9988), for bad syntax and for an option given twice (messages assumed)
 */
export function readSelection(query: string, type: EntityType): Selection {
  const options = systemQueryOptions(query)
  const expand = options.get('expand')
  if (expand !== undefined) {
    const [name = ''] = expand.trim().split(/[(,/]/)
    throw unknownProperty(name, type, '$expand')
  }
  const select = options.get('select')
  if (select === undefined || select.trim() === '') return undefined
  const names = select.split(',').map((name) => name.trim())
  for (const name of names) {
    if (name === '*') continue
    if (!NAME.test(name)) throw malformed(`$select holds '${name}', which is no property name.`)
    if (!Object.hasOwn(type.properties, name)) throw unknownProperty(name, type, '$select')
  }
  return names.includes('*') ? undefined : [...new Set(names)]
}

function systemQueryOptions(query: string): Map<string, string> {
  const options = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) {
    const option = name.replace(/^\$/, '').toLowerCase()
    if (option !== 'select' && option !== 'expand') continue
    if (options.has(option)) throw malformed(`$${option} is given twice.`)
    options.set(option, value)
  }
  return options
}

function unknownProperty(name: string, type: EntityType, option: string): GraphError {
  return badRequest(
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${type.edmType}'.`,
    `${option} may name ${Object.keys(type.properties).join(', ')}; names are case-sensitive, and no property can be expanded.`
  )
}

function malformed(reason: string): GraphError {
  return badRequest('Parsing Select and Expand failed.', reason)
}

export const queryOptionSupport: readonly Behaviour[] = [
  {
    behaviour: '`$select` (the `$` may be left out); an unknown property, also in `$expand`: 400',
    evidence: 'observed',
    source: 'microsoft-graph-docs#9988; concepts/query-parameters.md'
  },
  {
    behaviour: '`$filter`, `$orderby`, `$top` and other options that a single entity has no use for are passed over',
    evidence: 'documented',
    source: 'concepts/query-parameters.md: unsupported options may fail silently'
  }
]
