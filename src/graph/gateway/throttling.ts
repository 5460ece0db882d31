import { Type, type Static } from '@sinclair/typebox'
import { isoDuration } from '../../lib/iso-duration.js'
import { StateSlot } from '../../tenants/state-slot.js'
import type { Limits } from '../../tenants/throttle-window.js'

const limit = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }))

const LimitMembers = Type.Object({
  window: isoDuration({ description: 'Time over which requests are counted.' }),
  writesPerTenant: limit('POST, PUT, PATCH and DELETE of all apps.'),
  writesPerApp: limit('POST, PUT, PATCH and DELETE of one app.'),
  requestsPerTenant: limit('Requests of all apps.'),
  requestsPerApp: limit('Requests of one app.')
})

/** Documented limits of Intune services, by name. */
export const throttlingPresets = {
  /** Microsoft Graph, service-specific throttling limits: Intune enrollment. */
  intuneEnrollment: {
    window: 'PT20S',
    writesPerTenant: 200,
    writesPerApp: 100,
    requestsPerTenant: 2000,
    requestsPerApp: 1000
  }
} as const satisfies Record<string, Limits>

type PresetName = keyof typeof throttlingPresets

const presetNames = Object.keys(throttlingPresets) as PresetName[]

/**
 * `throttling` of the state document. Members beside `preset` are put over it; a limit that neither names is none.
 * Without a `window` it is that of the preset, or the documented twenty seconds.
 */
export const Throttling = Type.Union(
  [
    Type.Null(),
    Type.Object(
      {
        preset: Type.Optional(Type.Unsafe<PresetName>(Type.Union(presetNames.map((name) => Type.Literal(name))))),
        ...Type.Partial(LimitMembers).properties,
        format: Type.Optional(
          Type.Union([Type.Literal('graph'), Type.Literal('intune')], {
            description: "Whose 429: Graph's (default) or Intune's nested message."
          })
        ),
        retryAfter: Type.Optional(
          Type.Boolean({ description: 'Whether Retry-After is sent. Default: by Graph, not by Intune.' })
        )
      },
      { additionalProperties: false }
    )
  ],
  { title: 'Throttling' }
)
export type Throttling = Static<typeof Throttling>

export type ActiveThrottling = NonNullable<Throttling>

/** The limits in force. */
export function limitsOf({ preset, ...given }: ActiveThrottling): Limits {
  return { window: throttlingPresets.intuneEnrollment.window, ...(preset && throttlingPresets[preset]), ...given }
}

/** Limits of a tenant, off where nothing is said. */
export const throttlingSetting = new StateSlot<{ readonly throttling?: Throttling }>({
  schemas: { throttling: Type.Optional(Throttling) },
  initial: () => ({})
})
