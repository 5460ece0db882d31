import { StateSlot } from '../../../tenants/state-slot.js'
import { demandNoParameters, ignoreTypeOfNothing } from '../../odata/action-parameters.js'
import type { Resource } from '../../resource.js'
import { initialState, updateSettings, type AutopilotState } from './model.js'
import { readPermissions, writePermissions } from './permissions.js'
import { WindowsAutopilotSettings, WindowsAutopilotSettingsUpdate } from './schema.js'
import { aliasedSyncSupport, qualifiedSyncSupport, readSupport, syncSupport, updateSupport } from './support.js'
import { syncRefused } from './sync-refused.js'
import { Sync } from './sync-settings.js'
import { settle, startSync } from './sync.js'

const path = 'deviceManagement/windowsAutopilotSettings'

const intune = {
  template: '~/singleton/navigation',
  path: `/DeviceEnrollmentFE/StatelessDeviceEnrollmentFEService/${path}`
}

const intuneSync = {
  template: `${intune.template}/action`,
  path: `${intune.path}/microsoft.management.services.api.sync`
}

const state = new StateSlot<AutopilotState>({
  schemas: { windowsAutopilotSettings: WindowsAutopilotSettings, sync: Sync },
  initial: initialState,
  settle
})

const resource: Resource = {
  entity: WindowsAutopilotSettings,
  path,
  actions: ['sync'],
  versions: ['beta'],
  intune,
  state,

  routes(graph, sendEntity) {
    graph.get(
      `/${path}`,
      {
        config: {
          permissions: readPermissions,
          operation: 'windowsAutopilotSettings.get',
          intune,
          support: readSupport
        }
      },
      (request, reply) => sendEntity(request, reply, resource, state.read(request.tenant).windowsAutopilotSettings)
    )

    graph.patch(
      `/${path}`,
      {
        config: {
          permissions: writePermissions,
          operation: 'windowsAutopilotSettings.update',
          intune,
          support: updateSupport
        },
        schema: { body: WindowsAutopilotSettingsUpdate }
      },
      (request, reply) => {
        const updated = state.update(request.tenant, (current) => updateSettings(current, request.body))
        return sendEntity(request, reply, resource, updated.windowsAutopilotSettings)
      }
    )

    for (const [name, support] of [
      ['sync', syncSupport],
      ['microsoft.graph.sync', qualifiedSyncSupport],
      ['graph.sync', aliasedSyncSupport]
    ] as const) {
      graph.post(
        `/${path}/${name}`,
        {
          config: {
            permissions: writePermissions,
            operation: 'windowsAutopilotSettings.sync',
            intune: intuneSync,
            support
          },
          onRequest: ignoreTypeOfNothing
        },
        ({ tenant, body, headers }, reply) => {
          demandNoParameters(body as Buffer | undefined, headers, 'sync')
          state.update(tenant, (current) => {
            const next = startSync(current, tenant.now())
            if ('refused' in next) throw syncRefused(next, current.sync, tenant.now(), intuneSync, tenant.id)
            return next
          })
          return reply.code(204).send()
        }
      )
    }
  }
}

export default resource
