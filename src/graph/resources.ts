import { existsSync, readdirSync } from 'node:fs'
import type { Resource } from './resource.js'

/**
 * Every folder of `resources/` with a `resource.ts` is a Graph resource: adding one needs no edit here.
 *
 * This reads the source tree. The bundler replaces this module by one that imports the same folders by name
 * (scripts/bundle.mjs).
 */
export async function loadResources(): Promise<Resource[]> {
  const folders = readdirSync(new URL('resources/', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => existsSync(new URL(`resources/${name}/resource.ts`, import.meta.url)))
    .sort()
  const modules = folders.map((folder) => import(new URL(`resources/${folder}/resource.js`, import.meta.url).href))
  return (await Promise.all(modules)).map((module: { default: Resource }) => module.default)
}
