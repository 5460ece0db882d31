import { parseArgs } from 'node:util'
import type { TObject, TSchema } from '@sinclair/typebox'
import { closest } from 'fastest-levenshtein'
import { flagOf, variableOf } from '../options.js'
import { UserError } from '../lib/user-error.js'

/** A wrong call of the command line: exit code 2. */
const misuse = (message: string) => new UserError(message, 2)

export interface ParsedFlags {
  /** By member of the schema. */
  readonly values: Record<string, unknown>
  readonly positionals: readonly string[]
}

/**
 * Reads flags whose names, types and repetition come from a schema: `publicUrl` is `--public-url`, an array may be
 * repeated, a boolean takes no value.
 *
 * @throws UserError for an unknown flag, with the nearest known one, and for a missing or a superfluous value
 */
export function parseFlags(args: readonly string[], schema: TObject): ParsedFlags {
  const members = new Map(Object.entries(schema.properties).map(([name, member]) => [flagOf(name), { name, member }]))
  const options = Object.fromEntries(
    [...members].map(([flag, { member }]) => [
      flag,
      { type: isBoolean(member) ? ('boolean' as const) : ('string' as const) }
    ])
  )
  const values: Record<string, unknown> = {}
  const positionals: string[] = []
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const known = members.get(token.name)
    if (!known) throw misuse(unknownFlag(token.rawName, [...members.keys()]))
    const { name, member } = known
    if (isBoolean(member) && token.value !== undefined) throw misuse(`${token.rawName} takes no value`)
    if (!isBoolean(member) && token.value === undefined) throw misuse(`${token.rawName} needs a value`)
    if (member.type === 'array') values[name] = [...((values[name] as string[] | undefined) ?? []), token.value]
    else values[name] = isBoolean(member) ? true : convert(token.value as string, member)
  }
  return { values, positionals }
}

export interface ParsedVariables {
  readonly values: Record<string, unknown>
  /** A sentence on variables that are not options of msgraph-mock. */
  readonly warnings: readonly string[]
}

/** Variables of the client commands, which may be set where `serve` runs. */
const CLIENT_VARIABLES = new Set(['MSGRAPH_MOCK_URL'])

/**
 * Reads the `MSGRAPH_MOCK_*` variables. Kubernetes sets such variables for a service with the name `msgraph-mock`, so
 * unknown ones, and a port that begins with `tcp://`, are ignored with a warning, not refused.
 */
export function parseVariables(env: NodeJS.Dict<string>, schema: TObject): ParsedVariables {
  const members = new Map(
    Object.entries(schema.properties).map(([name, member]) => [variableOf(name), { name, member }])
  )
  const values: Record<string, unknown> = {}
  const ignored: string[] = []
  for (const [variable, text = ''] of Object.entries(env)) {
    if (!variable.startsWith('MSGRAPH_MOCK_') || CLIENT_VARIABLES.has(variable)) continue
    const known = members.get(variable)
    // An empty variable counts as not set, except for a secret: it was meant to protect, so the schema refuses it.
    if (text === '' && !known?.member['secret']) continue
    if (!known || (known.name === 'port' && text.startsWith('tcp://'))) ignored.push(variable)
    else if (known.member.type === 'array') values[known.name] = text.split(',').map((item) => item.trim())
    else values[known.name] = convert(text, known.member)
  }
  if (ignored.length === 0) return { values, warnings: [] }
  return { values, warnings: [`ignoring ${ignored.sort().join(', ')}: not an option of msgraph-mock`] }
}

/** @throws UserError for an argument behind the flags, of a command that takes none */
export function demandNoArgument(command: string, [first]: readonly string[]): void {
  if (first !== undefined) throw misuse(`${command} takes no argument ${first}`)
}

function isBoolean(schema: TSchema): boolean {
  return schema.type === 'boolean'
}

/** Text that is not a number or boolean stays text, and the schema refuses it. */
function convert(text: string, schema: TSchema): unknown {
  if (schema.type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (isBoolean(schema) && /^(true|1)$/i.test(text)) return true
  if (isBoolean(schema) && /^(false|0)$/i.test(text)) return false
  return text
}

function unknownFlag(flag: string, known: readonly string[]): string {
  return `unknown option ${flag}; did you mean --${closest(flag.replace(/^-+/, ''), known)}? --help lists all`
}
