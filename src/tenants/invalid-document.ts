/** A document that a tenant cannot become. Its message is a sentence without its full stop and names the member. */
export class InvalidDocument extends TypeError {}

/** A patch that is good by itself, but not for the tenant as it is: a running sync would lack its end. */
export class InvalidPatch extends InvalidDocument {
  constructor(mismatch: string) {
    super(`the patched state would not be valid: ${mismatch}`)
  }
}
