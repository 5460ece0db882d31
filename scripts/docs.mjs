// Writes into README.md what the built program says of itself: the support table and --help.
import { readFile, writeFile } from 'node:fs/promises'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

const readme = new URL('../README.md', import.meta.url)
const BETWEEN = /(?<=<!-- support:begin -->)[\s\S]*(?=<!-- support:end -->)/
const HELP = /(?<=<!-- help -->\n\n```text\n)[\s\S]*?(?=```)/
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
const { stdout: help } = await promisify(execFile)(process.execPath, ['dist/cli.js', '--help'], {
  cwd: new URL('..', import.meta.url)
})
const text = await readFile(readme, 'utf8')
if (!BETWEEN.test(text)) throw new Error('README.md has no <!-- support:begin --> … <!-- support:end -->')
const block = `\n\n${IGNORE}\n${table}\n\n`
await writeFile(
  readme,
  text.replace(BETWEEN, () => block).replace(HELP, () => help)
)
