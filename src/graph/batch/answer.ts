import type { Response } from 'light-my-request'
import { REASON_HEADER } from '../../http/reason-header.js'
import { EVIDENCE_HEADER } from '../../http/evidence-header.js'
import { decodeBody } from './body.js'
import type { BatchPart } from './plan.js'
import type { PartAnswer } from './run.js'

/**
 * Headers that the batch itself has, or that belong to a connection. Captured parts have only Content-Type and OData-Version
 * (microslop_one_drive, 2026-02-20); `Retry-After`, challenges and headers of faults stay.
 */
const OF_THE_BATCH = new Set([
  'vary',
  'strict-transport-security',
  'request-id',
  'client-request-id',
  'x-ms-ags-diagnostic',
  'date',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding'
])

const SPELLING: Readonly<Record<string, string>> = {
  'odata-version': 'OData-Version',
  'www-authenticate': 'WWW-Authenticate',
  [REASON_HEADER]: REASON_HEADER,
  [EVIDENCE_HEADER]: EVIDENCE_HEADER
}

export function answerOf({ id }: BatchPart, { statusCode, headers, rawPayload }: Response): PartAnswer {
  const own = Object.entries(headers).filter(([name]) => !OF_THE_BATCH.has(name) && !name.startsWith('access-control-'))
  return {
    id,
    status: statusCode,
    headers: Object.fromEntries(own.map(([name, value]) => [spell(name), String(value)])),
    body: decodeBody(rawPayload, headers['content-type']?.toString())
  }
}

/** Clients look names up in a dictionary, in the spelling of the documentation: `Retry-After`. */
function spell(name: string): string {
  return SPELLING[name] ?? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
