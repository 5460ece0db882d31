import type { FastifyInstance } from 'fastify'
import { buildApp, type AppLog } from './app.js'
import { GRACE } from './http/grace.js'
import { listen, urlOf } from './http/listen.js'
import { createMock, type Mock } from './mock.js'
import type { Options } from './options.js'
import { serveTls } from './tls/serve-tls.js'
import { UserError } from './lib/user-error.js'

/** Milliseconds between two looks for connections that have become idle. */
const SWEEP = 20

export interface Server {
  readonly mock: Mock
  readonly app: FastifyInstance
  /** Where clients reach it: `--public-url`, else the address it listens on. */
  readonly url: string
  /** The same by https; null without TLS. */
  readonly httpsUrl: string | null
  /** Entra's authority of the default tenant, for the configuration of clients; null without TLS. */
  readonly authority: string | null
  /** Stops accepting requests, lets those in flight end, and frees the port. Idle connections are closed at once. */
  close(): Promise<void>
}

/**
 * Starts the server: the one wiring of command line, in-process API and tests.
 *
 * @param fixture a fixture in place of a file
 * @throws UserError when the fixture does not validate or the address cannot be listened on
 */
export async function startServer(options: Options, appLog: AppLog, fixture?: object): Promise<Server> {
  const { fixtures, watch } = options
  if (watch && fixtures === undefined) throw new UserError('--watch needs --fixtures FILE', 2)
  const mock = await createMock(options, Date.now, fixture)
  const app = buildApp(mock, appLog)
  const port = serveTls(app.server, mock.certificates, appLog.log)
  app.addHook('preClose', (done) => {
    port.close()
    done()
  })
  try {
    await listen(app, options)
    await mock.certificates.keepAuthority()
  } catch (error) {
    await app.close()
    throw error
  }
  const url = options.publicUrl?.replace(/\/$/, '') ?? urlOf(app, options.host)
  // With TLS off, an https --public-url is that of a reverse proxy.
  const httpsUrl =
    mock.certificates.enabled || url.startsWith('https:') ? new URL(url.replace(/^http:/, 'https:')).origin : null
  const watching =
    watch && fixtures !== undefined
      ? (await import('./fixture/watch-fixture.js')).watchFixture(mock, fixtures, appLog.log)
      : undefined
  let closed: Promise<void> | undefined
  return {
    mock,
    app,
    url,
    httpsUrl,
    authority: httpsUrl && `${httpsUrl}/${mock.tenants.defaultId}`,
    close() {
      watching?.close()
      return (closed ??= close(app))
    }
  }
}

async function close(app: FastifyInstance): Promise<void> {
  const deadline = setTimeout(() => {
    app.server.closeAllConnections()
  }, GRACE)
  // Node closes idle connections only once, and those with a request in flight become idle later.
  const sweep = setInterval(() => {
    app.server.closeIdleConnections()
  }, SWEEP)
  await app.close()
  clearTimeout(deadline)
  clearInterval(sweep)
}
