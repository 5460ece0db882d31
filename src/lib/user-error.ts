/** A mistake of the user who starts the program: one clear line and a non-zero exit code, no stack. */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** 2 for a wrong call, 1 for any other error. */
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
