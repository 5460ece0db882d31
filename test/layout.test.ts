import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import t from 'tap'

t.test('the tests of every folder are run, and stand where the sources stand', (t) => {
  const tests = readdirSync('test', { encoding: 'utf8', recursive: true }).filter((name) => name.endsWith('.test.ts'))
  for (const folder of new Set(tests.map(dirname))) {
    t.ok(existsSync(`src/${folder}`), `src/${folder}`)
    const [top = '.'] = folder.split(/[/\\]/)
    if (top !== '.') t.ok(existsSync(`test/${top}/all.ts`), `test/${top}/all.ts`)
  }
  t.end()
})
