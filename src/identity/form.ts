/** The parameters of a form, by name; an empty one counts as not sent. */
export type Form = ReadonlyMap<string, string>
