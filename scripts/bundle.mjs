// Bundles src/ into dist/: one small entry for the command line, one for the library, and chunks that are loaded when
// they are first needed. Dependencies are inside, so that an install brings one package and a start reads few files.
import { build } from 'esbuild'
import { chmod, rm } from 'node:fs/promises'
import { writeLicences } from './licences.mjs'
import { copyModels, keepModels, notice, sources } from './model/build.mjs'
import { resources } from './resources-plugin.mjs'

const outdir = new URL('../dist/', import.meta.url)

const models = await keepModels()
await rm(outdir, { recursive: true, force: true })
await copyModels(models, new URL('model/', outdir))
const { metafile } = await build({
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: outdir.pathname,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  metafile: true,
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  plugins: [resources],
  alias: {
    // Ajv and fast-json-stringify: half of the size, a tenth of the start.
    '@fastify/ajv-compiler': './scripts/not-bundled.cjs',
    '@fastify/fast-json-stringify-compiler': './scripts/not-bundled.cjs'
  },
  // Dependencies written in CommonJS call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
  },
  logLevel: 'warning'
})
await chmod(new URL('cli.js', outdir), 0o755)
await writeLicences(
  [...Object.keys(metafile.inputs), ...sources],
  [notice],
  new URL('THIRD-PARTY-LICENSES.txt', outdir)
)
