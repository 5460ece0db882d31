import { SETTINGS } from '../common.js'
import { graph, on, raw, type Step } from '../step.js'

const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']

/** Spellings of a path that the router takes. */
const spellings: Step[] = [
  `${SETTINGS}/`,
  '/BETA/DEVICEMANAGEMENT/WINDOWSAUTOPILOTSETTINGS',
  '/beta//deviceManagement/windowsAutopilotSettings',
  '//beta/deviceManagement/windowsAutopilotSettings',
  '/beta/deviceManagement/windows%41utopilotSettings',
  `${SETTINGS}?`,
  `${SETTINGS}/?$select=id`,
  `http://localhost:8365${SETTINGS}`,
  `https://graph.microsoft.com${SETTINGS}`
].map((path) => graph(`GET ${path}`, `GET ${path}`))

/** Paths that nothing here answers. */
const unknown: Step[] = [
  '/beta/deviceManagement/managedDevices',
  '/beta/deviceManagement',
  '/beta/users/adele',
  '/beta/me',
  "/beta/users('adele')",
  '/beta/devices%3F$skiptoken=X',
  '/beta/deviceManagement%2FwindowsAutopilotSettings',
  '/beta/deviceManagement/foo%2Fbar',
  `${SETTINGS}/nope`,
  `${SETTINGS}/syncStatus`,
  `${SETTINGS}/$value`,
  `${SETTINGS}/sync/more`,
  '/beta/$metadata/more',
  '/beta/ä',
  '/beta/%C3%A4%20b',
  '/beta/..%2Fx',
  '/v1.0',
  '/v1.0/',
  '/v1.0/$metadata',
  '/v1.0/$batch',
  '/v1.0/users',
  '/v1.0/deviceManagement',
  '/v1.0/deviceManagement/windowsAutopilotSettings',
  '/V1.0/DEVICEMANAGEMENT/windowsAutopilotSettings/sync',
  '/v2.0/users',
  '/deviceManagement/windowsAutopilotSettings',
  '/betamax',
  '/nothing',
  '//v2.0',
  '/favicon.ico'
].map((path) => graph(`GET ${path}`, `GET ${path}`))

export const sequences = on('documented', [
  ...spellings,
  ...unknown,
  ...VERBS.filter((verb) => !['GET', 'HEAD', 'PATCH'].includes(verb)).map((verb) =>
    graph(`${verb} of the settings`, `${verb} ${SETTINGS}`)
  ),
  ...VERBS.filter((verb) => verb !== 'POST').map((verb) => graph(`${verb} of sync`, `${verb} ${SETTINGS}/sync`)),
  ...VERBS.filter((verb) => verb !== 'POST').map((verb) => graph(`${verb} of $batch`, `${verb} /beta/$batch`)),
  ...VERBS.filter((verb) => !['GET', 'HEAD'].includes(verb)).map((verb) =>
    graph(`${verb} of $metadata`, `${verb} /beta/$metadata`)
  ),
  ...VERBS.filter((verb) => !['GET', 'HEAD'].includes(verb)).map((verb) => graph(`${verb} of /beta`, `${verb} /beta`)),
  ...VERBS.map((verb) => graph(`${verb} of an unknown segment`, `${verb} /beta/users`)),
  ...VERBS.map((verb) => graph(`${verb} of v1.0`, `${verb} /v1.0/deviceManagement/windowsAutopilotSettings`)),
  ...VERBS.map((verb) => graph(`${verb} of no version`, `${verb} /nothing/here`)),
  graph('an unknown segment with a body', 'POST /beta/users', { body: { a: 1 } }),
  graph('an unknown segment without a token', 'GET /beta/users', { token: null }),
  graph('another verb without a token', `DELETE ${SETTINGS}`, { token: null }),
  graph('v1.0 without a token', 'GET /v1.0/me', { token: null }),
  graph('no version without a token', 'GET /nothing', { token: null }),
  graph('another verb with a token that may nothing', `DELETE ${SETTINGS}`, { token: 'no-scopes' }),
  ...['/beta/%E0%A4%A', '/%', '/_mock/%', '/v1.0/%zz'].map((path) => graph(`GET ${path}`, `GET ${path}`)),
  raw('a space in the path', ['GET /beta/a b HTTP/1.1', 'Host: localhost', 'Connection: close', '', '']),
  raw('OPTIONS *', ['OPTIONS * HTTP/1.1', 'Host: localhost', 'Connection: close', '', ''])
])
