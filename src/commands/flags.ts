import { parseArgs } from 'node:util'
import type { TObject, TSchema } from '@sinclair/typebox'
import { closest } from 'fastest-levenshtein'
import { flagOf, variableOf } from '../options.js'
import { UserError } from '../lib/user-error.js'

/** A wrong call, which the shell sees as exit code 2. */
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
  /** One sentence for each thing that was passed over. */
  readonly warnings: readonly string[]
}

/** Variables of the client commands, which `serve` shares its environment with. */
const OTHERS = new Set(['MSGRAPH_MOCK_URL'])

/**
 * Reads the `MSGRAPH_MOCK_*` variables. Kubernetes sets such variables for a service of the name `msgraph-mock`, so
 * what is unknown, and a port that begins with `tcp://`, is passed over with a warning, not refused.
 */
export function parseVariables(env: NodeJS.Dict<string>, schema: TObject): ParsedVariables {
  const members = new Map(
    Object.entries(schema.properties).map(([name, member]) => [variableOf(name), { name, member }])
  )
  const values: Record<string, unknown> = {}
  const passedOver: string[] = []
  for (const [variable, text = ''] of Object.entries(env)) {
    if (!variable.startsWith('MSGRAPH_MOCK_') || OTHERS.has(variable)) continue
    const known = members.get(variable)
    // As if it were not set; but a secret that came out empty was meant to protect, so the schema refuses it.
    if (text === '' && !known?.member['secret']) continue
    if (!known || (known.name === 'port' && text.startsWith('tcp://'))) passedOver.push(variable)
    else if (known.member.type === 'array') values[known.name] = text.split(',').map((item) => item.trim())
    else values[known.name] = convert(text, known.member)
  }
  if (passedOver.length === 0) return { values, warnings: [] }
  return { values, warnings: [`passing over ${passedOver.sort().join(', ')}: no option of msgraph-mock`] }
}

function isBoolean(schema: TSchema): boolean {
  return schema.type === 'boolean'
}

/** Text that is no number or boolean stays text, for the schema to refuse. */
function convert(text: string, schema: TSchema): unknown {
  if (schema.type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (isBoolean(schema) && /^(true|1)$/i.test(text)) return true
  if (isBoolean(schema) && /^(false|0)$/i.test(text)) return false
  return text
}

function unknownFlag(flag: string, known: readonly string[]): string {
  return `unknown option ${flag}; did you mean --${closest(flag.replace(/^-+/, ''), known)}? --help lists all`
}
