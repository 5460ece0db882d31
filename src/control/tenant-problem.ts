import { InvalidFaultRule } from '../faults/faults.js'
import { TooManyFaults } from '../faults/limits.js'
import { TooMuchHeld } from '../tenants/holdings.js'
import { InvalidDocument, InvalidPatch } from '../tenants/invalid-document.js'
import { TooManySnapshots, UnknownSnapshot } from '../tenants/snapshots.js'
import { Problem } from './problem.js'

const statuses = [
  [InvalidFaultRule, 400],
  [TooManyFaults, 409],
  [InvalidPatch, 409],
  [InvalidDocument, 400],
  [UnknownSnapshot, 404],
  [TooManySnapshots, 409],
  [TooMuchHeld, 409]
] as const

/** What a tenant refuses, as this surface says it; `undefined` for any other error. */
export function tenantProblem(error: Error): Problem | undefined {
  const [, status] = statuses.find(([kind]) => error instanceof kind) ?? []
  return status && new Problem(status, `${error.message}.`)
}
