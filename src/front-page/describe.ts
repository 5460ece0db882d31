import type { Mock } from '../mock.js'
import { version } from '../version.js'

/** What a person wants to know of a running server. */
export interface ServerFacts {
  readonly name: string
  readonly version: string
  readonly defaultTenant: string
  readonly try: string
  readonly links: Readonly<Record<string, string>>
}

export function describeServer({ tenants, resources }: Mock, origin: string): ServerFacts {
  const path = String(resources[0]?.path)
  return {
    name: 'msgraph-mock',
    version,
    defaultTenant: tenants.defaultId,
    try: `curl -H 'Authorization: Bearer readwrite' ${origin}/beta/${path}`,
    links: { health: `${origin}/_mock/health`, tokens: `${origin}/_mock/tokens`, tenants: `${origin}/_mock/tenants` }
  }
}
