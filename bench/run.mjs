// `npm run bench`: msgraph-mock beside a bare Fastify, both bundled into one file, measured in turn in one run.
// `npm run bench -- rates` measures one part: start, memory, rates, steps or tenants.
// Figures are ratios of medians: absolute ones differ from machine to machine, and from minute to minute.
import { build } from 'esbuild'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureMemory } from './memory.mjs'
import { measureRates } from './rates.mjs'
import { measureStart } from './start.mjs'
import { measureSteps } from './steps.mjs'
import { resources } from '../scripts/resources-plugin.mjs'

const folder = await mkdtemp(join(tmpdir(), 'msgraph-mock-bench-'))
const buildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  plugins: [resources],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
  }
}
const only = process.argv[2]
const wanted = (name) => only === undefined || only === name
try {
  const [bare, ceiling, tenants] = ['bare.mjs', 'ceiling.mjs', 'tenants.mjs'].map((name) => join(folder, name))
  await build({
    ...buildOptions,
    entryPoints: ['bench/bare.ts', 'bench/ceiling.ts', 'bench/tenants.ts'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    minify: true
  })
  console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown CPU'}\n`)
  if (wanted('start')) await measureStart(bare)
  if (wanted('memory')) await measureMemory(bare)
  if (wanted('rates')) await measureRates({ bare, ceiling, folder })
  if (wanted('steps')) {
    await measureSteps({
      folder,
      buildOptions,
      servers: {
        bare: ['bench/bare.ts', 8478, []],
        'msgraph-mock': ['src/cli.ts', 8479, ['--log-level', 'info', '--port']]
      }
    })
  }
  if (wanted('tenants')) await import(tenants)
} finally {
  await rm(folder, { recursive: true })
}
