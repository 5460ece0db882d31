import { SaxesParser } from 'saxes'
import type { CsdlDocument, CsdlEnum, CsdlOperation, CsdlReference, CsdlType } from './csdl-document.js'
import { CsdlError } from './csdl-error.js'

/** Graph's own documents nest 9 elements deep. */
const MAX_DEPTH = 64
const COMPUTED = /^Org\.OData\.Core\.V1\.Computed$|^Core\.Computed$/
/** OData CSDL XML 4.01, 15.2: a simple identifier, of which Graph uses only letters of ASCII. */
const IDENTIFIER = /^[A-Za-z_]\w{0,127}$/
const NAMESPACE = /^microsoft\.graph(?:\.[A-Za-z_]\w*)*$/

type Attributes = Readonly<Record<string, string | undefined>>

/**
 * Reads a CSDL document (OData CSDL XML 4.01) of Graph. Elements that the model does not need are passed over.
 *
 * @throws CsdlError with line and column where it is no XML, has a document type (so no entities are expanded), nests too
 *   deep, or lacks a name or a type where one belongs
 */
export function parseCsdl(xml: string): CsdlDocument {
  const parser = new SaxesParser({ position: false })
  const elements = new CsdlElements(() => parser.line)
  let depth = 0
  parser.on('error', ({ message }) => {
    throw new CsdlError(`line ${parser.line}, column ${parser.column}: ${message.replace(/^[\d:]+ |\.$/g, '')}`)
  })
  parser.on('doctype', () => elements.refuse('a document type declaration is not taken'))
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1
    if (depth > MAX_DEPTH) elements.refuse(`elements nest deeper than ${MAX_DEPTH}`)
    elements.open(name, attributes as Attributes)
  })
  parser.on('closetag', ({ name }) => {
    depth -= 1
    elements.close(name)
  })
  parser.write(xml).close()
  if (!elements.sawSchema) throw new CsdlError('line 1: there is no Schema in it, so this is no CSDL document')
  return elements.document
}

/** What stands open while a document is read, and what was read of it. */
class CsdlElements {
  readonly document: CsdlDocument = {
    types: new Map(),
    enums: new Map(),
    definitions: new Map(),
    operations: [],
    roots: new Map(),
    aliases: new Map(),
    computed: new Set()
  }
  sawSchema = false
  readonly #line: () => number
  #namespace = ''
  #type: CsdlType | undefined
  #enum: CsdlEnum | undefined
  #operation: CsdlOperation | undefined
  /** What annotations apply to: the property that stands open, or an Annotations element's target. */
  #target: string | undefined
  #typeName = ''

  constructor(line: () => number) {
    this.#line = line
  }

  refuse(message: string): never {
    throw new CsdlError(`line ${this.#line()}: ${message}`)
  }

  open(element: string, attributes: Attributes): void {
    switch (element) {
      case 'Schema': {
        this.#schema(attributes)
        return
      }
      case 'EntityType':
      case 'ComplexType': {
        this.#structured(element === 'EntityType', attributes)
        return
      }
      case 'PropertyRef':
        return void this.#type?.key.push(this.#name(attributes))
      case 'Property':
      case 'NavigationProperty': {
        this.#member(element === 'NavigationProperty', attributes)
        return
      }
      case 'EnumType': {
        this.#enumeration(attributes)
        return
      }
      case 'Member': {
        this.#enumMember(attributes)
        return
      }
      case 'TypeDefinition': {
        this.#definition(attributes)
        return
      }
      case 'Action':
      case 'Function': {
        this.#openOperation(element === 'Action', attributes)
        return
      }
      case 'Parameter':
        return void this.#operation?.parameters.push({ name: this.#name(attributes), ...this.#reference(attributes) })
      case 'ReturnType':
        if (this.#operation) this.#operation.returns = this.#reference(attributes)
        return
      case 'EntitySet':
      case 'Singleton': {
        this.#root(element === 'EntitySet', attributes)
        return
      }
      case 'Annotations':
        this.#target = attributes['Target']
        return
      case 'Annotation': {
        this.#annotation(attributes)
        return
      }
    }
  }

  close(element: string): void {
    if (element === 'EntityType' || element === 'ComplexType') this.#type = undefined
    else if (element === 'EnumType') this.#enum = undefined
    else if (element === 'Action' || element === 'Function') this.#operation = undefined
    else if (element === 'Annotations' || element.endsWith('Property')) this.#target = undefined
  }

  #schema({ Namespace: namespace = '', Alias: alias }: Attributes): void {
    if (!NAMESPACE.test(namespace))
      this.refuse(`the namespace '${namespace.slice(0, 80)}' is not one of Microsoft Graph`)
    this.sawSchema = true
    this.#namespace = namespace
    if (alias !== undefined) this.document.aliases.set(alias, namespace)
  }

