// The recipes of `msgraph-mock env --sdk`, run as they are printed, with nothing else in the environment.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { url } from './server.mjs'

const packages = fileURLToPath(new URL('node_modules', import.meta.url))
const { PATH, HOME } = process.env

for (const sdk of ['js', 'kiota-js', 'msal-node', 'azure-identity', 'curl']) {
  test(`recipe ${sdk}`, async () => {
    const recipe = await (await fetch(`${url}/_mock/connect/${sdk}`)).json()
    assert.equal(recipe.isRun, true)
    const dir = mkdtempSync(join(tmpdir(), 'recipe-'))
    try {
      symlinkSync(packages, join(dir, 'node_modules'))
      writeFileSync(join(dir, 'program.mjs'), recipe.code)
      const script = ['set -e', ...recipe.shell, ...(recipe.code === '' ? [] : ['node program.mjs'])].join('\n')
      const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
        cwd: dir,
        env: { PATH, HOME },
        encoding: 'utf8',
        timeout: 60_000
      })
      assert.equal(status, 0, stderr)
      assert.match(stdout, /"?syncStatus"?: ?["']unknown["']/)
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  })
}
