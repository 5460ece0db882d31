import { STATUS_CODES } from 'node:http'
import { GraphError, type AnswerBody } from '../errors.js'
import { iisPage } from '../iis-page.js'
import { AN_ERROR, nestedMessage } from '../services/intune/intune-error.js'
import { secondsOf } from '../../lib/iso-duration.js'
import type { Respond } from '../../faults/rule.js'

/**
 * The answer of a rule. Its defaults are those of the service: the code is the status's reason phrase in one word (captured
 * for 400, 403 and 429), the message that of the captured 429 and nested errors, else the reason phrase.
 *
 * @param backendPath for the nested message of Intune
 */
export function respondWith(respond: Respond, backendPath: string, reason: string): GraphError {
  const { status, retryAfter, format = 'graph', headers } = respond
  const phrase = STATUS_CODES[status] ?? `Status ${status}`
  const { code = phrase.replace(/[^A-Za-z0-9]/g, ''), message } = respond
  return new GraphError({
    status,
    code,
    message:
      format === 'intune'
        ? (ids) => nestedMessage(message ?? AN_ERROR, backendPath, ids)
        : (message ?? (status === 429 ? 'Too many requests.' : phrase)),
    reason,
    headers: {
      ...(retryAfter !== undefined && { 'retry-after': String(secondsOf(retryAfter)) }),
      ...lowerCase(headers)
    },
    ...bodyOf(respond, phrase)
  })
}

function bodyOf({ status, format, message, body }: Respond, phrase: string): { body: AnswerBody } | undefined {
  if (body !== undefined) {
    return typeof body === 'string'
      ? { body: { contentType: 'text/plain', text: body } }
      : { body: { contentType: 'application/json', text: JSON.stringify(body) } }
  }
  if (format === 'html') return { body: iisPage(status, phrase, message) }
  return status < 400 ? { body: { contentType: undefined, text: '' } } : undefined
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
