/** The address of this server, and the credentials that a client uses. */
export interface ConnectFacts {
  /** URL of the certificate authority by http, because clients do not trust it yet. */
  readonly caUrl: string
  /** Whether fetching it needs the token of `--control-token`, which recipes read from a variable. */
  readonly needsControlToken: boolean
  /** Origin of Graph and of the authority, such as `https://127.0.0.1:8365`. */
  readonly httpsUrl: string
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the program reads and prints. */
  readonly example: {
    /** Below the version of Graph. */
    readonly path: string
    /** Name of its type, without namespace. */
    readonly type: string
    readonly property: string
  }
}

/** How to connect one SDK: commands for a shell, and a program. */
export interface Recipe {
  readonly language: string
  /** Whether the tests in `test/clients` run these very lines; otherwise they are written from the sources of the SDK. */
  readonly isTested: boolean
  /** Commands that make the SDK's runtime trust the certificate authority. */
  shell(facts: ConnectFacts): readonly string[]
  /** The program; `''` where the shell does it all. */
  code(facts: ConnectFacts): string
}

/** Scope of application tokens for Graph. */
export const SCOPE = 'https://graph.microsoft.com/.default'

/** A string literal that JavaScript, Python, Go, Java and C# all read. */
export function literal(text: string): string {
  return JSON.stringify(text)
}

/** A text quoted, where it must be, as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

const CA_FILE = 'msgraph-mock-ca.pem'
const AUTHORIZATION = '-H "Authorization: Bearer $MSGRAPH_MOCK_CONTROL_TOKEN" '

/** Commands that fetch the certificate authority, and set the variables by which a runtime finds it. */
export function trust(...variables: readonly string[]) {
  return ({ caUrl, needsControlToken }: ConnectFacts): readonly string[] => [
    `curl -fsS ${needsControlToken ? AUTHORIZATION : ''}${shellWord(caUrl)} -o ${CA_FILE}`,
    ...variables.map((name) => `export ${name}="$PWD/${CA_FILE}"`)
  ]
}

/** The segments of a path as the members of an SDK's client: `.deviceManagement().x()` for `call` "()". */
export function fluent(path: string, spelling: (name: string) => string, call = ''): string {
  const segments = path.split('/').filter((segment) => segment !== '')
  return segments.map((segment) => `.${spelling(segment)}${call}`).join('')
}

/** `syncStatus` as `SyncStatus`. */
export function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** `syncStatus` as `sync_status`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The host of an origin without its port. */
export function hostNameOf(origin: string): string {
  return new URL(origin).hostname
}
