// A server that runs needs no file of its package: it may have no descriptor left to open one (and Node 20 remembers a
// failed import() for good), or the package may have been replaced under it. So what src/ loads with import() is in memory
// from the start, and only evaluated at its first use.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * Large modules that many servers never use, and that share no module with others. As code of the bundle they would cost
 * every start their parsing and three times their size; so each is a file that the server reads as it starts, and
 * compiles at its first use.
 */
const LARGE = [
  { name: 'jose', specifier: /^jose$/, entry: 'jose' },
  { name: 'pino-pretty', specifier: /^pino-pretty$/, entry: 'pino-pretty' },
  { name: 'type-names', specifier: /\/type-names\.js$/, entry: './src/graph/odata/type-names.ts' },
  { name: 'x509', specifier: /\/x509\.js$/, entry: './src/tls/x509.ts' }
]

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url))
const READER = fileURLToPath(new URL('large-modules.js', import.meta.url))

/** Commands are chosen once, as the process starts: each is loaded from a file of its own. */
const COMMANDS = `${SOURCES}commands/main.ts`
/** All that serve is begun here. */
const SERVER = `${SOURCES}server.ts`

export const inMemory = {
  name: 'in-memory',
  setup({ initialOptions, onLoad, onResolve }) {
    initialOptions.define = { LARGE_MODULES: JSON.stringify(LARGE.map(({ name }) => name)) }
    for (const { name, specifier } of LARGE) {
      onResolve({ filter: specifier }, () => ({ path: name, namespace: 'large' }))
    }
    onLoad({ filter: /.*/, namespace: 'large' }, ({ path: name }) => ({
      contents: `module.exports = require(${JSON.stringify(READER)}).evaluate(${JSON.stringify(name)})`,
      resolveDir: SOURCES
    }))
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!path.startsWith(SOURCES) || path === COMMANDS) return undefined
      const source = await readFile(path, 'utf8')
      const contents = source.replaceAll(/\bimport\(('[^']+')\)/g, 'Promise.resolve().then(() => require($1))')
      return { contents: path === SERVER ? `import ${JSON.stringify(READER)}\n${contents}` : contents, loader: 'ts' }
    })
  }
}

/**
 * Writes the large modules.
 *
 * @param folder that of the chunks
 * @returns the files that they are made of
 */
export async function writeLargeModules(folder, options) {
  await mkdir(folder, { recursive: true })
  const inputs = await Promise.all(
    LARGE.map(async ({ name, entry }) => {
      const { metafile, outputFiles } = await build({
        ...options,
        stdin: {
          contents: `module.exports = require(${JSON.stringify(entry)})`,
          resolveDir: fileURLToPath(new URL('..', import.meta.url))
        },
        format: 'cjs',
        write: false
      })
      await writeFile(`${folder}/${name}.cjs`, outputFiles[0].contents)
      return Object.keys(metafile.inputs)
    })
  )
  return inputs.flat()
}
