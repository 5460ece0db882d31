import { AADSTS_ERRORS } from './aadsts-errors.js'

type AadstsErrors = typeof AADSTS_ERRORS
export type AadstsErrorName = keyof AadstsErrors

/** The `error` values of the table, and those that another endpoint answers in their place. */
export type OAuthErrorName = AadstsErrors[AadstsErrorName]['error'] | 'interaction_required' | 'invalid_tenant'

/** The names in braces of a text; `{EUII Hidden}` stands in Entra's own words. */
type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, 'EUII Hidden'> | NamesIn<Rest>
  : never

type Values<Name extends AadstsErrorName> = Readonly<
  Record<NamesIn<AadstsErrors[Name]['text'] | AadstsErrors[Name]['reason']>, string | number>
>

interface AadstsErrorParts {
  readonly error: OAuthErrorName
  /** The digits behind `AADSTS`. */
  readonly number: number
  readonly text: string
  /** For `x-mock-reason` and the log. */
  readonly reason: string
  readonly suberror?: string
}

const CONTROL_CHARACTERS = /[\p{Cc}\u2028\u2029]+/gu

/** A refusal in Entra's words. It knows no HTTP: `src/entra/error-response.ts` turns it into an answer. */
export class AadstsError extends Error {
  readonly error: OAuthErrorName
  readonly number: number
  readonly reason: string
  readonly suberror: string | undefined

  constructor({ error, number, text, reason, suberror }: AadstsErrorParts) {
    // Some texts quote the request, and a description may not have control characters (RFC 6749, 5.2).
    super(`AADSTS${number}: ${text.replace(CONTROL_CHARACTERS, ' ')}`)
    this.name = 'AadstsError'
    this.error = error
    this.number = number
    this.reason = reason
    this.suberror = suberror
  }
}

/**
 * An error of the table.
 *
 * @param values what the names in its texts stand for
 * @param error in place of the table's, where another endpoint answers another one
 */
export function aadsts<Name extends AadstsErrorName>(
  name: Name,
  values: Values<Name>,
  error: OAuthErrorName = AADSTS_ERRORS[name].error
): AadstsError {
  const row: AadstsErrorParts = AADSTS_ERRORS[name]
  return new AadstsError({ ...row, error, text: fill(row.text, values), reason: fill(row.reason, values) })
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}
