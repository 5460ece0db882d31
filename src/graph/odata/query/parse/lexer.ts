import { endOfBalanced } from './balanced.js'
import { isDigit, isNamePart, isNameStart, isSpace } from './characters.js'
import type { LiteralType } from './expression.js'
import { guidAt, literalAt } from './literal-text.js'
import { QueryError, invalidCharacter, syntaxError } from '../query-error.js'

/**
 * `name` may be dotted and may begin with `$`; `prefixed` is a name and a quoted text, such as `duration'PT1H'`; `json`
 * is all between brackets or braces; a character stands for itself.
 */
export type TokenKind =
  'name' | 'string' | 'literal' | 'prefixed' | 'alias' | 'json' | 'end' | '(' | ')' | ',' | '/' | ':' | '*' | '=' | '-'

const PUNCTUATION = new Set<string>(['(', ')', ',', '/', ':', '*', '='])
const [QUOTE, DOLLAR, AT, DOT, MINUS, BRACKET, BRACE] = Array.from("'$@.-[{", (c) => c.charCodeAt(0))

/** Reads a text of the OData language token by token. */
export class Lexer {
  readonly text: string
  kind: TokenKind = 'end'
  start = 0
  end = 0
  /** Of a token of kind `literal`. */
  literal: LiteralType = 'null'

  /** @throws QueryError where the text begins with no token */
  constructor(text: string) {
    this.text = text
    this.next()
  }

  /** A question, not a look at {@link kind}, so that TypeScript does not take the token for one that stays. */
  is(kind: TokenKind): boolean {
    return this.kind === kind
  }

  /** What the present token was read from. */
  get token(): string {
    return this.text.slice(this.start, this.end)
  }

  /** The character right behind the present token, '' at the end. */
  get following(): string {
    return this.text.charAt(this.end)
  }

  /** The content of a token of kind `string`, or what a `prefixed` one has behind its prefix. */
  get unquoted(): string {
    const from = this.kind === 'prefixed' ? this.text.indexOf("'", this.start) : this.start
    return this.text.slice(from + 1, this.end - 1).replace(/''/g, "'")
  }

  /** @throws QueryError where no token begins */
  next(): void {
    const { text } = this
    let at = this.end
    while (isSpace(text.charCodeAt(at))) at++
    this.start = at
    this.#read(text.charCodeAt(at))
  }

  /** Goes on behind `end`, whatever was there. */
  skipTo(end: number): void {
    this.end = end
    this.next()
  }

  #read(code: number): void {
    const { text, start } = this
    const character = text.charAt(start)
    if (isNameStart(text.codePointAt(start) ?? NaN)) this.#name(start)
    else if (code === DOLLAR) this.#name(start + 1)
    else if (character === '') this.#end('end', start)
    else if (PUNCTUATION.has(character)) this.#end(character as TokenKind, start + 1)
    else if (code === QUOTE) this.#end('string', this.#endOfString(start, 'string literal'))
    else if (isDigit(code)) this.#literal(literalAt(text, start))
    else if (code === MINUS) this.#minus()
    else if (code === AT) this.#alias()
    else if (code === BRACKET || code === BRACE) this.#end('json', endOfBalanced(text, start))
    else throw this.#invalid(start)
  }

  #end(kind: TokenKind, end: number): void {
    this.kind = kind
    this.end = end
  }

  #literal({ type, end }: { type: LiteralType; end: number }): void {
    this.literal = type
    this.#end('literal', end)
  }

  #name(from: number): void {
    const { text, start } = this
    const end = endOfName(text, from)
    const next = text.charCodeAt(end)
    const guid = next === MINUS ? guidAt(text, start) : undefined
    if (guid) this.#literal(guid)
    else if (next === QUOTE) this.#end('prefixed', this.#endOfString(end, 'literal'))
    else this.#end('name', end)
  }

  #minus(): void {
    const { text, start } = this
    if (isDigit(text.charCodeAt(start + 1))) this.#literal(literalAt(text, start))
    else if (text.startsWith('INF', start + 1) && !isNamePart(text.charCodeAt(start + 4))) {
      this.#literal({ type: 'Edm.Double', end: start + 4 })
    } else this.#end('-', start + 1)
  }

  /** `@p` is an alias, `@odata.type` the name of an annotation. */
  #alias(): void {
    const { text, start } = this
    const first = text.codePointAt(start + 1)
    if (first === undefined) throw syntaxError(start + 1, text)
    if (!isNameStart(first)) throw this.#invalid(start + 1)
    const end = endOfName(text, start + 1)
    this.#end(text.slice(start, end).includes('.') ? 'name' : 'alias', end)
  }

  #endOfString(start: number, what: string): number {
    const { text } = this
    let at = start
    do {
      at = text.indexOf("'", at + 1) + 1
      if (at === 0) {
        throw new QueryError(`There is an unterminated ${what} at position ${text.length} in '${text}'.`, text.length)
      }
    } while (text.charCodeAt(at) === QUOTE)
    return at
  }

  #invalid(at: number): QueryError {
    return invalidCharacter(String.fromCodePoint(this.text.codePointAt(at) as number), at, this.text)
  }
}

/** Names take dots, but for one at the end. */
function endOfName(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.codePointAt(at) ?? NaN
    if (isNamePart(code)) at += code > 0xffff ? 2 : 1
    else if (code === DOT && isNameStart(text.codePointAt(at + 1) ?? NaN)) at++
    else return at
  }
}
