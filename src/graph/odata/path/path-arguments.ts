import type { LiteralType } from '../query/parse/expression.js'
import { Lexer } from '../query/parse/lexer.js'
import { encodeValue } from './percent.js'

/** A value in the parentheses of a segment. */
export interface PathArgument {
  /** As sent; `undefined` for a key value without a name. */
  readonly name: string | undefined
  /** Of a literal; `alias` for `@p`, `json` for a collection or an object, `enum` for a qualified member. */
  readonly type: LiteralType | 'alias' | 'json' | 'enum'
  /** Without quotes, prefix and doubled quotes; of an alias with its `@`; of JSON its text. */
  readonly value: string
}

const WORDS: ReadonlyMap<string, LiteralType> = new Map([
  ['true', 'Edm.Boolean'],
  ['false', 'Edm.Boolean'],
  ['null', 'null']
])

/**
 * Reads what stands in the parentheses of a segment: `'x'`, `1`, `deviceId='x',n=@n`.
 *
 * @param text decoded, without the parentheses
 * @returns `undefined` where it is not written as OData has it, or names a parameter twice
 */
export function pathArguments(text: string): PathArgument[] | undefined {
  try {
    return readArguments(new Lexer(text))
  } catch {
    // What the lexer or JSON.parse refuses.
    return undefined
  }
}

function readArguments(lexer: Lexer): PathArgument[] | undefined {
  const found: PathArgument[] = []
  const names = new Set<string>()
  while (!lexer.is('end')) {
    const name = readName(lexer)
    const value = readValue(lexer)
    if (!value || (name !== undefined && names.has(name))) return undefined
    if (name !== undefined) names.add(name)
    found.push({ name, ...value })
    lexer.next()
    if (lexer.is('end')) break
    if (!lexer.is(',')) return undefined
    lexer.next()
    if (lexer.is('end')) return undefined
  }
  // Values without a name stand alone.
  return names.size === found.length || found.length === 1 ? found : undefined
}

function readName(lexer: Lexer): string | undefined {
  if (!lexer.is('name') || lexer.following !== '=') return undefined
  const name = lexer.token
  lexer.next()
  lexer.next()
  return name
}

function readValue(lexer: Lexer): Pick<PathArgument, 'type' | 'value'> | undefined {
  const { kind, token } = lexer
  switch (kind) {
    case 'string':
      return { type: 'Edm.String', value: lexer.unquoted }
    case 'literal':
      return { type: lexer.literal, value: token }
    case 'alias':
      return { type: 'alias', value: token }
    case 'json':
      JSON.parse(token)
      return { type: 'json', value: token }
    case 'prefixed':
      return prefixed(token, lexer.unquoted)
    case 'name': {
      const type = WORDS.get(token.toLowerCase())
      return type && { type, value: token.toLowerCase() }
    }
    default:
      return undefined
  }
}

function prefixed(token: string, value: string): Pick<PathArgument, 'type' | 'value'> {
  const prefix = token.slice(0, token.indexOf("'")).toLowerCase()
  if (prefix === 'duration') return { type: 'Edm.Duration', value }
  return prefix === 'binary' ? { type: 'Edm.Binary', value } : { type: 'enum', value }
}

/** A literal as it stands in a path or a context URL: quotes doubled, and what a segment may not hold encoded. */
export function quoted(value: string): string {
  return `'${encodeValue(value).replaceAll("'", "''")}'`
}
