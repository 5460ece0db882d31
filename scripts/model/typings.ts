// What Microsoft's typings (microsoft-graph-types, microsoft-graph-types-beta) tell beyond the SDK: which properties may
// be null, and the order of the CSDL. They are often older than the SDK, so they only add to what it has.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface TypingsProperty {
  readonly nullable: boolean
  /** Place among the properties of its type. */
  readonly order: number
}

/** By key of the type in lower case, then by name. */
export type Typings = ReadonlyMap<string, ReadonlyMap<string, TypingsProperty>>

export function readTypings(packageFolder: string): Typings {
  const file = join(packageFolder, 'microsoft-graph.d.ts')
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false
  )
  const types = new Map<string, ReadonlyMap<string, TypingsProperty>>()
  readStatements(source.statements, '', types)
  return types
}

function readStatements(
  statements: readonly ts.Statement[],
  namespace: string,
  types: Map<string, ReadonlyMap<string, TypingsProperty>>
): void {
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement)) {
      types.set(`${namespace}${statement.name.text}`.toLowerCase(), readInterface(statement))
    } else if (ts.isModuleDeclaration(statement)) readModule(statement, namespace, types)
  }
}

/** `namespace Security.SecurityCopilot`; `SecurityNamespace` where a type has the name. */
function readModule(
  { name, body }: ts.ModuleDeclaration,
  outer: string,
  types: Map<string, ReadonlyMap<string, TypingsProperty>>
): void {
  const namespace = `${outer}${name.text.replace(/Namespace$/, '')}.`
  if (body && ts.isModuleDeclaration(body)) readModule(body, namespace, types)
  else if (body && ts.isModuleBlock(body)) readStatements(body.statements, namespace, types)
}

function readInterface({ members }: ts.InterfaceDeclaration): ReadonlyMap<string, TypingsProperty> {
  return new Map(
    members.filter(ts.isPropertySignature).map(({ name, type }, order) => {
      const nullable = type !== undefined && ts.isTypeReferenceNode(type) && isNullableOption(type)
      return [(name as ts.Identifier | ts.StringLiteral).text, { nullable, order }]
    })
  )
}

function isNullableOption({ typeName }: ts.TypeReferenceNode): boolean {
  return ts.isIdentifier(typeName) && typeName.text === 'NullableOption'
}
