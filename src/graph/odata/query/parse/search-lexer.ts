import { isSpace } from './characters.js'
import { QueryError, identifierExpected, invalidCharacter } from '../query-error.js'

const KEYWORDS = new Set(['AND', 'OR', 'NOT'])
/** A word takes letters only; the message is captured: msgraph-sdk-powershell#402, with `0`. */
const NOT_A_LETTER = /[^\p{L}\p{Nl}]/u
const BACKSLASH = '\\'

/** Reads the text of `$search` token by token. */
export class SearchLexer {
  readonly text: string
  kind: 'term' | 'AND' | 'OR' | 'NOT' | '(' | ')' | 'end' = 'end'
  start = 0
  end = 0
  /** Of a term, without quotes and escapes. */
  value = ''
  quoted = false

  /** @throws QueryError where the text begins with no token */
  constructor(text: string) {
    this.text = text
    this.next()
  }

  /** @throws QueryError where no token begins */
  next(): void {
    const { text } = this
    let at = this.end
    while (isSpace(text.charCodeAt(at))) at++
    this.start = at
    const first = text.charAt(at)
    if (first === '"') this.#quoted()
    else if (first === '(' || first === ')') this.#end(first, at + 1)
    else if (first === '') this.#end('end', at)
    else this.#word()
  }

  #end(kind: SearchLexer['kind'], end: number): void {
    this.kind = kind
    this.end = end
  }

  #word(): void {
    const { text, start } = this
    let end = start + 1
    while (end < text.length && !isSpace(text.charCodeAt(end)) && text.charAt(end) !== ')') end++
    const word = text.slice(start, end)
    if (KEYWORDS.has(word)) {
      this.#end(word as SearchLexer['kind'], end)
      return
    }
    const wrong = NOT_A_LETTER.exec(word)
    if (wrong) throw invalidCharacter(wrong[0], start + wrong.index, text)
    this.value = word
    this.quoted = false
    this.#end('term', end)
  }

  /** `\` makes a quote or a `\` part of the text (documented: concepts/search-query-parameter.md). */
  #quoted(): void {
    const { text, start } = this
    let value = ''
    let at = start + 1
    for (;;) {
      const stop = nextOf(text, at)
      value += text.slice(at, stop)
      if (stop === text.length) throw unterminated(text)
      if (text.charAt(stop) === '"') {
        at = stop + 1
        break
      }
      const escaped = text.charAt(stop + 1)
      if (escaped !== '"' && escaped !== BACKSLASH) {
        throw new QueryError(
          `An unrecognized escape sequence '\\${escaped}' was found at position ${stop + 1} in '${text}'.`,
          stop + 1
        )
      }
      value += escaped
      at = stop + 2
    }
    if (value === '') throw identifierExpected(start)
    this.value = value
    this.quoted = true
    this.#end('term', at)
  }
}

/** Where the next quote or `\` stands. */
function nextOf(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charAt(at) !== '"' && text.charAt(at) !== BACKSLASH) at++
  return at
}

function unterminated(text: string): QueryError {
  return new QueryError(`There is an unterminated string literal at position ${text.length} in '${text}'.`, text.length)
}
