import { STATUS_CODES } from 'node:http'
import { Type } from '@sinclair/typebox'

/** The body of every refusal of the control surface: `application/problem+json` (RFC 9457). */
export const ProblemDocument = Type.Object(
  {
    type: Type.Literal('about:blank'),
    title: Type.String({ description: 'Reason phrase of the status.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'Names the offending member, or the flag that allows what was refused.' })
  },
  { title: 'ProblemDocument' }
)

/** A refusal of the control surface, which its error handler answers. */
export class Problem extends Error {
  readonly status: number
  /** Headers that go with the refusal, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>

  /** @param detail names the offending member, or the flag that allows what was refused */
  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.headers = headers
  }

  toJSON(): object {
    return { type: 'about:blank', title: STATUS_CODES[this.status], status: this.status, detail: this.message }
  }
}
