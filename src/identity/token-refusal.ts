/** A bearer token is not accepted. This error knows no HTTP: Graph answers 401 with its `message`. */
export class TokenRefusal extends Error {
  /** What to do about it; `message` holds Graph's own words. */
  readonly reason: string

  constructor(message: string, reason: string) {
    super(message)
    this.name = 'TokenRefusal'
    this.reason = reason
  }
}
