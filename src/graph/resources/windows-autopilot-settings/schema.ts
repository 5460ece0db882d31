import { Type, type Static } from '@sinclair/typebox'
import { dateTimeOffset, entityType, enumeration, key } from '../../odata/schema.js'

export const WindowsAutopilotSyncStatus = enumeration(
  'windowsAutopilotSyncStatus',
  ['unknown', 'inProgress', 'completed', 'failed'],
  { description: 'Status of the sync with the device data sync (DDS) service.' }
)

/** The entity in the property order of the API page and of the captured answer; CSDL sorts the names instead. */
export const WindowsAutopilotSettings = entityType('windowsAutopilotSettings', {
  id: key({ description: 'GUID of the Autopilot account.' }),
  lastSyncDateTime: dateTimeOffset({ description: 'Last data sync with the DDS service.' }),
  lastManualSyncTriggerDateTime: dateTimeOffset({ description: 'Last time that a sync was triggered by hand.' }),
  syncStatus: WindowsAutopilotSyncStatus
})
export type WindowsAutopilotSettings = Static<typeof WindowsAutopilotSettings>

/** Body of a PATCH. `id` may stand in it and is ignored, as OData demands for keys. */
export const WindowsAutopilotSettingsUpdate = entityType(
  'windowsAutopilotSettings',
  Type.Partial(WindowsAutopilotSettings).properties
)
export type WindowsAutopilotSettingsUpdate = Static<typeof WindowsAutopilotSettingsUpdate>
