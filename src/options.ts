import { FormatRegistry, Type, type Static, type TObject, type TSchema } from '@sinclair/typebox'
import { profileNames } from './graph/profiles.js'
import { lazyCheck } from './lib/lazy-check.js'
import { logLevels } from './lib/log-levels.js'
import { explainMismatch } from './lib/schema-mismatch.js'
import { UserError } from './lib/user-error.js'
import { closedObject, oneOf } from './lib/schemas.js'

// TypeBox has one registry of formats per process. The entry is a pure function, so apps share no state.
FormatRegistry.Set('http-origin', (text) => URL.canParse(text) && isOrigin(new URL(text)))

function isOrigin({ protocol, pathname, search, hash, username }: URL): boolean {
  return /^https?:$/.test(protocol) && pathname + search + hash + username === '/'
}

/**
 * The options of a server. Flag (`--public-url`), environment variable (`MSGRAPH_MOCK_PUBLIC_URL`), member of
 * `startGraphMock` and line of `--help` are all derived from here; `placeholder` stands for the value in `--help`.
 */
export const Options = closedObject({
  host: Type.String({
    default: '127.0.0.1',
    minLength: 1,
    placeholder: 'ADDRESS',
    description: 'Address to listen on.'
  }),
  port: Type.Integer({
    default: 8365,
    minimum: 0,
    maximum: 65535,
    placeholder: 'N',
    description: 'Port to listen on; 0 takes a free one.'
  }),
  profile: Type.Optional(
    oneOf(profileNames, {
      description: 'Whose behaviour: the API page to the letter, or the live service as captured.',
      note: 'documented'
    })
  ),
  fixtures: Type.Optional(
    Type.String({ placeholder: 'FILE', description: 'Fixture: tenants and named tokens to start with.' })
  ),
  watch: Type.Boolean({
    default: false,
    description: 'Take in the file of --fixtures when it is edited, for tenants not used yet.'
  }),
  publicUrl: Type.Optional(
    Type.String({
      format: 'http-origin',
      placeholder: 'URL',
      description: 'Origin that clients use, where it differs from what they send as Host.'
    })
  ),
  tls: oneOf(['auto', 'off'], { description: 'Speak https as well, on the same port.', default: 'auto' }),
  tlsCert: Type.Optional(
    Type.String({
      placeholder: 'FILE',
      description: 'Certificate (PEM, with its chain) to show instead of own ones.'
    })
  ),
  tlsKey: Type.Optional(Type.String({ placeholder: 'FILE', description: 'Private key (PEM) of --tls-cert.' })),
  tlsName: Type.Array(Type.String({ pattern: /^[A-Za-z0-9._:-]+$/.source }), {
    default: [],
    placeholder: 'NAME',
    description: 'Host name or IP address that gets a certificate, beside local ones; may be repeated.'
  }),
  caDir: Type.Optional(
    Type.String({
      placeholder: 'DIR',
      description: 'Directory that keeps the certificate authority, ca.pem and ca-key.pem; else it lives in memory.'
    })
  ),
  trustForeignTokens: Type.Boolean({
    default: false,
    description: "Accept tokens signed by others (a real tenant's). Skips the signature only."
  }),
  signingKey: Type.Optional(
    Type.String({
      placeholder: 'FILE',
      description: 'RSA private key (PEM) that signs tokens, to keep them valid over restarts.'
    })
  ),
  allowedHost: Type.Array(Type.String({ minLength: 1 }), {
    default: [],
    placeholder: 'NAME',
    description:
      'Host name by which /_mock may be called, beside local ones (by web pages: beside localhost); may be repeated.'
  }),
  control: oneOf(['on', 'off'], {
    description: 'Whether /_mock answers; off leaves /_mock/health alone.',
    default: 'on'
  }),
  controlToken: Type.Optional(
    Type.String({
      pattern: /^[\x21-\x7e]+$/.source,
      expected: 'one or more visible ASCII characters',
      secret: true,
      placeholder: 'TOKEN',
      description: 'Bearer token that /_mock wants, but for /_mock/health.'
    })
  ),
  journalSize: Type.Integer({
    default: 1000,
    minimum: 0,
    maximum: 1_000_000,
    placeholder: 'N',
    description: 'Requests of each tenant that the journal keeps; 0 turns it off.'
  }),
  logLevel: oneOf(logLevels, { description: 'Least level that is logged, to standard error.', default: 'info' }),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2 ** 31 - 1,
      placeholder: 'N',
      description: 'Seed of every random choice, to repeat a run.'
    })
  ),
  readyFile: Type.Optional(
    Type.String({ placeholder: 'FILE', description: 'File to write the ready line to, once the server answers.' })
  )
})
export type Options = Static<typeof Options>

export type OptionName = keyof Options

/** `publicUrl` as `public-url`. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** `publicUrl` as `MSGRAPH_MOCK_PUBLIC_URL`. */
export function variableOf(name: string): string {
  return `MSGRAPH_MOCK_${flagOf(name).replaceAll('-', '_').toUpperCase()}`
}

/** The options with the defaults of the schema where nothing is given. */
export function withDefaults(options: Partial<Options>): Options {
  const defaults = Object.entries(Options.properties as Record<string, TSchema>)
    .filter(([, schema]) => 'default' in schema)
    .map(([name, schema]) => [name, schema.default as unknown])
  const given = Object.entries(options as Record<string, unknown>).filter(([, value]) => value !== undefined)
  return Object.fromEntries([...defaults, ...given]) as Options
}

/**
 * @param nameOf how the caller's user knows a member, such as `--public-url`
 * @throws UserError (exit code 2) naming the first member that is wrong
 */
export function demandValid(values: unknown, schema: TObject, nameOf: (member: string) => string): void {
  const check = lazyCheck(schema)
  if (check.accepts(values)) return
  const sentence = explainMismatch(check.errors(values))
  throw new UserError(sentence.replace(/^\w+/, nameOf), 2)
}
