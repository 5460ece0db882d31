import { Type, type Static } from '@sinclair/typebox'
import { connectionFaults, faultEffects, faultScopes } from '../faults/rule.js'
import { redactCredentials } from '../lib/redact-credentials.js'
import type { JournalEntry } from './entry.js'
import { Reading } from './reading.js'
import { closedObject, oneOf, orNull } from '../lib/schemas.js'

const Fault = closedObject(
  {
    scope: oneOf(faultScopes, { description: 'Whose rule it was.' }),
    id: Type.Integer({ description: 'Number of the rule among those of its scope.' }),
    effect: oneOf(faultEffects, { description: 'What it did.' })
  },
  { description: 'The fault that befell it; absent where none did.' }
)

/** A request as the journal shows it, with `[redacted]` in place of secrets. */
export const JournalledRequest = closedObject(
  {
    id: Type.String({ description: 'The request-id.' }),
    sequence: Type.Integer({ minimum: 1, description: 'Number in the order of arrival, over all tenants.' }),
    receivedAt: Type.String({
      description: "When it came, by the tenant's clock, which the dates of its answer follow; ISO 8601."
    }),
    wallTime: Type.String({ description: 'The same by the clock of the machine.' }),
    tenantId: orNull(
      Type.String({ description: 'The tid that its token claims, also where it is refused; null without one.' })
    ),
    unverified: Type.Boolean({
      description:
        'Whether the signature of its token did not verify, so that tenantId is only a claim. The requests of that tenant have it only where asked for.'
    }),
    surface: oneOf(['graph', 'authority'], { description: 'Graph, or the authority of Entra.' }),
    method: Type.String(),
    path: Type.String({ description: 'As it was sent, without query.' }),
    query: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
      description: 'By decoded name; a list where a name was sent more than once.'
    }),
    headers: Type.Record(Type.String(), Type.String(), { description: 'By lower-case name.' }),
    body: Type.Unknown({
      description: 'JSON; the parameters of a form; the text of what is neither, or is over 64 KiB; null for none.'
    }),
    batch: Type.Optional(
      closedObject(
        { batchId: Type.String({ description: 'The request-id of the batch.' }), id: Type.String() },
        { description: 'The batch that it came in, and its id there.' }
      )
    ),
    answer: orNull(
      closedObject(
        {
          headers: Type.Record(Type.String(), Type.String(), {
            description: 'By lower-case name, without those that HTTP itself demands.'
          }),
          body: Type.Unknown({
            description:
              'JSON, or the text of what is not or is over 64 KiB; null for none. What Entra answers is withheld.'
          })
        },
        { description: 'What was answered; null as long as nothing was.' }
      )
    ),
    outcome: oneOf(['pending', 'answered', 'disconnected', ...connectionFaults], {
      description: 'answered; pending; disconnected before the answer was out; or the fault that broke the connection.'
    }),
    status: orNull(Type.Integer({ description: 'null as long as there is none.' })),
    code: orNull(Type.String({ description: 'Of the error: error.code of Graph, AADSTS number of the authority.' })),
    reason: orNull(Type.String({ description: 'Why it was refused, as x-mock-reason says it.' })),
    unmatched: Type.Boolean({ description: 'Whether Graph may have the path, and the mock lacks it.' }),
    evidence: orNull(
      oneOf(['modelled'], {
        description:
          'modelled: the answer was made from published types and by the rules of OData, see x-mock-evidence; else null.'
      })
    ),
    fault: Type.Optional(Fault),
    durationMs: orNull(Type.Number({ description: 'Milliseconds until it was over.' }))
  },
  { title: 'JournalledRequest' }
)
export type JournalledRequest = Static<typeof JournalledRequest>

export function documentOf(entry: JournalEntry): JournalledRequest {
  const { batch, fault, durationMs, code, reason } = entry
  const { path, query, headers, body, answer } = new Reading(entry)
  return {
    id: entry.id,
    sequence: entry.sequence,
    receivedAt: new Date(entry.receivedAt).toISOString(),
    wallTime: new Date(entry.wallTime).toISOString(),
    tenantId: entry.tenantId ?? null,
    unverified: entry.isUnverified,
    surface: entry.surface,
    method: entry.method,
    path,
    query,
    headers,
    body,
    ...(batch && { batch: { batchId: batch.batchId, id: redactCredentials(batch.id) } }),
    answer,
    outcome: entry.outcome,
    status: entry.status ?? null,
    code: code === undefined ? null : redactCredentials(code),
    reason: reason === undefined ? null : redactCredentials(reason),
    unmatched: entry.isUnmatched,
    evidence: entry.isModelled ? 'modelled' : null,
    ...(fault && { fault: { scope: fault.scope, id: fault.id, effect: fault.effect } }),
    durationMs: durationMs === undefined ? null : Math.round(durationMs * 1000) / 1000
  }
}
