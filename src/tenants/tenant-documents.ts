import type { TObject } from '@sinclair/typebox'
import { firstMistake } from '../faults/check-rule.js'
import { addFaults, faultDocuments, NO_FAULTS, type FaultList } from '../faults/fault-list.js'
import { isDeeperThan } from '../lib/json.js'
import { lazyCheck, type Check } from '../lib/lazy-check.js'
import { mergePatch, mergePatchSchema } from '../lib/merge-patch.js'
import { explainMismatch } from '../lib/schema-mismatch.js'
import { WALL_CLOCK, type Clock, type ClockChange } from './clock.js'
import { InvalidDocument, InvalidPatch } from './invalid-document.js'
import type { StateSlot } from './state-slot.js'
import { clockMistake, tenantDocumentSchema, type TenantDocument } from './tenant-document.js'
import { tenantOverridesSchema, tenantStateSchema, valueIn, withNulls } from './tenant-state.js'
import type { TenantOverrides, TenantState } from './state-slot.js'
import type { Tenants } from './tenants.js'

/** Levels of a patch; the documents are a few deep. */
const MAX_DEPTH = 32

interface TenantDocumentsOptions {
  readonly tenants: Tenants
  readonly slots: readonly StateSlot[]
  /** The wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** Names that fault rules may give operations. */
  readonly operations: readonly string[]
  /** @throws TooManyFaults where the tenant may not have these rules */
  readonly demandRoom: (tenantId: string, list: FaultList) => void
}

/**
 * Tenants as documents: the state of one, and the whole of one. Every change is checked first with the resources' own
 * schemas, and done whole or not at all.
 */
export class TenantDocuments {
  readonly #tenants: Tenants
  readonly #slots: readonly StateSlot[]
  readonly #now: () => number
  readonly #operations: readonly string[]
  readonly #demandRoom: TenantDocumentsOptions['demandRoom']
  readonly #schema: TObject
  readonly #state: Check
  readonly #patch: Check
  readonly #overrides: Check
  readonly #document: Check

  constructor({ tenants, slots, now, operations, demandRoom }: TenantDocumentsOptions) {
    this.#tenants = tenants
    this.#slots = slots
    this.#now = now
    this.#operations = operations
    this.#demandRoom = demandRoom
    this.#schema = tenantStateSchema(slots)
    this.#state = lazyCheck(this.#schema)
    this.#patch = lazyCheck(mergePatchSchema(this.#schema))
    this.#overrides = lazyCheck(tenantOverridesSchema(slots))
    this.#document = lazyCheck(tenantDocumentSchema(slots))
  }

  /** What it leaves out is as in the fixture. @throws InvalidDocument, TooMuchHeld */
  replaceState(id: string, document: unknown): TenantState {
    demand(this.#overrides, document)
    this.#tenants.get(id).write(this.#tenants.initialValues(id, document as TenantOverrides))
    return this.#tenants.stateOf(id)
  }

  /** A JSON Merge Patch (RFC 7396). @throws InvalidDocument, InvalidPatch for one that is good by itself only, TooMuchHeld */
  patchState(id: string, patch: unknown): TenantState {
    if (isDeeperThan(patch, MAX_DEPTH))
      throw new InvalidDocument(`the document is nested deeper than ${MAX_DEPTH} levels`)
    demand(this.#patch, patch)
    const patched = withNulls(this.#schema, mergePatch(this.#tenants.stateOf(id), patch))
    if (!this.#state.accepts(patched)) throw new InvalidPatch(explainMismatch(this.#state.errors(patched)))
    const values = this.#tenants.initialValues(id)
    for (const slot of this.#slots) values.set(slot, valueIn(patched as TenantState, slot))
    this.#tenants.get(id).write(values)
    return this.#tenants.stateOf(id)
  }

  /**
   * The whole tenant as it stands now, snapshots and counted limits apart. It says everything, also what is not there,
   * so that it means the same whatever the fixture says that it is put in.
   */
  export(id: string): TenantDocument {
    const { clock, faults } = this.#tenants.get(id)
    const { throttling = null, ...state } = this.#tenants.stateOf(id)
    return {
      ...state,
      throttling,
      clock: clockDocument(clock, this.#tenants.now(id)),
      faults: faultDocuments(faults)
    }
  }

  /**
   * As if the document stood in the fixture, and the tenant were first used now.
   *
   * @throws InvalidDocument, TooManyFaults, TooMuchHeld
   */
  import(id: string, document: unknown): void {
    demand(this.#document, document)
    const { clock, faults } = document as TenantDocument
    const mistake = clockMistake(clock, this.#now())
    if (mistake !== undefined) throw new InvalidDocument(mistake)
    const ruleMistake = faults && firstMistake(faults, this.#operations)
    if (ruleMistake !== undefined) throw new InvalidDocument(`faults.${ruleMistake}`)
    const record = this.#tenants.compose(id, document as TenantDocument)
    const rules = faults ? addFaults(NO_FAULTS, faults) : record.faults
    this.#demandRoom(id, rules)
    this.#tenants.get(id).become({ ...record, faults: rules })
  }
}

/** A clock that runs apart from the wall clock goes on from the instant that it shows now. */
function clockDocument(clock: Clock, now: number): ClockChange {
  if (clock === WALL_CLOCK) return { reset: true }
  const set = new Date(now).toISOString()
  return clock.frozenAt === null ? { set } : { freeze: true, set }
}

function demand(check: Check, document: unknown): void {
  if (!check.accepts(document)) throw new InvalidDocument(explainMismatch(check.errors(document)))
}
