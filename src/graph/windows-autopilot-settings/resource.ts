import { StateSlot } from '../../tenants/state-slot.js'
import type { Resource } from '../resource.js'
import { initialSettings, updateSettings } from './model.js'
import { readPermissions, writePermissions } from './permissions.js'
import { WindowsAutopilotSettings, WindowsAutopilotSettingsUpdate } from './schema.js'

const path = 'deviceManagement/windowsAutopilotSettings'

const intune = {
  template: '~/singleton/navigation',
  path: `/DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/${path}`
}

const settings = new StateSlot<WindowsAutopilotSettings>({
  name: 'windowsAutopilotSettings',
  schema: WindowsAutopilotSettings,
  initial: initialSettings
})

const resource: Resource = {
  entity: WindowsAutopilotSettings,
  path,
  actions: [],
  versions: ['beta'],
  intune,
  state: settings,

  routes(graph, sendEntity) {
    graph.get(`/${path}`, { config: { permissions: readPermissions, intune } }, (request, reply) =>
      sendEntity(request, reply, resource, settings.read(request.tenant))
    )

    graph.patch(
      `/${path}`,
      { config: { permissions: writePermissions, intune }, schema: { body: WindowsAutopilotSettingsUpdate } },
      (request, reply) => {
        const updated = settings.update(request.tenant, (current) => updateSettings(current, request.body))
        return sendEntity(request, reply, resource, updated)
      }
    )
  }
}

export default resource
