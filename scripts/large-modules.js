// Bundled into the server, see in-memory-plugin.mjs.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'

/* global LARGE_MODULES -- put in by the bundler */
const texts = new Map(LARGE_MODULES.map((name) => [name, readFileSync(fileOf(name))]))

/** What a large module exports. */
export function evaluate(name) {
  const module = { exports: {} }
  // The bundler writes ASCII.
  const run = compileFunction(texts.get(name).toString('latin1'), ['module', 'exports', 'require'], {
    filename: fileOf(name).pathname
  })
  run(module, module.exports, createRequire(import.meta.url))
  texts.delete(name)
  return module.exports
}

/** Beside the chunk that this stands in. */
function fileOf(name) {
  return new URL(`${name}.cjs`, import.meta.url)
}
