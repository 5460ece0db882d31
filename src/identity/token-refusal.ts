/** Why a bearer token is not accepted. Knows no HTTP: Graph answers it with 401 and `message`. */
export class TokenRefusal extends Error {
  /** What to do about it; `message` holds Graph's own words. */
  readonly reason: string

  constructor(message: string, reason: string) {
    super(message)
    this.name = 'TokenRefusal'
    this.reason = reason
  }
}
