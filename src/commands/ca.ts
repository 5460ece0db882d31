import { UserError } from '../lib/user-error.js'
import { CaFlags } from './flag-schemas.js'
import { demandNoArgument, parseFlags } from './flags.js'
import type { Io } from './io.js'

/**
 * `msgraph-mock ca`: prints the certificate authority in `--ca-dir`, and creates it if it is missing, so that clients
 * can trust it before any server starts.
 */
export async function ca(args: readonly string[], { env, stdout }: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, CaFlags)
  demandNoArgument('ca', positionals)
  const dir = (values['caDir'] as string | undefined) ?? env['MSGRAPH_MOCK_CA_DIR'] ?? ''
  if (dir === '') {
    throw new UserError('ca needs --ca-dir DIR or MSGRAPH_MOCK_CA_DIR: the directory that servers are started with', 2)
  }
  const { keptAuthority } = await import('../tls/ca-dir.js')
  stdout.write((await keptAuthority(dir)).cert)
  return 0
}
