// Writes the published declarations: dist/index.d.ts and dist/api.d.ts, which import nothing else.
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
for (const name of ['src/index.ts', 'src/api.ts']) {
  const { diagnostics } = program.emit(program.getSourceFile(name), undefined, undefined, true)
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)))
}
