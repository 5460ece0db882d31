// What `npm test` prints: a line for each process, what failed, and a summary. `--reporter=tap` prints every assertion.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Transform } from 'node:stream'
import { Parser } from 'tap-parser'

const COVERAGE = '.tap/coverage'
/** By `json-summary` of `coverage-report` in `.taprc`, written before the stream of TAP ends. */
const COVERAGE_SUMMARY = '.tap/report/coverage-summary.json'

export default class TestReporter extends Transform {
  #parser = new Parser()
  #total = { passed: 0, failed: 0, skipped: 0 }
  #processes = 0
  #seconds = '?'

  constructor() {
    super({ encoding: 'utf8' })
    this.#watch(this.#parser, [])
    this.#parser.on('complete', ({ time }) => (this.#seconds = secondsOf(time)))
  }

  _transform(chunk, _encoding, done) {
    this.#parser.write(chunk, 'utf8', done)
  }

  _flush(done) {
    this.#parser.end()
    this.push(`\n${this.#tests}\n${coverage()}\n`)
    done()
  }

  get #tests() {
    const { passed, failed, skipped } = this.#total
    const more = [failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`].filter(Boolean)
    return `Tests: ${[`${passed} assertions passed`, ...more].join(', ')}, in ${this.#processes} processes and ${this.#seconds} s`
  }

  /** Counts what a level of TAP says; the test point that closes a subtest is none of its own. */
  #watch(parser, path) {
    const count = { passed: 0, failed: 0, skipped: 0 }
    let closed
    parser.on('child', (child) => {
      closed = this.#watch(child, [...path, child.name])
    })
    parser.on('extra', (text) => this.push(text))
    parser.on('assert', (point) => {
      const outcome = point.skip || point.todo ? 'skipped' : point.ok ? 'passed' : 'failed'
      const inner = closed ?? { passed: 0, failed: 0, skipped: 0 }
      // A process or a subtest may fail with no assertion that did: by an exit code, or because it took too long.
      const isOwnFailure = outcome === 'failed' && inner.failed === 0
      if (isOwnFailure) this.#tell(point, path)
      if (closed === undefined || isOwnFailure) count[outcome]++
      for (const key of Object.keys(count)) count[key] += inner[key]
      closed = undefined
      if (path.length > 0) return
      this.#processes++
      this.#total = count
      const mark = outcome === 'failed' ? '✗' : '✓'
      const assertions = String(inner.passed + inner.failed).padStart(6)
      this.push(`${mark} ${point.name.padEnd(32)}${assertions} assertions ${secondsOf(point.time).padStart(7)} s\n`)
    })
    return count
  }

  #tell({ name, diag }, path) {
    const { at, diff, source, exitCode, signal, expired, stack } = diag ?? {}
    const ended = [
      exitCode > 0 && `exit code ${exitCode}`,
      signal && `ended by ${signal}`,
      expired && `took too long: ${expired}`
    ]
    const place = at ? `${at.fileName}:${at.lineNumber}` : stack
    const lines = [...ended, place, diff, source].filter(Boolean).flatMap((text) => text.trimEnd().split('\n'))
    this.push(`✗ ${[...path, name].join(' > ')}\n${lines.map((line) => `    ${line}\n`).join('')}`)
  }
}

function secondsOf(milliseconds) {
  return (milliseconds / 1000).toFixed(1)
}

/** The shares that coverage has, in one line. */
function coverage() {
  if (!existsSync(COVERAGE) || readdirSync(COVERAGE).length === 0) return 'Coverage: not measured'
  const { total } = JSON.parse(readFileSync(COVERAGE_SUMMARY, 'utf8'))
  const shares = ['statements', 'branches', 'functions', 'lines'].map((kind) => [kind, total[kind].pct])
  if (shares.every(([, share]) => share === 100)) return 'Coverage: 100 % of statements, branches, functions and lines'
  return `Coverage: ${shares.map(([kind, share]) => `${share} % of ${kind}`).join(', ')}; 100 % is demanded`
}
