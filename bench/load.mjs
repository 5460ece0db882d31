import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PATCH, pinned } from './server.mjs'

const CONNECTIONS = 32
const hasWrk = ['/usr/bin/wrk', '/usr/local/bin/wrk', '/opt/homebrew/bin/wrk'].some(existsSync)

/** autocannon is written in JavaScript and tops out before a fast server does; its ratios are flattered. */
export const loadedBy = hasWrk ? 'wrk' : 'autocannon (install wrk: it tops out later)'

/**
 * Loads a server from the other core and gives back requests per second. Any status but 200 fails it.
 *
 * @param folder where the script of wrk is written
 */
export async function load({ port, method, seconds, token, folder }) {
  const url = `http://127.0.0.1:${port}${PATCH.path}`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = method === 'PATCH' ? PATCH.body : undefined
  return hasWrk ? byWrk(url, method, headers, body, seconds, folder) : byAutocannon(url, method, headers, body, seconds)
}

async function byWrk(url, method, headers, body, seconds, folder) {
  const script = join(folder, `${method}.lua`)
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers["${name}"] = "${value}"`)
  writeFileSync(
    script,
    `wrk.method = "${method}"\n${lines.join('\n')}\n${body ? `wrk.body = [==[${body}]==]\n` : ''}` +
      'function done(summary) io.write(string.format("%d %d %f\\n", summary.requests, summary.errors.status, summary.duration / 1e6)) end\n'
  )
  const text = await output('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, url])
  const [, requests, errors, duration] = /^(\d+) (\d+) ([\d.]+)$/m.exec(text) ?? []
  if (Number(errors) !== 0) throw new Error(`${errors} answers of ${url} were no 200`)
  return Number(requests) / Number(duration)
}

async function byAutocannon(url, method, headers, body, seconds) {
  const options = JSON.stringify({ url, method, headers, body, connections: CONNECTIONS, duration: seconds })
  const program = `import autocannon from 'autocannon'
    const { requests, non2xx, errors } = await autocannon(${options})
    if (non2xx + errors > 0) throw new Error(non2xx + ' answers were no 200, ' + errors + ' requests failed')
    console.log(requests.average)`
  return Number(await output(process.execPath, ['--input-type=module', '-e', program]))
}

async function output(command, args) {
  const child = spawn(...pinned(1, command, args), { stdio: ['ignore', 'pipe', 'inherit'] })
  const text = Buffer.concat(await child.stdout.toArray()).toString()
  if (text === '') throw new Error(`${command} failed`)
  return text
}
