// `npm run bench`: msgraph-mock beside a bare Fastify, both bundled into one file, measured in turn in one run.
// Figures are ratios of medians: absolute ones differ from machine to machine, and from minute to minute.
import { build } from 'esbuild'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureMemory } from './memory.mjs'
import { measurePatch } from './patch.mjs'
import { measureStart } from './start.mjs'
import { measureStages } from './stages.mjs'

const folder = await mkdtemp(join(tmpdir(), 'msgraph-mock-bench-'))
try {
  const bare = join(folder, 'bare.mjs')
  await build({
    entryPoints: ['bench/bare.ts'],
    outfile: bare,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
    }
  })
  console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown CPU'}\n`)
  await measureStart(bare)
  await measureMemory(bare)
  await measurePatch(bare)
  await measureStages()
} finally {
  await rm(folder, { recursive: true })
}
