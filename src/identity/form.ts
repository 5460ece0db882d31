import { aadsts } from './aadsts.js'

/** The parameters of a form, by name; an empty one counts as not sent. */
export type Form = ReadonlyMap<string, string>

/** @throws AadstsError 900144 */
export function required(form: Form, name: string, hint = ''): string {
  const value = form.get(name)
  if (value === undefined)
    throw aadsts('missingParameter', { name, reason: `The form has no ${name}.${hint && ` ${hint}`}` })
  return value
}
