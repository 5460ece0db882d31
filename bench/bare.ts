// A bare Fastify: one path, PATCH and GET, with the resource's own schemas, no token, no headers of Graph. The yardstick.
import fastify from 'fastify'
import {
  WindowsAutopilotSettings,
  WindowsAutopilotSettingsUpdate
} from '../src/graph/resources/windows-autopilot-settings/schema.js'
import { initialState } from '../src/graph/resources/windows-autopilot-settings/model.js'

let settings = initialState('bare').windowsAutopilotSettings
const app = fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false, keywords: ['edmType'] } } })
app.patch(
  '/beta/deviceManagement/windowsAutopilotSettings',
  { schema: { body: WindowsAutopilotSettingsUpdate, response: { 200: WindowsAutopilotSettings } } },
  (request) => (settings = { ...settings, ...(request.body as WindowsAutopilotSettingsUpdate) })
)
app.get(
  '/beta/deviceManagement/windowsAutopilotSettings',
  { schema: { response: { 200: WindowsAutopilotSettings } } },
  () => settings
)
console.log(await app.listen({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) }))
