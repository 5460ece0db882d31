// Bundles src/ into dist/: one small entry for the command line, one for the library, and chunks that are loaded when
// they are first needed. Dependencies are inside, so that an install brings one package and a start reads few files.
import { build } from 'esbuild'
import { chmod, readdir, rm } from 'node:fs/promises'

const outdir = new URL('../dist/', import.meta.url)

/** The bundle cannot read the source tree, so it gets the list that `loadResources` reads there. */
const resources = {
  name: 'resources',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]graph[\\/]resources\.ts$/ }, async ({ path }) => {
      const resolveDir = path.replace(/[\\/]resources\.ts$/, '')
      const entries = await readdir(resolveDir, { recursive: true })
      const files = entries.filter((file) => /^[^\\/]+[\\/]resource\.ts$/.test(file)).sort()
      const imports = files.map(
        (file, at) => `import r${at} from './${file.replaceAll('\\', '/').replace(/ts$/, 'js')}'`
      )
      const list = files.map((_, at) => `r${at}`).join(', ')
      return {
        contents: `${imports.join('\n')}\nexport const loadResources = async () => [${list}]`,
        loader: 'ts',
        resolveDir
      }
    })
  }
}

await rm(outdir, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: outdir.pathname,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: false,
  metafile: true,
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  plugins: [resources],
  // Dependencies written in CommonJS call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
  },
  alias: {},
  logLevel: 'warning'
})
await chmod(new URL('cli.js', outdir), 0o755)
export { metafile }
