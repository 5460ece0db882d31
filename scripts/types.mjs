// Writes the published declarations: dist/index.d.ts and dist/api/, which import nothing else. Each is made
// from its own file alone, which takes no type check: that is `npm run typecheck`.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import ts from 'typescript'

const parts = (await readdir('src/api')).map((name) => `api/${name}`)
await mkdir('dist/api', { recursive: true })
for (const name of ['index.ts', ...parts]) {
  const fileName = `src/${name}`
  const { diagnostics = [], outputText } = ts.transpileDeclaration(await readFile(fileName, 'utf8'), {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, isolatedDeclarations: true }
  })
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})))
  await writeFile(`dist/${name.replace(/\.ts$/, '.d.ts')}`, outputText)
}
