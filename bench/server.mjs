import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { availableParallelism } from 'node:os'

const PATH = '/beta/deviceManagement/windowsAutopilotSettings'
const BODY = JSON.stringify({
  lastSyncDateTime: '2017-01-01T00:02:49.3205976-08:00',
  lastManualSyncTriggerDateTime: '2016-12-31T23:57:54.7364636-08:00',
  syncStatus: 'inProgress'
})
export const PATCH = { method: 'PATCH', path: PATH, body: BODY }

const canPin = availableParallelism() > 1 && existsSync('/usr/bin/taskset')

/** A command on a core of its own where the machine has two, so that server and load do not share one. */
export function pinned(core, command, args) {
  return canPin ? ['taskset', ['-c', String(core), command, ...args]] : [command, args]
}

/** Starts a server and gives it back with the milliseconds from spawn to its first 200. */
export async function start(args, port) {
  const begun = process.hrtime.bigint()
  const child = spawn(...pinned(0, process.execPath, args), { stdio: 'ignore' })
  while ((await patch(port)) !== 200) await new Promise((resolve) => setTimeout(resolve, 1))
  const ms = Number(process.hrtime.bigint() - begun) / 1e6
  const stop = async () => {
    const stopped = process.hrtime.bigint()
    child.kill('SIGTERM')
    await once(child, 'exit')
    return Number(process.hrtime.bigint() - stopped) / 1e6
  }
  return { child, ms, stop, port }
}

/** Status of one PATCH, 0 when nobody listens yet. */
export function patch(port) {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer readwrite', connection: 'close' }
    const outgoing = request({ host: '127.0.0.1', port, path: PATH, method: 'PATCH', headers }, (incoming) => {
      incoming.resume().on('end', () => resolve(incoming.statusCode))
    })
    outgoing.on('error', () => resolve(0))
    outgoing.end(BODY)
  })
}

export const bareArgs = (bare, port) => [bare, String(port)]
export const mockArgs = (port) => ['dist/cli.js', '--port', String(port), '--log-level', 'info']

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
