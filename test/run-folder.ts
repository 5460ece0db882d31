import { readdirSync } from 'node:fs'

/**
 * Runs the tests of a folder, and of those in it, in this one process: to start one and load the sources takes longer than
 * most files of tests do.
 *
 * @param entry `import.meta.url` of the folder's `all.ts`
 */
export async function runFolder(entry: string): Promise<void> {
  const files = readdirSync(new URL('.', entry), { encoding: 'utf8', recursive: true })
  for (const file of files.filter((name) => name.endsWith('.test.ts')).sort()) await import(new URL(file, entry).href)
}
