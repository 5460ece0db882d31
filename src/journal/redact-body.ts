import { holdsCredential, REDACTED } from '../lib/redact-credentials.js'
import { redactName, redactText } from './redact.js'
import { isSecretName } from './secret-names.js'

/** Whether a text may hold a secret: a name like those of secrets, or an escape that could hide one. */
const SUSPICIOUS =
  /secret|token|pass|pwd|assertion|credential|authori|cookie|api.?key|private.?key|signature|verifier|bearer|basic|eyJ|"sig"|"code"|code=|sig=|\\u|%[0-9a-f]|\0/i

/**
 * A body of Graph without its secrets. A suspicious body that is not JSON cannot be taken apart, so it is replaced whole.
 *
 * @param isCut whether it is the beginning of a longer body
 * @param isSecret whether a member of that name holds a secret
 */
export function redactBody(text: string, isCut: boolean, isSecret = isSecretName): string {
  if (!SUSPICIOUS.test(text) && !holdsCredential(text, isCut)) return text
  return new JsonText(text, isCut, isSecret).redact() ?? REDACTED
}

/** The same of an answer, in which `code` is that of an error. */
export function redactAnswerBody(text: string, isCut: boolean): string {
  return redactBody(text, isCut, (name) => name !== 'code' && isSecretName(name))
}

/** A suspicious body that is nested deeper is replaced whole. */
const MAX_DEPTH = 64
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i
const WORDS = ['true', 'false', 'null']

type Redact = (text: string, isCut: boolean) => string

/**
 * A parser of JSON (RFC 8259) that copies the text and replaces secrets. It reads once from the beginning to the end, which
 * may be anywhere in a text that was cut; what it keeps stays character by character.
 */
class JsonText {
  readonly #text: string
  readonly #isCut: boolean
  readonly #isSecret: (name: string) => boolean
  #at = 0
  /** Up to here the text is copied or replaced. */
  #passed = 0
  #redacted = ''

  constructor(text: string, isCut: boolean, isSecret: (name: string) => boolean) {
    this.#text = text
    this.#isCut = isCut
    this.#isSecret = isSecret
  }

  /** `undefined` for a text that is not JSON, or is nested too deeply. */
  redact(): string | undefined {
    try {
      this.#value(0, false)
      this.#skipSpace()
      if (this.#at < this.#text.length) return undefined
    } catch (error) {
      if (!(error instanceof NoJson) || !(error.isEnd && this.#isCut)) return undefined
    }
    return this.#redacted + this.#text.slice(this.#passed)
  }

  #value(depth: number, isHidden: boolean): void {
    if (depth === MAX_DEPTH) throw new NoJson(false)
    switch (this.#next()) {
      case '{':
        this.#list('}', () => {
          const name = this.#string(isHidden ? keep : redactName)
          this.#demand(':')
          if (!isHidden && this.#isSecret(name)) this.#secret(depth + 1)
          else this.#value(depth + 1, isHidden)
        })
        break
      case '[':
        this.#list(']', () => {
          this.#value(depth + 1, isHidden)
        })
        break
      case '"':
        this.#string(isHidden ? keep : redactText)
        break
      default:
        this.#scalar()
    }
  }

  #list(end: string, element: () => void): void {
    this.#at++
    if (this.#next() === end) {
      this.#at++
      return
    }
    for (let character = ','; character === ','; character = this.#demand(',', end)) element()
  }

  #secret(depth: number): void {
    this.#skipSpace()
    const from = this.#at
    try {
      this.#value(depth, true)
    } finally {
      this.#replace(from, JSON.stringify(REDACTED))
    }
  }

  /** @returns the decoded string, not redacted */
  #string(redact: Redact): string {
    if (this.#next() !== '"') throw new NoJson(false)
    const from = this.#at
    this.#at = this.#endOfString()
    const isWhole = this.#at <= this.#text.length
    const value = isWhole ? decode(this.#text.slice(from, this.#at)) : decodeCut(this.#text.slice(from))
    if (value === undefined) throw new NoJson(false)
    const redacted = redact(value, !isWhole)
    if (redacted !== value) {
      const literal = JSON.stringify(redacted)
      this.#replace(from, isWhole ? literal : literal.slice(0, -1))
    }
    if (!isWhole) throw new NoJson(true)
    return value
  }

  /** The place behind the closing quote; behind the end of the text where there is none. */
  #endOfString(): number {
    let at = this.#at + 1
    while (at < this.#text.length && this.#text[at] !== '"') at += this.#text[at] === '\\' ? 2 : 1
    return at + 1
  }

  #scalar(): void {
    const [word = ''] = this.#match(/[\w.+-]*/y)
    const isEnd = this.#at === this.#text.length
    if (WORDS.includes(word) || NUMBER.test(word)) return
    const isBeginning = WORDS.some((whole) => whole.startsWith(word)) || /^-?[\d.e+-]*$/i.test(word)
    throw new NoJson(isEnd && isBeginning)
  }

  #demand(...characters: string[]): string {
    const character = this.#next()
    if (!characters.includes(character)) throw new NoJson(false)
    this.#at++
    return character
  }

  #next(): string {
    this.#skipSpace()
    if (this.#at >= this.#text.length) throw new NoJson(true)
    return this.#text.charAt(this.#at)
  }

  #skipSpace(): void {
    this.#match(/[\t\n\r ]*/y)
  }

  #match(run: RegExp): RegExpExecArray {
    run.lastIndex = this.#at
    const found = run.exec(this.#text) as RegExpExecArray
    this.#at = run.lastIndex
    return found
  }

  #replace(from: number, literal: string): void {
    this.#redacted += this.#text.slice(this.#passed, from) + literal
    this.#passed = Math.min(this.#at, this.#text.length)
  }
}

class NoJson extends Error {
  /** Whether only the rest of the text is missing. */
  readonly isEnd: boolean

  constructor(isEnd: boolean) {
    super('no JSON')
    this.isEnd = isEnd
  }
}

function keep(text: string): string {
  return text
}

function decode(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string
  } catch {
    return undefined
  }
}

/** The beginning of a literal, which may end within an escape of up to six characters. */
function decodeCut(literal: string): string | undefined {
  for (let less = 0; less < 6; less++) {
    const value = decode(`${literal.slice(0, literal.length - less)}"`)
    if (value !== undefined) return value
  }
  return undefined
}
