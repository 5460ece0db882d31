import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Starts the built command line on a free port, able to tell its memory. */
export async function startMeasured(...args) {
  const preload = new URL('report-memory.mjs', import.meta.url).href
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', preload, 'dist/cli.js', '--port', '0', '--seed', '1', ...args],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: ['ignore', 'pipe', 'ignore', 'ipc'] }
  )
  const ended = once(child, 'exit')
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url, httpsUrl, tenantId } = JSON.parse(line)
  const tell = async (what) => {
    const answer = once(child, 'message')
    child.send(what)
    return (await answer)[0]
  }
  return {
    url,
    httpsUrl,
    tenantId,
    port: Number(new URL(url).port),
    /** MB of heap and resident memory, and open sockets. */
    memory: () => tell('memory'),
    /** Milliseconds of processor time so far, which do not depend on what else runs on the machine. */
    time: () => tell('time'),
    /** The exit code of a server that was asked to stop; whoever died before is found out too. */
    async stop() {
      child.kill('SIGTERM')
      const [code, signal] = await ended
      return code ?? signal
    }
  }
}
