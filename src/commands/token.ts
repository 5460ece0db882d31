import type { TokenResponse } from '../identity/token-request.js'
import { UserError } from '../lib/user-error.js'
import { ask, controlHeaders, documentOf, refusal, serverUrl } from './ask.js'
import { demandValid, flagOf } from '../options.js'
import { demandNoArgument, parseFlags } from './flags.js'
import type { Io } from './io.js'
import { TokenFlags } from './flag-schemas.js'

/** `msgraph-mock token`: asks a running server for an access token and prints it, alone on a line. */
export async function token(args: readonly string[], { env, stdout }: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, TokenFlags)
  demandNoArgument('token', positionals)
  demandValid(values, TokenFlags, (name) => `--${flagOf(name)}`)
  const { url, controlToken, tenant: tenantId, scope: scopes, role: roles, ...same } = values as TokenFlags
  const parsed = {
    faults: parseJson('--faults', 'array', same.faults),
    claims: parseJson('--claims', 'object', same.claims)
  }
  const body = { ...same, tenantId, scopes, roles, ...parsed }
  const headers = controlHeaders(controlToken, env)
  const asked = `${serverUrl(url, env)}/_mock/tokens`
  const answer = await ask('POST', asked, { headers, body })
  if (answer.status !== 201) throw refusal(answer)
  stdout.write(`${(documentOf(answer, asked) as TokenResponse).access_token}\n`)
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
