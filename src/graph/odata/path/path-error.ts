/**
 * A path that Graph refuses: 400 with code `BadRequest` and this message. That of an unknown segment is *captured*
 * (graph2otel, WindowsAutopilotInfo#11); the others are *assumed* from Microsoft's OData library, which Graph's gateway
 * runs on.
 */
export class PathError extends Error {
  /** `unknown`: the model lacks the segment; `malformed`: a segment is not written as OData has it; `misplaced`: it may not stand there. */
  readonly kind: 'unknown' | 'malformed' | 'misplaced'
  /** Decoded. */
  readonly segment: string
  /** Names that may have been meant, the nearest first; of an unknown segment. */
  readonly candidates: readonly string[]

  constructor(kind: PathError['kind'], message: string, segment: string, candidates: readonly string[] = []) {
    super(message)
    this.name = 'PathError'
    this.kind = kind
    this.segment = segment
    this.candidates = candidates
  }
}

/** Parentheses that do not close are a mistake before the name is looked up. */
export function unknownSegment(segment: string, candidates: readonly string[]): PathError {
  if (segment.includes('(') && !segment.endsWith(')')) return malformedSegment(segment)
  return new PathError('unknown', `Resource not found for the segment '${segment}'.`, segment, candidates)
}

export function malformedSegment(segment: string): PathError {
  return new PathError('malformed', 'Bad Request - Error in query syntax.', segment)
}

export function misplacedSegment(segment: string, why: string): PathError {
  return new PathError('misplaced', why, segment)
}
