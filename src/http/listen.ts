import { createServer, type AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { UserError } from '../lib/user-error.js'

/**
 * Listens; for `localhost` on both loopback addresses, because clients may use either.
 *
 * @throws UserError when the address cannot be listened on
 */
export async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number }
): Promise<void> {
  try {
    if (host === 'localhost') await listenLocally(app, port)
    else await app.listen({ host, port })
  } catch (error) {
    throw cannotListen(error as NodeJS.ErrnoException, host, port)
  }
}

/** The origin of a server that listens, as clients on this machine reach it. */
export function urlOf(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** Hands connections to the second address to the same server, TLS included. Fastify's own second server has no TLS. */
async function listenLocally(app: FastifyInstance, port: number): Promise<void> {
  const second = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => app.server.emit('connection', socket))
  app.addHook('preClose', (done) => {
    second.close()
    done()
  })
  await app.listen({ host: '127.0.0.1', port })
  await new Promise<void>((resolve) => {
    // Without IPv6 on this machine, the first address is all.
    second.once('error', () => {
      resolve()
    })
    second.listen((app.server.address() as AddressInfo).port, '::1', resolve)
  })
}

/** What the system refuses becomes one clear line; an error of the start itself is a bug, and stays as it is. */
function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const { code, message, syscall } = error
  if (syscall === undefined) return error
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
