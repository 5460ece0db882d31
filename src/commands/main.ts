import type { Io } from './io.js'
import { UserError } from '../lib/user-error.js'
import { version } from '../lib/version.js'

/**
 * The command line. Each command is loaded when it is called.
 *
 * @returns the exit code: 0, 1 for an error, 2 for a wrong call
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await run(argv, io)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    io.stderr.write(`msgraph-mock: ${error.message}\n`)
    return error.exitCode
  }
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const [first = '', ...rest] = argv
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  if (own.includes('--help') || own.includes('-h')) return print((await import('./help.js')).helpText(), io)
  if (own.includes('--version')) return print(`${version}\n`, io)
  switch (first) {
    case 'token':
      return (await import('./token.js')).token(rest, io)
    case 'healthcheck':
      return (await import('./healthcheck.js')).healthcheck(rest, io)
    case 'ca':
      return (await import('./ca.js')).ca(rest, io)
    case 'env':
      return (await import('./env.js')).env(rest, io)
    case 'exec':
      return (await import('./exec.js')).exec(rest, io)
    default:
      return (await import('./serve.js')).serve(first === 'serve' ? rest : argv, io)
  }
}

function print(text: string, { stdout }: Io): number {
  stdout.write(text)
  return 0
}
