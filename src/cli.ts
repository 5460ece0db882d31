#!/usr/bin/env node
import { main } from './main.js'

const { stdout, stderr, env, pid } = process
process.exitCode = await main(process.argv.slice(2), { stdout, stderr, env, pid, signals: process })
if (process.exitCode > 128) process.exit()
