import { Type, type Static, type TObject } from '@sinclair/typebox'
import { canonicalPath, fitsPattern } from '../path-pattern.js'
import { readBody } from './body.js'
import { compare, tellDifference } from './differences.js'
import type { JournalEntry } from './entry.js'
import { recordOf } from './record.js'

const method = Type.String({ pattern: '^[A-Za-z]+$', description: 'HTTP method, in any case.' })
const path = Type.String({
  minLength: 1,
  description: 'Whole path, in any case, without query; * stands for any characters.'
})
const status = Type.Integer({ minimum: 100, maximum: 599, description: 'Status of the answer.' })

/** Which requests. Members that are left out fit all. */
export const requestMatchMembers = {
  method: Type.Optional(method),
  path: Type.Optional(path),
  status: Type.Optional(status),
  body: Type.Optional(
    Type.Unknown({
      description: 'Part of the body: members of objects at any depth, arrays element by element, equal scalars.'
    })
  )
}
export type RequestMatch = Static<TObject<typeof requestMatchMembers>>

/** What a request is to a match. */
export interface Fit {
  readonly fits: boolean
  /** Members that are as wanted. */
  readonly equal: number
  /** Why it does not fit, one clause each. */
  readonly why: string[]
}

export function fit(entry: JournalEntry, wanted: RequestMatch): Fit {
  const why: string[] = []
  let equal = 0
  const check = (isEqual: boolean, clause: () => string) => {
    if (isEqual) equal++
    else why.push(clause())
  }
  const sent = wanted.path === undefined && wanted.body === undefined ? undefined : recordOf(entry)
  if (wanted.method !== undefined) {
    const name = wanted.method.toUpperCase()
    check(entry.method === name, () => `method was ${entry.method}, not ${name}`)
  }
  if (sent && wanted.path !== undefined) {
    const pattern = canonicalPath(wanted.path)
    check(fitsPattern(pattern, canonicalPath(sent.path)), () => `path was ${sent.path}, not ${pattern}`)
  }
  if (wanted.status !== undefined) {
    const { status, outcome } = entry
    check(status === wanted.status, () => `status was ${status ?? `none (${outcome})`}, not ${String(wanted.status)}`)
  }
  if (sent && wanted.body !== undefined) {
    const was = readBody(sent) ?? (wanted.body === null ? null : undefined)
    const body = compare('body', was, wanted.body)
    equal += body.equal
    why.push(...body.differences.map(tellDifference))
  }
  return { fits: why.length === 0, equal, why }
}
