import { Type } from '@sinclair/typebox'
import t from 'tap'
import { StateSlot, StateValues, type StateOwner } from '../../src/tenants/state-slot.js'

interface Timed {
  readonly endsAt: number | null
  readonly seen: readonly string[]
}

/** A slot whose value awaits an end, and notes in `log` that it came. */
function timed(name: string, log: StateSlot<{ log: readonly string[] }>): StateSlot<Timed> {
  const slot: StateSlot<Timed> = new StateSlot<Timed>({
    schemas: { endsAt: Type.Union([Type.Null(), Type.Number()]), seen: Type.Array(Type.String()) },
    initial: () => ({ endsAt: null, seen: [] }),
    due: ({ endsAt }) =>
      endsAt === null
        ? undefined
        : {
            at: endsAt,
            apply(values) {
              values.set(slot, { endsAt: null, seen: values.get(log).log })
              values.set(log, { log: [...values.get(log).log, name] })
            }
          }
  })
  return slot
}

const log = new StateSlot<{ log: readonly string[] }>({
  schemas: { log: Type.Array(Type.String()) },
  initial: () => ({ log: [] })
})

t.test('what is due happens in the order of its instants, whoever awaits it', async (t) => {
  for (const order of [
    ['early', 'late', 'latest'],
    ['latest', 'late', 'early'],
    ['late', 'latest', 'early']
  ]) {
    const at: Record<string, number> = { early: 10, late: 20, latest: 30 }
    const slots = new Map(order.map((name) => [name, timed(name, log)]))
    const values = StateValues.from({ tenantId: 't', layers: [], slotOf: () => undefined })
    for (const [name, slot] of slots) values.set(slot, { endsAt: at[name] as number, seen: [] })
    t.strictSame(values.at(9), values, 'nothing yet')
    t.strictSame(values.at(20).get(log).log, ['early', 'late'], order.join())
    t.strictSame(values.at(20).get(slots.get('late') as StateSlot<Timed>).seen, ['early'], 'it sees what came before')
    t.strictSame(values.at(30).get(log).log, ['early', 'late', 'latest'])
    t.strictSame(values.at(5).get(log).log, [], 'on a clock put back it has not happened')
  }
})

t.test('the values of an instant are made once, and anew after a write', async (t) => {
  const slot = timed('one', log)
  let values = StateValues.from({ tenantId: 't', layers: [], slotOf: () => undefined })
  const owner: StateOwner = {
    values: () => values.at(50),
    replaceValues(written) {
      values = written
    }
  }
  values.set(slot, { endsAt: 10, seen: [] })
  t.equal(values.at(50), values.at(60), 'the same, as nothing is due between')
  slot.update(owner, (value) => ({ ...value, endsAt: 40 }))
  t.strictSame(slot.read(owner), { endsAt: null, seen: ['one'] })
  t.strictSame(log.read(owner).log, ['one', 'one'])
})
