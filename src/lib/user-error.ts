/** A mistake of whoever starts the program: one clear line and a non-zero exit, no stack. */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** 2 for a wrong call, 1 for anything that went wrong with a right one. */
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
