import type { Run } from './context.js'

/**
 * `and`, `or` and `not` over true, false and null, which is unknown (documented: OData 4.01 URL Conventions 5.1.1.1.7 to
 * 5.1.1.1.9).
 */
export function runLogical(kind: 'and' | 'or', operands: readonly Run[]): Run {
  const decisive = kind === 'or'
  return (frame) => {
    let isKnown = true
    for (const operand of operands) {
      const truth = operand(frame)
      if (truth === decisive) return decisive
      if (truth !== !decisive) isKnown = false
    }
    return isKnown ? !decisive : null
  }
}

export function runNot(operand: Run): Run {
  return (frame) => {
    const truth = operand(frame)
    return typeof truth === 'boolean' ? !truth : null
  }
}

/** The number of items of a collection. */
export function runCount(source: Run): Run {
  return (frame) => (source(frame) as readonly unknown[]).length
}

/**
 * `any` is whether the predicate is true of an item, `all` whether it is of each; without a predicate, whether there are
 * items, or true (documented: OData 4.01 URL Conventions 5.1.1.13).
 */
export function runLambda(kind: 'any' | 'all', source: Run, variable: number, predicate: Run | undefined): Run {
  const wanted = kind === 'any'
  return (frame) => {
    const items = source(frame) as readonly unknown[]
    if (!predicate) return wanted ? items.length > 0 : true
    frame.context.visits?.(items.length)
    for (const item of items) {
      frame.variables[variable] = item
      if ((predicate(frame) === true) === wanted) return wanted
    }
    return !wanted
  }
}
