// The ceiling: what a Fastify can reach that looks a token up, sets Graph's headers and keeps the raw body, and nothing
// else of what msgraph-mock does. The second yardstick beside bench/bare.ts.
import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import { initialState } from '../src/graph/resources/windows-autopilot-settings/model.js'

let settings = initialState('ceiling').windowsAutopilotSettings
const tokens = new Map<string, string>()
const app = fastify({ genReqId: () => randomUUID() })

app.removeContentTypeParser('application/json')
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
  done(null, body)
})
app.addHook('onRequest', (request, reply, done) => {
  const { authorization = '' } = request.headers
  if (!tokens.has(authorization)) tokens.set(authorization, 'tenant')
  reply.headers({
    vary: 'Accept-Encoding',
    'strict-transport-security': 'max-age=0',
    'request-id': request.id,
    'client-request-id': request.id,
    'x-ms-ags-diagnostic': '{"ServerInfo":{"DataCenter":"Localhost","Slice":"E","Ring":"0","ScaleUnit":"000"}}'
  })
  done()
})
const path = '/beta/deviceManagement/windowsAutopilotSettings'
app.patch(path, (request, reply) => {
  settings = { ...settings, ...(JSON.parse((request.body as Buffer).toString()) as object) }
  return reply.type('application/json').send(JSON.stringify(settings))
})
app.get(path, (_request, reply) => reply.type('application/json').send(JSON.stringify(settings)))
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
