import { isUtf8 } from 'node:buffer'
import { isJsonMediaType, jsonMistake } from '../../lib/json.js'
import { emptyPayload, unreadablePayload, unsupportedEncoding } from '../errors.js'

const BYTE_ORDER_MARK = 0xfeff

export interface PayloadHeaders {
  readonly 'content-type'?: string | undefined
  readonly 'content-encoding'?: string | undefined
}

/**
 * The JSON value of a request body.
 *
 * Of duplicate names the last one counts (assumed). `__proto__` and the like are ordinary names.
 *
 * @throws GraphError 400 `BadRequest` for no bytes, no JSON content type, a charset other than UTF-8 or bad JSON; 415
 *   for a content encoding
 */
export function readPayload(body: Buffer | undefined, headers: PayloadHeaders): unknown {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== '') throw unsupportedEncoding(encoding)
  if (body === undefined || body.length === 0)
    throw emptyPayload('The request has no body. Send a JSON object, {} at least.')
  if (headers['content-type'] !== 'application/json') demandJson(headers['content-type'])
  if (!isUtf8(body)) throw unreadablePayload('The body is not valid UTF-8.')
  const text = body.toString()
  try {
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text) as unknown
  } catch (error) {
    throw unreadablePayload(`The body is not valid JSON: ${jsonMistake(error)}`)
  }
}

function demandJson(contentType: string | undefined): void {
  if (contentType === undefined) throw unreadablePayload('Send the header Content-Type: application/json.')
  const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase())
  if (!isJsonMediaType(mediaType)) {
    throw unreadablePayload(`The Content-Type is ${contentType}. Send application/json.`)
  }
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw unreadablePayload(`The charset is ${charset}. Send UTF-8.`)
  }
}
