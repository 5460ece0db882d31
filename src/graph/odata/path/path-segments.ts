import { unescape } from 'node:querystring'

/** One segment of a path as it was sent, decoded, nothing of it resolved. */
export interface PathSegment {
  /** All of it: what a key is that stands as a segment. */
  readonly text: string
  /** What stands before parentheses; all of it where there are none. */
  readonly name: string
  /** What stands between parentheses; `undefined` where there are none. */
  readonly parentheses: string | undefined
}

/** A name, perhaps qualified, with parentheses that end the segment. */
const WITH_PARENTHESES = /^([\p{L}\p{Nl}_$][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}.]*)\(([^]*)\)$/u

/**
 * Takes a path apart. Slashes divide before anything is decoded, so that `%2F` belongs to a key (documented: OData 4.01
 * URL Conventions 2). Empty segments, also a slash at the end, are passed over (captured for one at the end).
 *
 * @param path as sent, below the version, without query
 */
export function pathSegments(path: string): PathSegment[] {
  const segments: PathSegment[] = []
  for (const raw of path.split('/')) if (raw !== '') segments.push(segmentOf(unescape(raw)))
  return segments
}

function segmentOf(text: string): PathSegment {
  const [, name, parentheses] = text.endsWith(')') ? (WITH_PARENTHESES.exec(text) ?? []) : []
  return name === undefined ? { text, name: text, parentheses: undefined } : { text, name, parentheses }
}
