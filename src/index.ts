import type { GraphMock, GraphMockOptions } from './api/api.js'
import { graphMock } from './in-process/graph-mock.js'
import { createLog } from './lib/log.js'
import { demandValid, Options, withDefaults } from './options.js'
import { startServer } from './server.js'

export type * from './api/api.js'

/**
 * Starts a Graph mock in this process, on a free port unless `port` says otherwise.
 *
 * @throws Error when an option or the fixture is wrong, or the port is taken
 * @example
 * const mock = await startGraphMock()
 * const token = await mock.tenant().token()
 * await fetch(`${mock.url}/beta/deviceManagement/windowsAutopilotSettings`, { headers: { authorization: `Bearer ${token}` } })
 * await mock.close()
 */
export async function startGraphMock(options: GraphMockOptions = {}): Promise<GraphMock> {
  const { fixtures, ...rest } = options
  const [file, document] = typeof fixtures === 'object' ? [undefined, fixtures] : [fixtures, undefined]
  const complete = withDefaults({ port: 0, logLevel: 'warn', ...rest, ...(file !== undefined && { fixtures: file }) })
  demandValid(complete, Options, (member) => `option ${member}`)
  const log = createLog(complete.logLevel, process.stderr)
  return graphMock(await startServer(complete, { log, requestLevel: 'debug' }, document))
}
