import type { LightMyRequestResponse } from 'fastify'

const GUID = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}'
const DESCRIPTION = new RegExp(
  `^AADSTS(\\d+): .+ Trace ID: ${GUID} Correlation ID: ${GUID} Timestamp: [\\d-]+ [\\d:]+Z$`
)
const MEMBERS = 'error error_description error_codes timestamp trace_id correlation_id error_uri'

/** @throws Error unless an answer is a success, or a refusal with 4xx in the shape of Graph */
export function refusedBearer(answer: LightMyRequestResponse): void {
  if (isSuccess(answer)) return
  const { error } = answer.json<{ error: { code: unknown; message: unknown; innerError: Record<string, unknown> } }>()
  demand(typeof error.code === 'string' && typeof error.message === 'string', answer)
  demand('request-id' in error.innerError && 'client-request-id' in error.innerError, answer)
}

/** @throws Error unless an answer is a success, or a refusal with 4xx in the shape of Entra: JSON, a page, a redirect */
export function refusedByEntra(answer: LightMyRequestResponse): void {
  if (isSuccess(answer)) return
  if (String(answer.headers['content-type']).startsWith('text/html')) {
    demand(/<p>AADSTS\d+: /.test(answer.body), answer)
    return
  }
  const body = answer.json<Record<string, unknown>>()
  const [, number] = DESCRIPTION.exec(String(body['error_description'])) ?? []
  demand(Object.keys(body).join(' ').replace(' suberror', '') === MEMBERS, answer)
  demand(typeof body['error'] === 'string' && String(body['error_codes']) === number, answer)
}

function isSuccess(answer: LightMyRequestResponse): boolean {
  demand(answer.statusCode < 500, answer)
  return answer.statusCode < 400
}

function demand(holds: boolean, { statusCode, body }: LightMyRequestResponse): asserts holds {
  if (!holds) throw new Error(`answered ${statusCode}: ${body}`)
}
