// Writes fixtures/schema.json, the JSON Schema of fixtures for editors, from the schemas that the server checks with.
import { build } from 'esbuild'
import { writeFile } from 'node:fs/promises'
import { resources } from './resources-plugin.mjs'

const { outputFiles } = await build({
  stdin: { contents: "export { publishedSchema } from './src/graph/published-fixture-schema.ts'", resolveDir: '.' },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  plugins: [resources],
  logLevel: 'warning'
})
const { publishedSchema } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
)
await writeFile('fixtures/schema.json', `${JSON.stringify(await publishedSchema(), undefined, 2)}\n`)
