import { STATUS_CODES } from 'node:http'

/** A refusal of the control surface, sent as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly status: number

  /** @param detail names the offending member, or the flag that allows what was refused */
  constructor(status: number, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.status = status
  }

  toJSON(): object {
    return { type: 'about:blank', title: STATUS_CODES[this.status], status: this.status, detail: this.message }
  }
}
