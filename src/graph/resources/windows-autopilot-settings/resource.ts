import { StateSlot } from '../../../tenants/state-slot.js'
import type { StateValues } from '../../../tenants/state-slot.js'
import { IntuneService } from '../../services/intune/intune-service.js'
import { singleton } from '../../singleton.js'
import { initialState, updateSettings } from './model.js'
import type { AutopilotState } from './sync.js'
import { readPermissions, writePermissions } from './permissions.js'
import { WindowsAutopilotSettings, WindowsAutopilotSettingsUpdate } from './schema.js'
import { styleOf } from './style.js'
import { readSupport, syncSupport, updateSupport } from './support.js'
import { syncRefused } from './sync-refused.js'
import { Sync } from './sync-settings.js'
import { endSync, runningSync, startSync } from './sync.js'

const service = new IntuneService('DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService')

const state = new StateSlot<AutopilotState>({
  schemas: { windowsAutopilotSettings: WindowsAutopilotSettings, sync: Sync },
  initial: initialState,
  due(value) {
    const running = runningSync(value)
    const apply = (values: StateValues) => {
      values.set(state, endSync(values.get(state)))
    }
    return running && { ...running, apply }
  }
})

export default singleton({
  path: 'deviceManagement/windowsAutopilotSettings',
  versions: ['beta'],
  exampleProperty: 'syncStatus',
  type: WindowsAutopilotSettings,
  service,
  state,
  entityOf: ({ windowsAutopilotSettings }) => windowsAutopilotSettings,
  style: styleOf,
  get: { permissions: readPermissions, support: readSupport },
  update: {
    permissions: writePermissions,
    support: updateSupport,
    payload: WindowsAutopilotSettingsUpdate,
    apply: updateSettings
  },
  actions: {
    sync: {
      permissions: writePermissions,
      support: syncSupport,
      apply(current, { now, tenantId, operation }) {
        const next = startSync(current, now)
        if ('refused' in next) throw syncRefused(next, current.sync, now, service.backendPath(operation), tenantId)
        return next
      }
    }
  }
})
