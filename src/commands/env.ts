import type { ConnectAnswer } from '../connect/connect-answer.js'
import { demandValid, flagOf } from '../options.js'
import { ask, controlHeaders, documentOf, refusal, serverUrl } from './ask.js'
import { EnvFlags } from './flag-schemas.js'
import { demandNoArgument, parseFlags } from './flags.js'
import type { Io } from './io.js'

/** `msgraph-mock env --sdk NAME`: prints the lines that connect an SDK to a running server. */
export async function env(args: readonly string[], { env, stdout }: Io): Promise<number> {
  const { values, positionals } = parseFlags(args, EnvFlags)
  demandNoArgument('env', positionals)
  demandValid(values, EnvFlags, (name) => `--${flagOf(name)}`)
  const { sdk, url, controlToken } = values as EnvFlags
  const headers = controlHeaders(controlToken, env)
  const asked = `${serverUrl(url, env)}/_mock/connect/${encodeURIComponent(sdk)}`
  const answer = await ask('GET', asked, { headers })
  if (answer.status !== 200) throw refusal(answer)
  const { notes, shell, code } = documentOf(answer, asked) as ConnectAnswer
  const lines = [...notes.map((note) => `# ${note}`), ...shell]
  stdout.write(`${lines.join('\n')}\n${code === '' ? '' : `\n${code}`}`)
  return 0
}
