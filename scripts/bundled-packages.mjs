import { readFile } from 'node:fs/promises'

/** Of the innermost package: one may have dependencies of its own in its folder. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

/** Every package of which a file is in the bundle, by folder: `{ folder, manifest }`. @param inputs paths of esbuild's metafile */
export async function bundledPackages(inputs) {
  const folders = new Set(inputs.flatMap((input) => PACKAGE.exec(input)?.[0] ?? []))
  return Promise.all(
    [...folders].sort().map(async (folder) => {
      return { folder, manifest: JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) }
    })
  )
}
