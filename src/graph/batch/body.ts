import { isJsonMediaType } from '../../lib/json.js'

/** Bodies of parts are JSON, text as a string, or other bytes as base64url (OData JSON Format 4.01, 19.1). */
const TEXT_TYPE = /^text\//i

/** The body of a part as it is sent. */
export function encodeBody(body: unknown, contentType = ''): string | Buffer | undefined {
  if (body === undefined) return undefined
  if (isJsonMediaType(contentType) || typeof body !== 'string') return JSON.stringify(body)
  return TEXT_TYPE.test(contentType) ? body : Buffer.from(body, 'base64url')
}

/** The body of an answer as a member of the batch's answer; `null` for none. */
export function decodeBody(bytes: Buffer, contentType = ''): unknown {
  if (bytes.length === 0) return null
  if (isJsonMediaType(contentType)) return parseJson(bytes.toString())
  return TEXT_TYPE.test(contentType) ? bytes.toString() : bytes.toString('base64url')
}

/** Invalid JSON under a JSON content type comes from a fault rule, and the client shall get it as it is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
