// Writes the support table of the built server into README.md, between its two markers.
import { readFile, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const readme = new URL('../README.md', import.meta.url)
const BETWEEN = /(?<=<!-- support:begin -->)[\s\S]*(?=<!-- support:end -->)/
const IGNORE = '<!-- prettier-ignore -->'

const server = spawn(process.execPath, ['dist/cli.js', '--port', '0', '--log-level', 'error'], {
  cwd: new URL('..', import.meta.url),
  stdio: ['ignore', 'pipe', 'inherit']
})
const [line] = await once(server.stdout, 'data')
const { url } = JSON.parse(line)
const answer = await fetch(`${url}/_mock/support`, { headers: { accept: 'text/markdown' } })
const table = await answer.text()
server.kill()
const text = await readFile(readme, 'utf8')
if (!BETWEEN.test(text)) throw new Error('README.md has no <!-- support:begin --> … <!-- support:end -->')
const block = `\n\n${IGNORE}\n${table}\n\n`
await writeFile(
  readme,
  text.replace(BETWEEN, () => block)
)
