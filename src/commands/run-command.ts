import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { UserError } from '../lib/user-error.js'
import type { Io } from './io.js'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const
/** Signals that a terminal itself sends to every process in the foreground. */
const FROM_TERMINAL: readonly string[] = ['SIGINT', 'SIGQUIT']

/**
 * Runs a command to its end with the streams of this process, and forwards signals to it.
 *
 * @returns its exit code, or 128 and the number of the signal that ended it, as shells do
 * @throws UserError with 127 as exit code when there is no such command, 126 when it cannot be run
 */
export function runCommand(command: readonly string[], env: NodeJS.Dict<string>, io: Io): Promise<number> {
  const [program = '', ...args] = command
  const onTerminal = io.stdout.isTTY === true || io.stderr.isTTY === true
  return new Promise((resolve, reject) => {
    // On Windows only a shell finds npm.cmd under the name npm.
    const child = spawn(program, args, { stdio: 'inherit', env, shell: process.platform === 'win32' })
    const pass = (signal: NodeJS.Signals) => {
      // Ctrl-C has reached the command already, and many take a second one to mean "at once".
      if (!onTerminal || !FROM_TERMINAL.includes(signal)) child.kill(signal)
    }
    const stopPassing = () => {
      for (const signal of FORWARDED) io.signals.off(signal, pass)
    }
    for (const signal of FORWARDED) io.signals.on(signal, pass)
    child.once('error', (error) => {
      stopPassing()
      reject(cannotRun(program, error))
    })
    child.once('exit', (code, signal) => {
      stopPassing()
      resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals])
    })
  })
}

function cannotRun(program: string, { code, message }: NodeJS.ErrnoException): UserError {
  return code === 'ENOENT'
    ? new UserError(`cannot run ${program}: there is no such command`, 127)
    : new UserError(`cannot run ${program}: ${message}`, 126)
}
