import { Type, type Static } from '@sinclair/typebox'
import { isoDuration } from '../../lib/iso-duration.js'
import { StateSlot } from '../../tenants/state-slot.js'
import type { Limits } from '../../tenants/throttle-window.js'
import { closedObject, oneOf } from '../../lib/schemas.js'

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
 * `throttling` of the state document. Members beside `preset` override it; a limit that neither has does not apply. The
 * default `window` is the documented twenty seconds.
 */
export const Throttling = Type.Union(
  [
    Type.Null(),
    closedObject({
      preset: Type.Optional(oneOf(presetNames)),
      ...Type.Partial(LimitMembers).properties,
      format: Type.Optional(
        oneOf(['graph', 'intune'], {
          description: "Whose 429: Graph's (default) or Intune's nested message."
        })
      ),
      retryAfter: Type.Optional(
        Type.Boolean({ description: 'Whether Retry-After is sent. Default: by Graph, not by Intune.' })
      )
    })
  ],
  { title: 'Throttling' }
)
export type Throttling = Static<typeof Throttling>

export type ActiveThrottling = NonNullable<Throttling>

/** The limits in force. */
export function limitsOf({ preset, ...given }: ActiveThrottling): Limits {
  return { window: throttlingPresets.intuneEnrollment.window, ...(preset && throttlingPresets[preset]), ...given }
}

/** The limits of a tenant; off by default. */
export const throttlingSetting = new StateSlot<{ readonly throttling?: Throttling }>({
  schemas: { throttling: Type.Optional(Throttling) },
  initial: () => ({})
})
