import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildApp, type AppLog } from './app.js'
import { createMock, type Mock } from './mock.js'
import type { Options } from './options.js'
import { watchSilentConnections } from './silent-connections.js'
import { UserError } from './user-error.js'

/** Milliseconds that requests in flight get before their connections are cut. */
const GRACE = 5000

export interface Server {
  readonly mock: Mock
  readonly app: FastifyInstance
  /** Where clients reach it: `--public-url`, else the address it listens on. */
  readonly url: string
  /** Stops taking requests, lets those in flight end, and frees the port. Idle connections are closed at once. */
  close(): Promise<void>
}

/**
 * Starts the server: the one wiring of command line, in-process API and tests.
 *
 * @throws UserError when the fixture does not validate or the address cannot be listened on
 */
export async function startServer(options: Options, appLog: AppLog): Promise<Server> {
  const mock = await createMock(options)
  const app = buildApp(mock, appLog)
  const endSilent = watchSilentConnections(app.server)
  app.addHook('preClose', async () => {
    endSilent()
  })
  const { host, port } = options
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw cannotListen(error as NodeJS.ErrnoException, host, port)
  }
  const address = app.server.address() as AddressInfo
  let closed: Promise<void> | undefined
  return {
    mock,
    app,
    url: options.publicUrl?.replace(/\/$/, '') ?? urlOf(host, address.port),
    close: () => (closed ??= close(app))
  }
}

async function close(app: FastifyInstance): Promise<void> {
  const deadline = setTimeout(() => {
    app.server.closeAllConnections()
  }, GRACE)
  await app.close()
  clearTimeout(deadline)
}

function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

function cannotListen({ code, message }: NodeJS.ErrnoException, host: string, port: number): Error {
  const address = `${host}:${port}`
  switch (code) {
    case 'EADDRINUSE':
      return new UserError(`port ${port} of ${host} is in use; choose another with --port, 0 for any free one`)
    case 'EACCES':
      return new UserError(`no permission to listen on ${address}; ports below 1024 need privileges`)
    default:
      return new UserError(`cannot listen on ${address}: ${message}`)
  }
}
