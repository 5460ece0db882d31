/** The user of a delegated token: one of the fixture, or one that an assertion names. */
export interface Subject {
  /** Object id (claim oid). */
  readonly id: string
  readonly userPrincipalName: string
  readonly displayName: string
}

/** The members of a user that a grant keeps. */
export function subjectOf({ id, userPrincipalName, displayName }: Subject): Subject {
  return { id, userPrincipalName, displayName }
}
