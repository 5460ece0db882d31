import type { TokenResponse } from '../identity/token-request.js'
import { UserError } from '../user-error.js'
import { ask, serverUrl } from './ask.js'
import { demandValid, flagOf } from '../options.js'
import { parseFlags } from './flags.js'
import type { Io } from './io.js'
import { TokenFlags } from './token-flags.js'

/** `msgraph-mock token`: asks a running server for an access token and prints it, alone on a line. */
export async function token(args: readonly string[], { env, stdout }: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, TokenFlags)
  if (positionals.length > 0) throw new UserError(`token takes no argument ${String(positionals[0])}`, 2)
  demandValid(values, TokenFlags, (name) => `--${flagOf(name)}`)
  const { url, tenant: tenantId, scope: scopes, role: roles, faults, claims, ...same } = values as TokenFlags
  const parsed = { faults: parseJson('--faults', 'array', faults), claims: parseJson('--claims', 'object', claims) }
  const request = { ...same, tenantId, scopes, roles, ...parsed }
  const { status, body } = await ask('POST', `${serverUrl(url, env)}/_mock/tokens`, request)
  if (status !== 201) throw new UserError(`the server answered ${status}: ${body}`)
  stdout.write(`${(JSON.parse(body) as TokenResponse).access_token}\n`)
  return 0
}

function parseJson(flag: string, type: string, text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new UserError(`${flag} takes a JSON ${type}, not ${text}`, 2)
  }
}
