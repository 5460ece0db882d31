import { InvalidDocument } from './invalid-document.js'

/**
 * A copy of a document as it would have come over HTTP: it shares nothing with the caller's, who may go on to change it.
 *
 * @throws InvalidDocument for what JSON cannot say, such as a cycle, a bigint or nothing at all
 */
export function jsonCopy(document: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(document))
  } catch (error) {
    throw new InvalidDocument(`the document is not JSON: ${(error as Error).message}`)
  }
}
