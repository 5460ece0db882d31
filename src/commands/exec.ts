import { Type } from '@sinclair/typebox'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logSummary } from '../journal/summary.js'
import type { Totals } from '../journal/totals.js'
import { demandValid, flagOf, type Options } from '../options.js'
import { startServer, type Server } from '../server.js'
import { UserError } from '../lib/user-error.js'
import { clientEnvironment, type TrustFiles } from './client-environment.js'
import { ExecFlags, FAILURES, type Failure } from './flag-schemas.js'
import { parseFlags } from './flags.js'
import type { Io } from './io.js'
import { runCommand } from './run-command.js'
import { logFor, readOptions } from './server-setup.js'
import { trustBundle } from './trust-bundle.js'

/**
 * `msgraph-mock exec -- COMMAND`: starts a server, runs the command with the variables that point clients to it, and
 * stops. Standard output is the command's own.
 *
 * @returns the exit code of the command, 128 and the number of the signal that ended it, 127 where there is no such
 *   command, 126 where it cannot be run
 * @throws UserError with `--fail-on` when the command succeeded, but called what it names
 */
export async function exec(args: readonly string[], io: Io): Promise<number> {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const command = args.slice(end + 1)
  if (!command[0]) throw new UserError('exec needs a command after --, such as: msgraph-mock exec -- npm test', 2)
  const { values, positionals } = parseFlags(args.slice(0, end), ExecFlags)
  if (positionals.length > 0)
    throw new UserError(`exec takes its command after --: exec -- ${positionals.join(' ')}`, 2)
  const { intercept = false, failOn, ...flags } = values
  const { options, warnings } = readOptions(flags, io.env, { port: 0 })
  const failures = demandFailOn(failOn as string[] | undefined, options)
  const appLog = await logFor(options, io, warnings)
  const server = await startServer(options, appLog)
  let code: number
  try {
    code = await runAgainst(server, command, intercept === true, io)
  } finally {
    await server.close()
    logSummary(server.mock.journal.totals, server.mock.random.seed, appLog.log)
  }
  demandNone(failures, server.mock.journal.totals, code, io)
  return code
}

/** @param failOn each may list several with commas */
function demandFailOn(failOn: readonly string[] = [], { journalSize }: Options): readonly Failure[] {
  const failures = failOn.flatMap((list) => list.split(','))
  const One = Type.Object({ failOn: ExecFlags.properties.failOn.items })
  for (const failure of failures) demandValid({ failOn: failure }, One, (name) => `--${flagOf(name)}`)
  if (failures.length > 0 && journalSize === 0)
    throw new UserError('--fail-on needs the journal, which --journal-size 0 turns off', 2)
  return failures as Failure[]
}

/** What is told of the calls that made a run fail. */
const TOLD: Readonly<Record<Failure, string>> = {
  unmatched: 'made unmatched requests, for Graph paths that msgraph-mock lacks',
  modelled: 'got modelled answers, with no evidence of the service behind them'
}

/** If the command itself failed, its exit code stays. */
function demandNone(failures: readonly Failure[], totals: Totals, code: number, { stderr }: Io): void {
  const message = FAILURES.filter((failure) => failures.includes(failure) && totals[failure].calls > 0)
    .map((failure) => `the command ${TOLD[failure]}: ${String(totals[failure])}`)
    .join('; ')
  if (message === '') return
  if (code === 0) throw new UserError(message)
  stderr.write(`msgraph-mock: ${message}\n`)
}

async function runAgainst(server: Server, command: readonly string[], intercept: boolean, io: Io): Promise<number> {
  const { files, remove } = writeTrust(await server.mock.certificates.trusted(), io)
  try {
    return await runCommand(command, { ...io.env, ...clientEnvironment(server, files, intercept) }, io)
  } finally {
    remove()
  }
}

/**
 * Writes the certificates into a temporary directory.
 *
 * @returns `remove` deletes the directory
 * @throws UserError when it cannot be written; nothing is left behind then
 */
function writeTrust(trusted: string, { env }: Io): { readonly files: TrustFiles; readonly remove: () => void } {
  let dir: string | undefined
  const remove = () => {
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true })
  }
  try {
    dir = mkdtempSync(join(tmpdir(), 'msgraph-mock-'))
    const files = { extra: join(dir, 'extra.pem'), all: join(dir, 'all.pem') }
    const { extraAuthorities, allAuthorities } = trustBundle(trusted, env)
    writeFileSync(files.extra, extraAuthorities)
    writeFileSync(files.all, allAuthorities)
    return { files, remove }
  } catch (error) {
    remove()
    throw new UserError(`cannot write the certificates for the command: ${(error as Error).message}`)
  }
}
