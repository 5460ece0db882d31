import { Type, type Static, type TObject } from '@sinclair/typebox'
import { canonicalPath, matchesPattern } from '../lib/path-pattern.js'
import { abbreviate, compare, contains, tellDifference } from './differences.js'
import type { Reading } from './reading.js'

const methodMember = Type.String({ pattern: /^[A-Za-z]+$/.source, description: 'HTTP method, in any case.' })
const pathMember = Type.String({
  minLength: 1,
  maxLength: 8192,
  description: 'Whole path, in any case, without query; * stands for any characters.'
})
const statusMember = Type.Integer({ minimum: 100, maximum: 599, description: 'Status of the answer.' })
const unverifiedMember = Type.Boolean({
  description:
    'Requests whose token has a signature that did not verify, or all others. Left out: of a tenant all others, of all tenants both.'
})

/** Which requests. Members that are left out fit all. */
export const requestMatchMembers = {
  method: Type.Optional(methodMember),
  path: Type.Optional(pathMember),
  status: Type.Optional(statusMember),
  unverified: Type.Optional(unverifiedMember),
  body: Type.Optional(
    Type.Unknown({
      description: 'Part of the body: members of objects at any depth, arrays element by element, equal scalars.'
    })
  )
}
export type RequestMatch = Static<TObject<typeof requestMatchMembers>>

/** How closely a request matches. */
export interface Nearness {
  /** How many members match. */
  readonly equal: number
  /** Why it does not match, one clause per function. */
  readonly why: readonly (() => string)[]
}

/** The condition on one member. */
interface Check {
  fits(reading: Reading): boolean
  tell(reading: Reading): string
}

/** Matches requests against a filter or a wait. */
export class Matcher {
  readonly #checks: readonly Check[]
  readonly #body: unknown

  constructor(wanted: RequestMatch) {
    this.#checks = checksOf(wanted)
    this.#body = wanted.body
  }

  fits(reading: Reading): boolean {
    if (!this.#checks.every((check) => check.fits(reading))) return false
    return this.#body === undefined || contains(this.#bodyOf(reading), this.#body)
  }

  /** How closely it matches; costs more than {@link fits}. */
  compare(reading: Reading): Nearness {
    const failed = this.#checks.filter((check) => !check.fits(reading))
    const equal = this.#checks.length - failed.length
    const why = failed.map((check) => () => check.tell(reading))
    if (this.#body === undefined) return { equal, why }
    const body = compare('body', this.#bodyOf(reading), this.#body)
    const differences = body.differences.map((difference) => () => tellDifference(difference))
    return { equal: equal + body.equal, why: [...why, ...differences] }
  }

  /** No body counts as `null` if `null` is wanted, else as missing. */
  #bodyOf(reading: Reading): unknown {
    return reading.body ?? (this.#body === null ? null : undefined)
  }
}

function checksOf({ method, path, status, unverified }: RequestMatch): Check[] {
  const checks: Check[] = []
  if (method !== undefined) {
    const name = method.toUpperCase()
    checks.push({
      fits: ({ entry }) => entry.method === name,
      tell: ({ entry }) => `method was ${entry.method}, not ${name}`
    })
  }
  if (path !== undefined) {
    const pattern = canonicalPath(path)
    checks.push({
      fits: (reading) => matchesPattern(pattern, canonicalPath(reading.path)),
      tell: (reading) => `path was ${abbreviate(reading.path)}, not ${abbreviate(pattern)}`
    })
  }
  if (status !== undefined) {
    checks.push({
      fits: ({ entry }) => entry.status === status,
      tell: ({ entry }) => `status was ${entry.status ?? `none (${entry.outcome})`}, not ${status}`
    })
  }
  if (unverified !== undefined) {
    checks.push({
      fits: ({ entry }) => entry.isUnverified === unverified,
      tell: ({ entry }) => `unverified was ${String(entry.isUnverified)}, not ${String(unverified)}`
    })
  }
  return checks
}
