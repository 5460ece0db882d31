// The types of Microsoft's TypeScript SDK (msgraph-sdk, msgraph-beta-sdk), from its declarations. What Kiota, which
// generates them, writes there: https://learn.microsoft.com/openapi/kiota/models
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import ts from 'typescript'

export interface SdkProperty {
  readonly name: string
  /** A letter of a primitive type; otherwise the key of a type or enumeration. */
  readonly kind: string
  readonly collection: boolean
  /** `@` set by the service alone, `-` read-only by its description, or neither. */
  readonly access: '@' | '-' | ''
}

export interface SdkType {
  readonly base: string | undefined
  readonly properties: readonly SdkProperty[]
}

/** Types and enumerations by key: `user`, `security.alert`, as the CSDL names them without `microsoft.graph.`. */
export interface SdkTypes {
  readonly types: ReadonlyMap<string, SdkType>
  readonly enums: ReadonlyMap<string, readonly string[]>
}

const KINDS: Readonly<Record<string, string>> = {
  Date: 'd',
  DateOnly: 'D',
  TimeOnly: 't',
  Duration: 'u',
  Guid: 'g',
  ArrayBuffer: 'x',
  UntypedNode: 'j'
}

/** What is of Kiota or of OData's messages, and no type of Graph. Pages are told by their base. */
const FOREIGN = /^oDataErrors\.|^(?:referenceCreate|referenceUpdate|baseDeltaFunctionResponse)$/
const PAGE = 'baseCollectionPaginationCountResponse'

/** Microsoft's generator of reference texts adds this to each property with Org.OData.Core.V1.Computed. */
const COMPUTED = /This property is read-only\b/

export function readSdkTypes(packageFolder: string): SdkTypes {
  const root = join(packageFolder, 'models')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('index.d.ts'))
  const types = new Map<string, SdkType>()
  const enums = new Map<string, readonly string[]>()
  for (const file of files) readDeclarations(root, file, types, enums)
  return { types: withoutForeign(types), enums }
}

function withoutForeign(types: ReadonlyMap<string, SdkType>): ReadonlyMap<string, SdkType> {
  return new Map([...types].filter(([key, { base }]) => !FOREIGN.test(key) && key !== PAGE && base !== PAGE))
}

function readDeclarations(
  root: string,
  file: string,
  types: Map<string, SdkType>,
  enums: Map<string, readonly string[]>
): void {
  const path = join(root, file)
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false
  )
  const namespace = namespaceOf(dirname(file))
  const names = { namespace, imported: importsOf(source, root, path) }
  const wireNames = readWireNames(path.replace(/\.d\.ts$/, '.js'))
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement)) {
      types.set(keyOf(namespace, statement.name.text), readInterface(statement, source, names, wireNames))
    } else if (ts.isVariableStatement(statement)) {
      const members = readEnum(statement)
      if (members) enums.set(keyOf(namespace, members.name), members.values)
    }
  }
}

interface Names {
  readonly namespace: string
  /** Key by local name. */
  readonly imported: ReadonlyMap<string, string>
}

function keyOf(namespace: string, name: string): string {
  const short = name.replace(/Escaped$/, '')
  return `${namespace}${namespace === '' ? '' : '.'}${short.charAt(0).toLowerCase()}${short.slice(1)}`
}

function namespaceOf(folder: string): string {
  return folder
    .split(sep)
    .filter((part) => part !== '.' && part !== '')
    .join('.')
}

function importsOf(source: ts.SourceFile, root: string, path: string): ReadonlyMap<string, string> {
  const imported = new Map<string, string>()
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) continue
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text
    const bindings = statement.importClause?.namedBindings
    if (!specifier.startsWith('.') || !bindings || !ts.isNamedImports(bindings)) continue
    const namespace = namespaceOf(relative(root, dirname(join(dirname(path), specifier))))
    for (const { name, propertyName } of bindings.elements) {
      imported.set(name.text, keyOf(namespace, (propertyName ?? name).text))
    }
  }
  return imported
}

function readInterface(
  declaration: ts.InterfaceDeclaration,
  source: ts.SourceFile,
  names: Names,
  wireNames: ReadonlyMap<string, string>
): SdkType {
  const [heritage] = declaration.heritageClauses ?? []
  const bases = (heritage?.types ?? []).map(({ expression }) => (expression as ts.Identifier).text)
  const base = bases.find((name) => !/^(?:AdditionalDataHolder|BackedModel|Parsable|ApiError)$/.test(name))
  const variable = declaration.name.text.charAt(0).toLowerCase() + declaration.name.text.slice(1)
  const properties = declaration.members.filter(ts.isPropertySignature).flatMap((member) => {
    const written = (member.name as ts.Identifier).text
    const name = wireNames.get(`${variable}.${written}`) ?? written
    if (name.startsWith('@') || written === 'backingStoreEnabled' || written === 'additionalData') return []
    const comment = source.text.slice(member.pos, member.name.getStart(source))
    return { name, ...kindOf(member.type, names), access: accessOf(comment) }
  })
  return { base: base === undefined ? undefined : reference(base, names), properties }
}

function accessOf(comment: string): SdkProperty['access'] {
  if (COMPUTED.test(comment)) return '@'
  return /\bread-?only\b/i.test(comment) ? '-' : ''
}

/** `T | null`, `T[] | null`. */
function kindOf(type: ts.TypeNode | undefined, names: Names): { kind: string; collection: boolean } {
  const inner = type && ts.isUnionTypeNode(type) ? type.types.find((one) => !ts.isLiteralTypeNode(one)) : type
  const collection = inner !== undefined && ts.isArrayTypeNode(inner)
  const item = collection ? inner.elementType : inner
  return { kind: itemKind(item, names), collection }
}

function itemKind(item: ts.TypeNode | undefined, names: Names): string {
  if (item && ts.isTypeReferenceNode(item)) {
    const { text } = item.typeName as ts.Identifier
    return KINDS[text] ?? reference(text, names)
  }
  switch (item?.kind) {
    case ts.SyntaxKind.StringKeyword:
      return 's'
    case ts.SyntaxKind.BooleanKeyword:
      return 'b'
    case ts.SyntaxKind.NumberKeyword:
      return 'i'
    default:
      throw new Error(`the SDK declares a property of the kind ${ts.SyntaxKind[item?.kind ?? ts.SyntaxKind.Unknown]}`)
  }
}

function reference(name: string, { namespace, imported }: Names): string {
  return imported.get(name) ?? keyOf(namespace, name)
}

function readEnum(statement: ts.VariableStatement): { name: string; values: readonly string[] } | undefined {
  const [declaration] = statement.declarationList.declarations
  if (!declaration?.type || !ts.isTypeLiteralNode(declaration.type)) return undefined
  const values = declaration.type.members.filter(ts.isPropertySignature).map((member) => {
    return ((member.type as ts.LiteralTypeNode).literal as ts.StringLiteral).text
  })
  return { name: (declaration.name as ts.Identifier).text.replace(/Object$/, ''), values }
}

/** Names in JSON that are no names in TypeScript, such as `keys_v2`, by the variable and property that they become. */
function readWireNames(file: string): ReadonlyMap<string, string> {
  const matches = readFileSync(file, 'utf8').matchAll(/"([^"\n]+)": n => \{ (\w+)\.(\w+) = /g)
  return new Map(
    [...matches].flatMap(([, wire = '', variable = '', name = '']) => {
      return wire === name ? [] : [[`${variable}.${name}`, wire] as const]
    })
  )
}
