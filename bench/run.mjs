// `npm run bench`: msgraph-mock beside a bare Fastify, both bundled into one file, measured in turn in one run.
// Figures are ratios of medians: absolute ones differ from machine to machine, and from minute to minute.
import { build } from 'esbuild'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureMemory } from './memory.mjs'
import { measurePatch } from './patch.mjs'
import { measureStart } from './start.mjs'
import { resources } from '../scripts/resources-plugin.mjs'

const folder = await mkdtemp(join(tmpdir(), 'msgraph-mock-bench-'))
try {
  const [bare, stages, tenants] = ['bare.mjs', 'stages.mjs', 'tenants.mjs'].map((name) => join(folder, name))
  await build({
    entryPoints: ['bench/bare.ts', 'bench/stages.ts', 'bench/tenants.ts'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    plugins: [resources],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
    }
  })
  console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown CPU'}\n`)
  await measureStart(bare)
  await measureMemory(bare)
  await measurePatch(bare)
  await import(stages)
  await import(tenants)
} finally {
  await rm(folder, { recursive: true })
}
