// Writes the published declarations: dist/index.d.ts, dist/api.d.ts and dist/api/, which import nothing else.
import { readdir } from 'node:fs/promises'
import ts from 'typescript'

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.')
const program = ts.createProgram(['src/index.ts'], {
  ...options,
  noEmit: false,
  declaration: true,
  rootDir: 'src',
  outDir: 'dist'
})
const parts = (await readdir('src/api')).map((name) => `src/api/${name}`)
for (const name of ['src/index.ts', 'src/api.ts', ...parts]) {
  const { diagnostics } = program.emit(program.getSourceFile(name), undefined, undefined, true)
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)))
}
