import { stableGuid } from '../../stable-guid.js'
import type { WindowsAutopilotSettings, WindowsAutopilotSettingsUpdate } from './schema.js'

/** What Intune shows for a non-nullable date that was never set (captured on other types, facts 2.1). */
const NEVER = '0001-01-01T00:00:00Z'

/** The settings of a tenant that never synced (assumed, facts 11.10). The id is stable per tenant. */
export function initialSettings(tenantId: string): WindowsAutopilotSettings {
  return {
    id: stableGuid(`windowsAutopilotSettings:${tenantId}`),
    lastSyncDateTime: NEVER,
    lastManualSyncTriggerDateTime: NEVER,
    syncStatus: 'unknown'
  }
}

/** A PATCH: what is absent stays, and the key cannot be changed. */
export function updateSettings(
  settings: WindowsAutopilotSettings,
  update: WindowsAutopilotSettingsUpdate
): WindowsAutopilotSettings {
  return { ...settings, ...update, id: settings.id }
}
