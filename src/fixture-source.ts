import type { Fixture } from './fixture.js'
import { ownFixture, parseFixture, readFixtureFile, type FixtureChecks } from './load-fixture.js'

export interface FixtureSourceOptions extends FixtureChecks {
  /** `--fixtures`; without it and a document it is the fixture that comes with msgraph-mock. */
  readonly file: string | undefined
  /** What stands in for a file. */
  readonly document: object | undefined
}

/** What came of an attempt to take in an edited file. */
export type Reload = 'unchanged' | 'reloaded' | { readonly keepsDefaultTenant: string }

/** The fixture of one server: the newest that was good. */
export class FixtureSource {
  readonly #options: FixtureSourceOptions
  #text: string | undefined
  #current: Fixture

  /** @throws UserError naming the file and the member that is wrong */
  constructor(options: FixtureSourceOptions) {
    const { file, document } = options
    this.#options = options
    if (document) this.#current = parseFixture(JSON.stringify(document), 'fixtures', options)
    else this.#current = file === undefined ? ownFixture() : this.#parse(file)
  }

  get current(): Fixture {
    return this.#current
  }

  /**
   * Takes in the file as it is now. The default tenant stays: it is in the ready line, which clients were set up with.
   *
   * @throws UserError naming the file and the member that is wrong, once for each broken edit; the fixture is then as it
   *   was
   */
  reload(file: string): Reload {
    const next = this.#parse(file)
    if (next === this.#current) return 'unchanged'
    const { defaultTenant } = this.#current
    this.#current = { ...next, defaultTenant }
    return next.defaultTenant === defaultTenant ? 'reloaded' : { keepsDefaultTenant: defaultTenant }
  }

  /** The current fixture where the file has not changed since the last attempt. */
  #parse(file: string): Fixture {
    let text: string | undefined
    try {
      text = readFixtureFile(file)
      return text === this.#text ? this.#current : parseFixture(text, file, this.#options)
    } finally {
      this.#text = text
    }
  }
}
