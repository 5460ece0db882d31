import type { ResolvedPath, ResolvedSegment } from '../odata/path/resolved-path.js'
import type { OperationKind } from '../gateway/operation.js'

const VERBS = {
  list: { GET: 'list', POST: 'create', PATCH: 'update', PUT: 'replace', DELETE: 'delete' },
  one: { GET: 'get', POST: 'create', PATCH: 'update', PUT: 'replace', DELETE: 'delete' },
  ref: {
    GET: 'getReference',
    POST: 'addReference',
    PATCH: 'addReference',
    PUT: 'setReference',
    DELETE: 'removeReference'
  },
  value: { GET: 'getContent', POST: 'setContent', PATCH: 'setContent', PUT: 'setContent', DELETE: 'deleteContent' },
  count: { GET: 'count', POST: 'count', PATCH: 'count', PUT: 'count', DELETE: 'count' }
} as const

export type ServedMethod = keyof (typeof VERBS)['one']

export function isServedMethod(method: string): method is ServedMethod {
  return method in VERBS.one
}

/**
 * By what fault rules and the journal call an operation of any path: the set or navigation property, then what is done:
 * `users.list`, `groups.create`, `windowsAutopilotDeviceIdentities.updateDeviceProperties`.
 */
export function operationName({ segments, target }: ResolvedPath, method: ServedMethod): string {
  const last = segments.at(-1) as ResolvedSegment
  const subject = segments.reduce((name, segment) => nameOf(segment) ?? name, '')
  if (last.kind === 'operation') return `${subject}.${last.operation.name}`
  if (last.kind === 'ref' || last.kind === 'value' || last.kind === 'count')
    return `${subject}.${VERBS[last.kind][method]}`
  return `${subject}.${VERBS[target.collection ? 'list' : 'one'][method]}`
}

function nameOf(segment: ResolvedSegment): string | undefined {
  if (segment.kind === 'root') return segment.root.name
  return segment.kind === 'navigation' ? segment.property.name : undefined
}

export function operationKind({ segments, target }: ResolvedPath, method: ServedMethod): OperationKind {
  const last = segments.at(-1) as ResolvedSegment
  if (last.kind === 'operation') return last.operation.kind
  if (method === 'GET') return target.collection ? 'list' : 'get'
  if (method === 'DELETE') return 'delete'
  return method === 'POST' ? 'create' : 'update'
}

/** The segments as permissions are looked up by, keys as `{id}`. */
export function permissionPath({ segments }: ResolvedPath): readonly string[] {
  return segments.map((segment) => {
    switch (segment.kind) {
      case 'root':
        return segment.root.name
      case 'key':
        return '{id}'
      case 'navigation':
      case 'property':
        return segment.property.name
      case 'cast':
        return segment.type.name
      case 'operation':
        return segment.operation.name
      default:
        return `$${segment.kind}`
    }
  })
}
