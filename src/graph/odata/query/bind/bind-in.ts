import { QueryError } from '../query-error.js'
import type { Bound, BoundIn } from './bound.js'
import { notAMember } from './constant.js'
import { meet, widerNumber } from './operands.js'
import { BOOLEAN, itemOf, type Family } from '../value/value-type.js'

/** An item of a list, with the place where it stands. */
export interface ListItem {
  readonly bound: Bound
  readonly position: number
}

/**
 * Binds `in`, with a list or with a collection that holds the items.
 *
 * @throws QueryError
 */
export function bindIn(operand: Bound, list: readonly ListItem[] | Bound, position: number): BoundIn {
  if (operand.type.collection) {
    throw new QueryError(`The left operand for the IN operation is not a single value. ${DEMAND}`, position)
  }
  return 'kind' in list ? inCollection(operand, list, position) : inList(operand, list)
}

const DEMAND =
  'IN operations require the left operand to be a single value and the right operand to be a collection value.'

function inCollection(operand: Bound, list: Bound, position: number): BoundIn {
  if (!list.type.collection || list.kind !== 'path') {
    throw new QueryError(`The right operand for the IN operation is not a collection value. ${DEMAND}`, position)
  }
  const pair = meet(operand, { ...list, type: itemOf(list.type) })
  if (!pair) throw notComparable(operand, list, position)
  return { kind: 'in', operand: pair.left, family: pair.family, list, type: BOOLEAN }
}

/** The items take the type of the operand; the widest number among them is that of all. */
function inList(operand: Bound, items: readonly ListItem[]): BoundIn {
  let { family } = operand.type
  const list = items.map(({ bound, position }) => {
    const pair = bound.type.collection ? undefined : meet(operand, bound)
    if (!pair) throw misfit(operand, bound, position)
    family = wider(family, pair.family)
    return pair.right
  })
  return { kind: 'in', operand, family, list, type: BOOLEAN }
}

function wider(left: Family, right: Family): Family {
  if (left === right || right === 'null' || right === 'untyped') return left
  if (left === 'null' || left === 'untyped') return right
  return left === 'date' || left === 'dateTimeOffset' ? 'dateTimeOffset' : widerNumber(left, right)
}

function misfit(operand: Bound, item: Bound, position: number): QueryError {
  const isText = item.kind === 'constant' && typeof item.value === 'string' && item.type.family === 'string'
  return operand.type.enumeration && isText
    ? notAMember(String((item as { value: unknown }).value), position)
    : notComparable(operand, item, position)
}

function notComparable(operand: Bound, item: Bound, position: number): QueryError {
  return new QueryError(
    `An instance of InNode can only be created where the item types of the right operand '${item.type.name}' and the left operand '${operand.type.name}' can be compared.`,
    position
  )
}
