import { existsSync, linkSync, mkdirSync, renameSync, rmdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** Milliseconds to wait for the lock of another process, which needs it only for a moment. */
const PATIENCE = 5000
/** Milliseconds between two attempts. */
const RETRY = 10

/**
 * Moves a draft to its place atomically, and only if there is no file yet, among concurrent processes: by a hard link, or on
 * file systems without links (FAT, SMB, some shared folders of virtual machines) by a rename under a lock.
 *
 * @returns whether it did; the draft may no longer exist then
 * @throws Error with the reason of the system, or one that names a lock that was never released
 */
export async function placeOnce(draft: string, file: string, patience = PATIENCE): Promise<boolean> {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
  }
  const lock = `${file}.lock`
  await take(lock, patience)
  try {
    if (existsSync(file)) return false
    renameSync(draft, file)
    return true
  } finally {
    rmdirSync(lock)
  }
}

/** On every file system only one process can create a directory. */
async function take(lock: string, patience: number): Promise<void> {
  const end = performance.now() + patience
  while (!isMade(lock)) {
    if (performance.now() > end) throw new Error(`another process has ${lock}; if none is left, remove it`)
    await setTimeout(RETRY)
  }
}

function isMade(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
