// Writes the models of Microsoft Graph and its permissions into dist/model/: models are made anew when their packages, tables or scripts have changed,
// otherwise copied from the last time, so that a build takes no longer for them.
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const CACHE = `${ROOT}node_modules/.cache/msgraph-mock/model/`
const TABLES = `${ROOT}src/graph/model/tables`
const PACKAGES = ['msgraph-beta-sdk', 'microsoft-graph-types-beta', 'msgraph-sdk', 'microsoft-graph-types'].map(
  (name) => `${ROOT}node_modules/@microsoft/${name}/package.json`
)

/** Of these packages the texts are made, so their licences are told; the notice has those of what is no package of npm. */
export const sources = [...PACKAGES]
export const notice = `${ROOT}scripts/model/NOTICE.txt`

/** The folder with the models as they have to be, so that a mistake shows before the last build is taken away. */
export async function keepModels() {
  const kept = `${CACHE}${await keyOf()}`
  const made = await readdir(kept).catch(() => [])
  if (made.length === 0) await make(kept)
  return kept
}

export async function copyModels(kept, outdir) {
  await cp(kept, fileURLToPath(outdir), { recursive: true })
  await cp(`${TABLES}/permissions.txt`, fileURLToPath(new URL('permissions.txt', outdir)))
}

async function keyOf() {
  const folders = [`${ROOT}scripts/model`, `${ROOT}src/graph/model`, TABLES]
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const files = await readdir(folder, { withFileTypes: true })
      return files.filter((file) => file.isFile()).map(({ name }) => `${folder}/${name}`)
    })
  )
  const files = [...lists.flat().sort(), ...PACKAGES, `${ROOT}node_modules/typescript/package.json`]
  const hash = createHash('sha256')
  for (const text of await Promise.all(files.map((file) => readFile(file)))) hash.update(text)
  return hash.digest('hex')
}

async function make(kept) {
  await import('../typescript.mjs')
  const { makeModels } = await import('./make-models.ts')
  const texts = makeModels(`${ROOT}node_modules`, TABLES)
  const draft = `${CACHE}${process.pid}`
  await rm(CACHE, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  for (const [version, text] of texts) await writeFile(`${draft}/${version}.txt`, text)
  await rename(draft, kept)
}
