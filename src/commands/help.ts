import { Type, type TObject, type TSchema } from '@sinclair/typebox'
import { flagOf, Options } from '../options.js'
import { EnvFlags, ExecFlags, TokenFlags } from './flag-schemas.js'

const COMMANDS = `Usage: msgraph-mock [serve] [options]         start the server
       msgraph-mock token [options]           print an access token of a running server
       msgraph-mock env --sdk NAME            print the lines that connect an SDK to a running server
       msgraph-mock healthcheck [URL]         exit 0 when the server answers, else 1
       msgraph-mock ca [--ca-dir DIR]         print the certificate authority that DIR keeps
       msgraph-mock exec [options] -- COMMAND run a command against a server of its own
       msgraph-mock --help | --version
`

const execOnly = Type.Pick(ExecFlags, ['intercept', 'failOn'])

const NOTES = `Every option of serve is also a variable: --log-level is MSGRAPH_MOCK_LOG_LEVEL. A flag wins.
exec takes all options of serve but --ready-file, and a free port unless --port names one.
MSGRAPH_MOCK_URL is the server that token, env and healthcheck ask, where no URL is given.
`

/** The text of `--help`, written from the schemas. */
export function helpText(): string {
  return [
    COMMANDS,
    section('serve', Options),
    section('exec', execOnly),
    section('token', TokenFlags),
    section('env', EnvFlags),
    NOTES
  ].join('\n')
}

/** Placeholders for values by type, where the schema has none; a boolean takes no value. */
const VALUES: Readonly<Record<string, string>> = { string: 'TEXT', integer: 'N' }

function section(command: string, schema: TObject): string {
  const rows = Object.entries(schema.properties).map(([name, member]) => row(name, member))
  const width = Math.max(...rows.map(([flag]) => flag.length))
  return `Options of ${command}:\n${rows.map(([flag, text]) => `  ${flag.padEnd(width)}  ${text}\n`).join('')}`
}

function row(name: string, schema: TSchema): [string, string] {
  const choices = (schema['anyOf'] as TSchema[] | undefined)?.map((member) => String(member['const'])).join('|')
  const value = choices ?? (schema['placeholder'] as string | undefined) ?? VALUES[String(schema.type)]
  const { default: initial, note } = schema as { default?: unknown; note?: string }
  const shown = typeof initial === 'string' || typeof initial === 'number' ? String(initial) : note
  return [
    `--${flagOf(name)}${value === undefined ? '' : ` ${value}`}`,
    `${String(schema.description)}${shown === undefined ? '' : ` (${shown})`}`
  ]
}
