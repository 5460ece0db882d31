import { UserError } from '../lib/user-error.js'
import { ask, serverUrl } from './ask.js'
import type { Io } from './io.js'

/** `msgraph-mock healthcheck [URL]`: the probe of the Docker image, which needs no shell and no curl. */
export async function healthcheck(args: readonly string[], { env, stdout }: Io): Promise<number> {
  const [given, ...rest] = args
  if (rest.length > 0 || given?.startsWith('-')) throw new UserError('healthcheck takes one URL at most', 2)
  const url = `${serverUrl(given, env)}/_mock/health`
  const { status, body } = await ask('GET', url)
  if (status !== 200) throw new UserError(`${url} answered ${status}`)
  stdout.write(`${body}\n`)
  return 0
}
