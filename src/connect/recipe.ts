/** Where a client finds this server, and as whom it comes. */
export interface ConnectFacts {
  /** `http://127.0.0.1:8365`: where the certificate authority is fetched, before anybody trusts it. */
  readonly caUrl: string
  /** Whether fetching it takes the token of `--control-token`, which no recipe shows. */
  readonly needsControlToken: boolean
  /** `https://127.0.0.1:8365`: Graph and authority. */
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

/** How one SDK is connected: what to type in a shell, and the lines of the program. */
export interface Recipe {
  readonly language: string
  /** A suite runs these very lines; otherwise they are written from the SDK's sources. */
  readonly isRun: boolean
  /** Commands that make the SDK's runtime trust the certificate authority. */
  shell(facts: ConnectFacts): readonly string[]
  /** The program; `''` where the shell does it all. */
  code(facts: ConnectFacts): string
}

/** Scope of application tokens for Graph. */
export const SCOPE = 'https://graph.microsoft.com/.default'

/** A string literal of JavaScript, Python, Go, Java and C#. */
export function literal(text: string): string {
  return JSON.stringify(text)
}

/** A word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

const CA_FILE = 'msgraph-mock-ca.pem'
const AUTHORIZATION = '-H "Authorization: Bearer $MSGRAPH_MOCK_CONTROL_TOKEN" '

/** Fetches the certificate authority, and sets the variables by which a runtime reads it. */
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

export function hostOf({ httpsUrl }: ConnectFacts): string {
  return new URL(httpsUrl).host
}

export function hostNameOf({ httpsUrl }: ConnectFacts): string {
  return new URL(httpsUrl).hostname
}
