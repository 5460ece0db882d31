import { Type, type Static } from '@sinclair/typebox'
import { isoDuration } from '../lib/iso-duration.js'

const closed = { additionalProperties: false }

/** Milliseconds. A longer delay is a `hang`. */
const LONGEST_DELAY = 3_600_000
const milliseconds = (description: string) => Type.Integer({ minimum: 0, maximum: LONGEST_DELAY, description })
/** For readers of the schemas; `ruleMistake` says the same in words. */
const effects = {
  not: { required: ['respond', 'connection'] },
  allOf: [{ anyOf: [{ required: ['respond'] }, { required: ['delay'] }, { required: ['connection'] }] }]
}
const count = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description }))

/** Which requests a rule is about. Members that are left out match all. */
export const FaultMatch = Type.Object(
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
  { ...closed, title: 'FaultMatch', description: 'Which requests. Default: all of Graph.' }
)
export type FaultMatch = Static<typeof FaultMatch>

/** An answer in place of the service's own. */
export const Respond = Type.Object(
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
      Type.Union([Type.Literal('graph'), Type.Literal('intune'), Type.Literal('html')], {
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
        { ...closed, description: 'Put over those of the answer.' }
      )
    )
  },
  { ...closed, title: 'FaultResponse', description: 'Answers so instead.' }
)
export type Respond = Static<typeof Respond>

/** A wait before the request goes on, in real time: it is the client that shall notice it. */
export const Delay = Type.Union(
  [
    Type.Object({ ms: milliseconds('Milliseconds.') }, closed),
    Type.Object({ min: milliseconds('Least milliseconds.'), max: milliseconds('Most milliseconds.') }, closed)
  ],
  { title: 'FaultDelay', description: 'Waits before the request goes on, or before it is answered so.' }
)
export type Delay = Static<typeof Delay>

export const connectionFaults = ['reset', 'empty', 'truncate', 'hang'] as const
export type ConnectionFault = (typeof connectionFaults)[number]

/** A fault to inject: which requests, how often, and what happens to them. */
export const FaultRule = Type.Object(
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
      Type.Unsafe<ConnectionFault>(
        Type.Union(
          connectionFaults.map((name) => Type.Literal(name)),
          {
            description:
              'reset: TCP RST; empty: closed without a byte; truncate: half of the real answer; hang: no answer at all.'
          }
        )
      )
    )
  },
  { ...closed, ...effects, title: 'FaultRule' }
)
export type FaultRule = Static<typeof FaultRule>

const counters = {
  matched: Type.Integer({ minimum: 0, description: 'Requests that it matched.' }),
  fired: Type.Integer({ minimum: 0, description: 'Requests that it befell.' })
}

/** A rule that was added, with what became of it. */
export const FaultRecord = Type.Object(
  {
    id: Type.Integer({ minimum: 1, description: 'Number in the order of adding.' }),
    ...counters,
    ...FaultRule.properties
  },
  { ...closed, ...effects, title: 'FaultRecord' }
)
export type FaultRecord = Static<typeof FaultRecord>

/** A rule as a fixture or an export holds it: an export also says how far it has come. */
export const FaultDocument = Type.Object(
  { ...Type.Partial(Type.Object(counters)).properties, ...FaultRule.properties },
  { ...closed, ...effects, title: 'FaultDocument' }
)
export type FaultDocument = Static<typeof FaultDocument>
