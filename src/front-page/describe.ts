import type { Mock } from '../mock.js'
import type { Options } from '../options.js'
import { version } from '../lib/version.js'

/** The front page as data. */
export interface ServerFacts {
  readonly name: string
  readonly version: string
  readonly defaultTenant: string
  readonly try: string
  readonly links: Readonly<Record<string, string>>
}

const PAGES = { health: 'health', openapi: 'openapi.json', support: 'support', tenants: 'tenants' } as const

/** The pages of `/_mock` that a browser can open, which sends no token. */
function openPages({ control, controlToken }: Options): (keyof typeof PAGES)[] {
  if (control === 'off' || controlToken !== undefined) return ['health']
  return Object.keys(PAGES) as (keyof typeof PAGES)[]
}

export function describeServer({ options, tenants, graph }: Mock, origin: string): ServerFacts {
  return {
    name: 'msgraph-mock',
    version,
    defaultTenant: tenants.defaultId,
    try: `curl -H 'Authorization: Bearer readwrite' ${origin}/beta/${graph.example.path}`,
    links: Object.fromEntries(openPages(options).map((name) => [name, `${origin}/_mock/${PAGES[name]}`]))
  }
}
