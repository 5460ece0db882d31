// What the server says of itself.
import { ask, on } from '../step.js'

const SDKS = ['js', 'kiota-js', 'msal-node', 'azure-identity', 'go', 'python', 'java', 'dotnet', 'powershell', 'curl']
const recipe = (sdk: string, options: Parameters<typeof ask>[2] = {}) =>
  ask(`connect ${sdk}`, `GET /_mock/connect/${sdk}`, options)

export const sequences = [
  ...on('documented', [
    ask('openapi.json', 'GET /_mock/openapi.json'),
    ask('HEAD openapi.json', 'HEAD /_mock/openapi.json'),
    ask('openapi.json by https', 'HEAD /_mock/openapi.json', { isSecure: true }),
    ask('support', 'GET /_mock/support'),
    ask('support as Markdown', 'GET /_mock/support', { headers: { Accept: 'text/markdown' } }),
    ask('support as anything', 'HEAD /_mock/support', { headers: { Accept: '*/*' } }),
    ...SDKS.map((sdk) => recipe(sdk)),
    ...['cobol', 'constructor', 'JS'].map((sdk) => recipe(sdk)),
    ask('connect js, by another Host', 'GET /_mock/connect/js', { headers: { Host: 'mock:443' } }),
    ask('connect js, by https', 'GET /_mock/connect/js', { isSecure: true })
  ]),
  ...on('observed', [recipe('curl'), recipe('go')]),
  ...on('tls off', [recipe('js')]),
  ...on('public url', [recipe('js', { headers: { Host: 'localhost' } })]),
  ...on('registered', [recipe('python')]),
  ...on('nothing registered', [recipe('curl')])
]
