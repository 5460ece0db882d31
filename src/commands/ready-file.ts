import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { UserError } from '../lib/user-error.js'

/** The file of `--ready-file`, which exists only while the server answers. */
export class ReadyFile {
  readonly #file: string
  #isWritten = false

  /**
   * Removes what an earlier run has left.
   *
   * @throws UserError when no file can be written there, such as where it names a directory
   */
  constructor(file: string) {
    this.#file = file
    this.#attempt(() => {
      rmSync(file, { force: true })
    })
  }

  /** Writes by rename, so that a reader never sees half of the file. @throws UserError when it cannot be written */
  write(text: string): void {
    const draft = `${this.#file}.tmp`
    this.#attempt(() => {
      try {
        writeFileSync(draft, text)
        renameSync(draft, this.#file)
      } catch (error) {
        remove(draft)
        throw error
      }
    })
    this.#isWritten = true
  }

  remove(): void {
    if (this.#isWritten) remove(this.#file)
  }

  #attempt(act: () => void): void {
    try {
      act()
    } catch (error) {
      throw new UserError(`cannot write the ready file ${this.#file}: ${(error as Error).message}`)
    }
  }
}

/** A file that cannot be removed stays: the server ends all the same. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // It has become a directory, or its folder may no longer be written to.
  }
}
