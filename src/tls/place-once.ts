import { existsSync, linkSync, mkdirSync, renameSync, rmdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** Milliseconds for which another process may hold the lock, which it needs for a moment only. */
const PATIENCE = 5000
const LOOK_AGAIN = 10

/**
 * Gives a finished draft its place, whole and only if nothing is there yet, whichever process comes first: by a hard link,
 * and on file systems without links (FAT, SMB, some shared folders of virtual machines) by a rename under a lock.
 *
 * @returns whether it did; the draft may be gone then
 * @throws Error with the reason of the system, or one that names a lock that nobody gives back
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

/** A directory is made by one process only, on every file system. */
async function take(lock: string, patience: number): Promise<void> {
  const end = performance.now() + patience
  while (!isMade(lock)) {
    if (performance.now() > end) throw new Error(`another process has ${lock}; if none is left, remove it`)
    await setTimeout(LOOK_AGAIN)
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
