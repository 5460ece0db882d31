import { Type, type Static } from '@sinclair/typebox'
import { isoDuration } from '../lib/iso-duration.js'
import { closedObject, oneOf } from '../lib/schemas.js'

/** Milliseconds. A longer delay is a `hang`. */
const LONGEST_DELAY = 3_600_000
const milliseconds = (description: string) => Type.Integer({ minimum: 0, maximum: LONGEST_DELAY, description })
/** For readers of the JSON Schema; TypeBox does not check these keywords, `ruleMistake` does. */
const effects = {
  not: { required: ['respond', 'connection'] },
  allOf: [{ anyOf: [{ required: ['respond'] }, { required: ['delay'] }, { required: ['connection'] }] }]
}
const count = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description }))

/** Which requests a rule is about. Members that are left out match all. */
export const FaultMatch = closedObject(
  {
    method: Type.Optional(
      Type.String({ pattern: /^[A-Za-z]{1,32}$/.source, description: 'HTTP method, in any case.' })
    ),
    path: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2048,
        description: 'Whole path, in any case, without query; * stands for any characters.'
      })
    ),
    operation: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 256,
        description: 'Such as windowsAutopilotSettings.sync; * stands for any characters.'
      })
    )
  },
  { title: 'FaultMatch', description: 'Which requests. Default: all of Graph.' }
)
export type FaultMatch = Static<typeof FaultMatch>

/** An answer in place of the service's own. */
export const Respond = closedObject(
  {
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    code: Type.Optional(Type.String({ description: "error.code. Default: the status's reason phrase in one word." })),
    message: Type.Optional(Type.String({ description: "error.message. Default: the status's reason phrase." })),
    retryAfter: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }), isoDuration({})], {
        description: 'Retry-After: seconds, or an ISO 8601 duration. Default: none.'
      })
    ),
    format: Type.Optional(
      oneOf(['graph', 'intune', 'html'], {
        description: "Graph's envelope (default), with Intune's nested message, or the HTML page of IIS."
      })
    ),
    body: Type.Optional(
      Type.Unknown({ description: 'In place of all that: a string is sent as text/plain, all else as JSON.' })
    ),
    headers: Type.Optional(
      Type.Record(
        Type.String({ pattern: /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.source }),
        Type.String({ pattern: /^[\t\x20-\x7e\x80-\xff]*$/.source }),
        { additionalProperties: false, description: 'Put over those of the answer.' }
      )
    )
  },
  { title: 'FaultResponse', description: 'Answers so instead.' }
)
export type Respond = Static<typeof Respond>

/** A wait in real time before the request is processed, because it is the client that must notice it. */
export const Delay = Type.Union(
  [
    closedObject({ ms: milliseconds('Milliseconds.') }),
    closedObject({ min: milliseconds('Least milliseconds.'), max: milliseconds('Most milliseconds.') })
  ],
  { title: 'FaultDelay', description: 'Waits before the request goes on, or before it is answered so.' }
)
export type Delay = Static<typeof Delay>

/** Effects that break the connection or leave the client without an answer. */
export const connectionFaults = ['reset', 'empty', 'truncate', 'hang'] as const
export type ConnectionFault = (typeof connectionFaults)[number]

/** Every effect that a rule can have. */
export const faultEffects = ['respond', 'delay', ...connectionFaults] as const

/** Whose rule it is: one for all tenants, of the tenant of the request, or of its token. */
export const faultScopes = ['all', 'tenant', 'token'] as const

/** The fault that was injected into a request, for its log line and the journal. */
export interface InjectedFault {
  readonly scope: (typeof faultScopes)[number]
  /** Id of the rule among those of its scope. */
  readonly id: number
  readonly effect: (typeof faultEffects)[number]
}

/** A fault to inject: which requests, how often, and what happens to them. */
export const FaultRule = closedObject(
  {
    match: Type.Optional(FaultMatch),
    after: count('How many matching requests pass first. Default: 0.'),
    times: count('How often it fires. Default: always.'),
    probability: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Chance that it fires, from the seed. Default: 1.' })
    ),
    delay: Type.Optional(Delay),
    respond: Type.Optional(Respond),
    connection: Type.Optional(
      oneOf(connectionFaults, {
        description:
          'reset: TCP RST; empty: closed without a byte; truncate: half of the real answer; hang: no answer at all.'
      })
    )
  },
  { ...effects, title: 'FaultRule' }
)
export type FaultRule = Static<typeof FaultRule>

const counters = {
  matched: Type.Integer({ minimum: 0, description: 'Requests that it matched.' }),
  fired: Type.Integer({ minimum: 0, description: 'Requests that it befell.' })
}

/** A rule that was added, with its id and how often it matched and fired. */
export const FaultRecord = closedObject(
  {
    id: Type.Integer({ minimum: 1, description: 'Number in the order of adding.' }),
    ...counters,
    ...FaultRule.properties
  },
  { ...effects, title: 'FaultRecord' }
)
export type FaultRecord = Static<typeof FaultRecord>

/** A rule in a fixture or in an export, which has its counters as well. */
export const FaultDocument = closedObject(
  { ...Type.Partial(Type.Object(counters)).properties, ...FaultRule.properties },
  { ...effects, title: 'FaultDocument' }
)
export type FaultDocument = Static<typeof FaultDocument>
