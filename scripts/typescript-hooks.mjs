import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const CACHE = fileURLToPath(new URL('../node_modules/.cache/msgraph-mock/', import.meta.url))
const OPTIONS = { loader: 'ts', format: 'esm', target: 'node20.10', sourcemap: 'inline' }
const KEY = JSON.stringify([require('esbuild/package.json').version, OPTIONS])
const TYPESCRIPT = /\.ts(?=\?|$)/
const JAVASCRIPT = /\.js(?=\?|$)/

mkdirSync(CACHE, { recursive: true })

/** `./x.js` is x.ts where there is one, as for the TypeScript compiler. */
export function resolve(specifier, context, next) {
  if (/^(\.|file:)/.test(specifier) && JAVASCRIPT.test(specifier)) {
    const { href } = new URL(specifier.replace(JAVASCRIPT, '.ts'), context.parentURL)
    if (existsSync(fileURLToPath(href))) return next(href, context)
  }
  return next(specifier, context)
}

export function load(url, context, next) {
  if (!TYPESCRIPT.test(url)) return next(url, context)
  return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true }
}

function compiled(file) {
  const source = readFileSync(file)
  const kept = `${CACHE}${createHash('sha256').update(KEY).update(file).update(source).digest('hex')}.mjs`
  if (existsSync(kept)) return readFileSync(kept, 'utf8')
  const { code } = require('esbuild').transformSync(source, { ...OPTIONS, sourcefile: file })
  // By rename, as other test processes read the same.
  writeFileSync(`${kept}.${process.pid}`, code)
  renameSync(`${kept}.${process.pid}`, kept)
  return code
}
