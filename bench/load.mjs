// One measurement as a process of its own: `node bench/load.mjs PORT SECONDS TOKEN` prints requests per second.
import autocannon from 'autocannon'
import { PATCH } from './server.mjs'

const [port, seconds, token] = process.argv.slice(2)
const { requests, non2xx, errors, statusCodeStats } = await autocannon({
  url: `http://127.0.0.1:${port}${PATCH.path}`,
  method: PATCH.method,
  body: PATCH.body,
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  connections: 32,
  duration: Number(seconds)
})
if (non2xx + errors > 0) throw new Error(`no 200: ${JSON.stringify(statusCodeStats)}, ${errors} requests failed`)
console.log(requests.average)
