import { isJsonMediaType } from '../../lib/json.js'

/** Bodies of parts: JSON as JSON, text as a string, all else as base64url (OData JSON Format 4.01, section 19.1). */
const TEXT_TYPE = /^text\//i

/** The bytes that a part sends. */
export function encodeBody(body: unknown, contentType = ''): string | Buffer | undefined {
  if (body === undefined) return undefined
  if (isJsonMediaType(contentType) || typeof body !== 'string') return JSON.stringify(body)
  return TEXT_TYPE.test(contentType) ? body : Buffer.from(body, 'base64url')
}

/** What stands in the answer of the batch for the bytes of an answer; `null` for none. */
export function decodeBody(bytes: Buffer, contentType = ''): unknown {
  if (bytes.length === 0) return null
  if (isJsonMediaType(contentType)) return parseJson(bytes.toString())
  return TEXT_TYPE.test(contentType) ? bytes.toString() : bytes.toString('base64url')
}

/** What calls itself JSON and is none comes from a fault rule, which wants the client to meet it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
