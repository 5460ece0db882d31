import { escapeHtml } from '../lib/html.js'
import type { AadstsError } from '../identity/aadsts.js'
import type { AadstsRefusal } from './aadsts-refusal.js'
import { queryFormOf } from './form.js'
import { sendPage, type Page } from './page.js'
import type { Handler } from './handler.js'

const DOCUMENTATION = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes'

/** A refusal that a person meets in the browser. */
export function errorPage({ message, reason }: AadstsError, refusal: AadstsRefusal): Page {
  const lines = [
    message,
    `Trace ID: ${refusal.trace_id}`,
    `Correlation ID: ${refusal.correlation_id}`,
    `Timestamp: ${refusal.timestamp}`
  ]
  return {
    title: 'Sorry, but we’re having trouble signing you in.',
    body: `<p>${lines.map((line) => escapeHtml(line)).join('<br>\n')}</p>\n<p>${escapeHtml(reason)}</p>`
  }
}

/** `/error?code=N`, the `error_uri` of refusals. */
export const errorCode: Handler = (_mock, request, reply) => {
  const code = /^\d{1,9}$/.exec(queryFormOf(request).get('code') ?? '')?.[0]
  return sendPage(reply, {
    title: code === undefined ? 'Error codes' : `AADSTS${code}`,
    body: `<p>Microsoft describes the codes at <a href="${DOCUMENTATION}">${DOCUMENTATION}</a>. Why msgraph-mock refused a request stands in the header x-mock-reason of its answer, and in the log.</p>`
  })
}
