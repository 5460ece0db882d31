// Bundles src/ into dist/: an entry for the command line, one for the library, and chunks of what they share. Dependencies
// are inside, so that an install brings one package and a start reads few files.
import { build } from 'esbuild'
import { chmod, readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundledPackages } from './bundled-packages.mjs'
import { demandEngines } from './engines.mjs'
import { inMemory, writeLargeModules } from './in-memory-plugin.mjs'
import { writeLicences } from './licences.mjs'
import { copyModels, keepModels, notice, sources } from './model/build.mjs'
import { resources } from './resources-plugin.mjs'

const outdir = new URL('../dist/', import.meta.url)
const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning'
}

const models = await keepModels()
await rm(outdir, { recursive: true, force: true })
await copyModels(models, new URL('model/', outdir))
const { metafile } = await build({
  ...options,
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: outdir.pathname,
  splitting: true,
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [resources, inMemory],
  alias: {
    // Ajv and fast-json-stringify: half of the size, a tenth of the start.
    '@fastify/ajv-compiler': './scripts/not-bundled.cjs',
    '@fastify/fast-json-stringify-compiler': './scripts/not-bundled.cjs'
  },
  // Dependencies written in CommonJS call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
  }
})
demandNoLateFiles(metafile)
const large = await writeLargeModules(fileURLToPath(new URL('chunks/', outdir)), options)
const { engines } = JSON.parse(await readFile('package.json', 'utf8'))
const packages = await bundledPackages([...Object.keys(metafile.inputs), ...large])
demandEngines(packages, engines.node)
await chmod(new URL('cli.js', outdir), 0o755)
await writeLicences(
  [...packages, ...(await bundledPackages(sources))],
  [notice],
  new URL('THIRD-PARTY-LICENSES.txt', outdir)
)

/** Nothing but the choice of a command is loaded later than its importer. */
function demandNoLateFiles({ outputs }) {
  for (const [name, { imports }] of Object.entries(outputs)) {
    const late = imports.find(({ kind }) => kind === 'dynamic-import')
    if (late && !name.endsWith('dist/cli.js')) throw new Error(`${name} would load ${late.path} while it runs`)
  }
}
