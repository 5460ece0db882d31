#!/usr/bin/env node
import { main } from './commands/main.js'

/** Milliseconds to wait until the rest of the output is read. */
const FLUSH_TIMEOUT = 200

const { stdout, stderr, env, pid } = process
// The reader of the output may go before this process; that is no reason to stop serving.
for (const output of [stdout, stderr]) output.on('error', () => undefined)

const exitCode = await main(process.argv.slice(2), { stdout, stderr, env, pid, signals: process })

// A reader that does not read at all must not keep the process alive.
setTimeout(() => process.exit(exitCode), FLUSH_TIMEOUT).unref()
await Promise.all([stdout, stderr].map((output) => new Promise((resolve) => output.write('', resolve))))
process.exit(exitCode)
