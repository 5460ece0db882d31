/** The body of a refusal of the authority. */
export interface AadstsRefusal {
  readonly error: string
  readonly error_description: string
  readonly error_codes: readonly [number]
  /** `2020-03-26 22:54:14Z` */
  readonly timestamp: string
  readonly trace_id: string
  readonly correlation_id: string
  readonly error_uri: string
  readonly suberror?: string
}
