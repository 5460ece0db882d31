// `npm run recipe`: does what CONTRIBUTING.md tells of a new resource, in a copy of this checkout, and runs all checks there.
// The code is that of its blocks: one whose fence names a file is that file, one named `recipe` holds commands.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'msgraph-mock-recipe-'))
const ANSWERS = 'test/corpus/answers'
const CHECKS = ['npm run typecheck', 'npm run lint', 'npm run corpus', 'npm test']

process.on('exit', (code) => {
  if (code === 0) rmSync(copy, { recursive: true, force: true })
  else console.log(`The copy is left in ${copy}.`)
})

const { files, commands } = readRecipe()
copyCheckout()
for (const [path, text] of files) put(path, text)
for (const command of [...commands, ...CHECKS]) run(command)
demandSameStatuses()
await callIt()
console.log(`The recipe of CONTRIBUTING.md holds: ${files.length} files, ${CHECKS.length} checks.`)

/** The blocks of CONTRIBUTING.md that its fences name. */
function readRecipe() {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const blocks = [...text.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name, block]) => [name, block])
  const files = blocks.filter(([name]) => name !== 'recipe')
  const commands = blocks.filter(([name]) => name === 'recipe').flatMap(([, block]) => block.trim().split('\n'))
  if (files.length === 0 || commands.length === 0) throw new Error('CONTRIBUTING.md has no blocks of a recipe')
  return { files, commands }
}

/** What git knows of this checkout and what is new in it, as it stands; and its dependencies. */
function copyCheckout() {
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26
  })
  const paths = stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
  for (const path of paths) cpSync(join(root, path), join(copy, path))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
}

/** A file that is there already gets the text behind its own. */
function put(path, text) {
  const file = join(copy, path)
  if (existsSync(file)) return appendFileSync(file, `\n${text}`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function run(command) {
  const begun = Date.now()
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: copy,
    shell: true,
    encoding: 'utf8',
    maxBuffer: 2 ** 28
  })
  console.log(`${command}: ${status === 0 ? 'good' : 'FAILED'}, ${Math.round((Date.now() - begun) / 1000)} s`)
  if (status === 0) return
  const output = (stdout + stderr).split('\n')
  // Of many tests those that failed, with what they say.
  const failures = output.flatMap((line, at) => (/^ *not ok/.test(line) ? output.slice(at, at + 30) : []))
  console.log([...failures.slice(0, 300), ...output.slice(-100)].join('\n'))
  process.exit(1)
}

/** A new resource shows in what lists everything; it makes no request of another one fail or succeed. */
function demandSameStatuses() {
  const before = statusesIn(root)
  const changed = [...statusesIn(copy)].filter(([row, status]) => before.get(row) !== status && !/v1\.0/i.test(row))
  if (changed.length === 0) return
  for (const [row, status] of changed) console.log(`${row}: ${before.get(row)} became ${status}`)
  process.exit(1)
}

function statusesIn(folder) {
  const rows = readdirSync(join(folder, ANSWERS)).flatMap((file) =>
    Object.entries(JSON.parse(readFileSync(join(folder, ANSWERS, file), 'utf8'))).map(([row, answer]) => [
      `${file}: ${row}`,
      JSON.stringify(answer.status)
    ])
  )
  return new Map(rows)
}

/** The build of the copy, as its users have it. */
async function callIt() {
  const server = spawn(process.execPath, ['dist/cli.js', '--port', '0', '--log-level', 'error'], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  try {
    const [line] = await once(createInterface(server.stdout), 'line')
    const { url } = JSON.parse(line)
    for (const version of ['beta', 'v1.0']) await callVersion(url, version)
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}

async function callVersion(url, version) {
  const { access_token: token } = await (
    await ask(`${url}/_mock/tokens`, 'POST', undefined, { kind: 'personal' })
  ).json()
  const thermostat = `${url}/${version}/home/thermostat`
  const expect = async (method, target, status, body, members = {}) => {
    const answer = await ask(target, method, token, body)
    const text = await answer.text()
    const found = text.startsWith('{') ? JSON.parse(text) : {}
    const isRight = Object.entries(members).every(
      ([name, value]) => JSON.stringify(found[name]) === JSON.stringify(value)
    )
    if (answer.status !== status || !isRight) throw new Error(`${method} ${target}: ${answer.status} ${text}`)
    return text
  }
  const range = { lowest: 12, highest: 21.5 }
  await expect(
    'PATCH',
    thermostat,
    200,
    { isHeating: true, range, heldUntilDateTime: null },
    { isHeating: true, range }
  )
  await expect('PATCH', thermostat, 400, { isHeating: 'yes' })
  const hold = { targetTemperature: 19, untilDateTime: '2030-01-01T00:00:00Z' }
  await expect('POST', `${thermostat}/hold`, 204, hold)
  await expect('POST', `${thermostat}/hold`, 400, { targetTemperature: 19 })
  const { untilDateTime: heldUntilDateTime, targetTemperature } = hold
  await expect('GET', thermostat, 200, undefined, { isHeating: true, range, heldUntilDateTime, targetTemperature })
  const model = await expect('GET', `${url}/${version}/$metadata`, 200)
  for (const name of ['thermostat', 'temperatureRange', 'hold', 'untilDateTime']) {
    if (!model.includes(`Name="${name}"`)) throw new Error(`$metadata of ${version} lacks ${name}`)
  }
}

function ask(url, method, token, body) {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' })
  }
  return fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
}
