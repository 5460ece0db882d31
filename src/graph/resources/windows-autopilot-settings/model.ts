import { stableGuid } from '../../../lib/guid.js'
import type { WindowsAutopilotSettingsUpdate } from './schema.js'
import { initialSync } from './sync-settings.js'
import { withoutRunning, type AutopilotState } from './sync.js'

/**
 * Intune's value of a non-nullable date that was never set (captured on other types, insightconnect-plugins#1966).
 */
const NEVER = '0001-01-01T00:00:00Z'

/**
 * The settings of a tenant that never synced (assumed, docs/evidence.md#settings-object). The id is stable per tenant.
 */
export function initialState(tenantId: string): AutopilotState {
  return {
    windowsAutopilotSettings: {
      id: stableGuid(`windowsAutopilotSettings:${tenantId}`),
      lastSyncDateTime: NEVER,
      lastManualSyncTriggerDateTime: NEVER,
      syncStatus: 'unknown'
    },
    sync: initialSync
  }
}

/**
 * A PATCH: properties that are left out stay, and the key cannot be changed. A `syncStatus` ends a running sync with that
 * value, even with inProgress, which nothing completes then.
 */
export function updateSettings(state: AutopilotState, update: WindowsAutopilotSettingsUpdate): AutopilotState {
  const { windowsAutopilotSettings: settings, sync } = state
  return {
    windowsAutopilotSettings: { ...settings, ...update, id: settings.id },
    sync: update.syncStatus !== undefined && sync.running ? withoutRunning(sync) : sync
  }
}