  #structured(entity: boolean, attributes: Attributes): void {
    const name = this.#declared(attributes)
    this.#typeName = name
    this.#type = {
      entity,
      abstract: attributes['Abstract'] === 'true',
      open: attributes['OpenType'] === 'true',
      stream: attributes['HasStream'] === 'true',
      base: attributes['BaseType'],
      line: this.#line(),
      key: [],
      members: new Map()
    }
    this.document.types.set(name, this.#type)
  }

  #member(navigation: boolean, attributes: Attributes): void {
    const name = this.#name(attributes)
    this.#target = `${this.#typeName}/${name}`
    if (this.#type?.members.has(name)) this.refuse(`${this.#target} is declared twice`)
    const contained = attributes['ContainsTarget'] === 'true'
    this.#type?.members.set(name, { ...this.#reference(attributes), navigation, contained })
  }

  #enumeration(attributes: Attributes): void {
    this.#enum = { flags: attributes['IsFlags'] === 'true', members: [] }
    this.document.enums.set(this.#declared(attributes), this.#enum)
  }

  #enumMember(attributes: Attributes): void {
    const members = this.#enum?.members
    const value = attributes['Value'] === undefined ? (members?.length ?? 0) : Number(attributes['Value'])
    if (!Number.isSafeInteger(value)) this.refuse(`'${String(attributes['Value'])}' is no value of an enumeration`)
    members?.push({ name: this.#name(attributes), value })
  }

  #definition(attributes: Attributes): void {
    this.document.definitions.set(this.#declared(attributes), attributes['UnderlyingType'] ?? '')
  }

  #openOperation(action: boolean, attributes: Attributes): void {
    const name = `${this.#namespace}.${this.#name(attributes)}`
    const bound = attributes['IsBound'] === 'true'
    this.#operation = { action, bound, name, line: this.#line(), parameters: [], returns: undefined }
    this.document.operations.push(this.#operation)
  }

  #root(set: boolean, attributes: Attributes): void {
    const type = attributes[set ? 'EntityType' : 'Type'] ?? ''
    this.document.roots.set(this.#name(attributes), { type, set, line: this.#line() })
  }

  #annotation({ Term: term = '', Bool: value }: Attributes): void {
    if (this.#target !== undefined && COMPUTED.test(term) && value !== 'false') this.document.computed.add(this.#target)
  }

  #declared(attributes: Attributes): string {
    const name = `${this.#namespace}.${this.#name(attributes)}`
    const { types, enums, definitions } = this.document
    if (types.has(name) || enums.has(name) || definitions.has(name)) this.refuse(`${name} is declared twice`)
    return name
  }

  #name({ Name: name = '' }: Attributes): string {
    if (!IDENTIFIER.test(name)) this.refuse(`'${name.slice(0, 80)}' is no name`)
    return name
  }

  #reference({ Type: type = '', Nullable: nullable }: Attributes): CsdlReference {
    if (type === '') this.refuse('there is no Type')
    return { type, nullable: nullable !== 'false', line: this.#line() }
  }
}
