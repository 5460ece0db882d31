import { readdirSync } from 'node:fs'
import fc from 'fast-check'

/**
 * Runs the tests of a folder, and of those in it, in this one process: to start one and load the sources takes longer than
 * most files of tests do.
 *
 * Property tests draw the same values in every run, so that the same assertions are made and the same lines are covered;
 * `FUZZ_SEED=N` draws others, and a file that is run by itself draws at random.
 *
 * @param entry `import.meta.url` of the folder's `all.ts`
 */
export async function runFolder(entry: string): Promise<void> {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['FUZZ_SEED'] ?? 1) })
  const files = readdirSync(new URL('.', entry), { encoding: 'utf8', recursive: true })
  for (const file of files.filter((name) => name.endsWith('.test.ts')).sort()) await import(new URL(file, entry).href)
}
