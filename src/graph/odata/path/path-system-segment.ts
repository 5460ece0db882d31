import { misplacedSegment } from './path-error.js'
import type { PathTarget } from './resolved-path.js'

type System = 'count' | 'ref' | 'value'

/**
 * `$count`, `$ref` or `$value`, where it may stand; `undefined` for another segment. Any other name with `$` is one that
 * the model lacks.
 *
 * @param previous the segment before, for messages
 * @throws PathError where it may not stand there
 */
export function systemSegment(text: string, target: PathTarget, previous: string): System | undefined {
  switch (text.toLowerCase()) {
    case '$count':
      if (!target.collection) throw misplacedSegment(text, countNotSupported(previous))
      return 'count'
    case '$ref':
      if (!target.type || target.type.keys.length === 0) throw misplacedSegment(text, refNotSupported(previous))
      return 'ref'
    case '$value':
      if (target.collection) throw misplacedSegment(text, '$value cannot be applied to a collection.')
      return 'value'
    default:
      return undefined
  }
}

function countNotSupported(previous: string): string {
  return `The request URI is not valid. $count cannot be applied to the segment '${previous}' since $count can only follow an entity set, a collection navigation property, a structural property of collection type, an operation returning collection type or an operation import returning collection type.`
}

function refNotSupported(previous: string): string {
  return `The request URI is not valid. $ref cannot be applied to the segment '${previous}' since $ref can only follow an entity segment or entity collection segment.`
}
