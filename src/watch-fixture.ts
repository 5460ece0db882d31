import { unwatchFile, watch, watchFile, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Log } from './log.js'
import type { Mock } from './mock.js'
import type { UserError } from './user-error.js'

/** Milliseconds from the first notice on, as a save is several steps. */
const SETTLING = 50
/** Milliseconds between looks at the file, for file systems that give no notice: mounts of containers, network drives. */
const POLLING = 1000

export interface FixtureWatch {
  close(): void
}

/**
 * Takes in the file of `--fixtures` when it is edited. It serves tenants that were not used yet; the others keep what they
 * have until they are reset. A broken edit is reported once and changes nothing.
 *
 * The directory is watched, because editors save by rename. Nothing of it keeps the process alive.
 */
export function watchFixture({ fixtures, tenants }: Mock, file: string, log: Log): FixtureWatch {
  let pending: NodeJS.Timeout | undefined
  let complaint: string | undefined
  const notice = () => {
    pending ??= setTimeout(look, SETTLING).unref()
  }
  const watcher = noticesOf(dirname(file), notice)
  watchFile(file, { persistent: false, interval: POLLING }, notice)
  // What was edited since the start.
  notice()
  return {
    close() {
      clearTimeout(pending)
      watcher?.close()
      unwatchFile(file, notice)
    }
  }

  function look(): void {
    pending = undefined
    try {
      const result = fixtures.reload(file)
      if (result !== 'unchanged') log.info({ fixture: file }, done(result))
      complaint = undefined
    } catch (error) {
      const { message } = error as UserError
      if (message !== complaint)
        log.warn({ fixture: file, detail: message }, `${basename(file)} cannot be used; nothing has changed`)
      complaint = message
    }
  }

  function done(result: 'reloaded' | { readonly keepsDefaultTenant: string }): string {
    const kept = result === 'reloaded' ? '' : `. The default tenant stays ${result.keepsDefaultTenant} until a restart`
    return `${basename(file)} taken in: named tokens, users, applications, domains and tenants not used yet are as it says; used tenants (${tenants.countUsed()}) and the faults of all tenants stay as they are until POST /_mock/reset${kept}`
  }
}

/** `undefined` where the system has no watches left; looking at the file now and then must do. */
function noticesOf(directory: string, notice: () => void): FSWatcher | undefined {
  try {
    return watch(directory, { persistent: false }, notice).on('error', notice)
  } catch {
    return undefined
  }
}
