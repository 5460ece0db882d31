#!/usr/bin/env node
import { main } from './commands/main.js'

/** Milliseconds that a reader of our output gets to read the rest of it. */
const FLUSH = 200

const { stdout, stderr, env, pid } = process
// Whoever reads our output may leave before us; that is no reason to stop serving.
for (const output of [stdout, stderr]) output.on('error', () => undefined)

const exitCode = await main(process.argv.slice(2), { stdout, stderr, env, pid, signals: process })

// A reader that does not read at all must not keep the process alive.
setTimeout(() => process.exit(exitCode), FLUSH).unref()
await Promise.all([stdout, stderr].map((output) => new Promise((resolve) => output.write('', resolve))))
process.exit(exitCode)
