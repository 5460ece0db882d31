import { shortName, writeSpec, writeText, writeType, type Line, type Spec } from '../compact-text.js'
import { letterOf } from '../edm-kinds.js'
import { writeEnum } from '../enum-type.js'
import { writeOperation } from '../operation.js'
import type { CsdlDocument, CsdlOperation, CsdlReference, CsdlType } from './csdl-document.js'
import { CsdlError } from './csdl-error.js'
import { parseCsdl } from './parse-csdl.js'

/** The document of beta has 8.3 million characters. */
const MAX_LENGTH = 64 * 1024 * 1024
/** Any JSON: `graph.Json`, which Graph declares as a complex type without properties, and kinds that the model lacks. */
const UNTYPED = 'j'

/**
 * The compact text of a CSDL document such as Graph serves at `/beta/$metadata`.
 *
 * @param source says where it comes from
 * @throws CsdlError in one line with the place, also for a type that is not defined and for a type derived from itself
 */
export function csdlText(xml: string, source: string): string {
  if (xml.length > MAX_LENGTH) throw new CsdlError(`it is longer than ${MAX_LENGTH} characters`)
  const document = parseCsdl(xml)
  const names = new CsdlNames(document)
  return writeText([
    { key: '%source', body: source.replace(/[^\x20-\x7e]/g, '?') },
    ...[...document.types].map(([name, type]) => typeLine(name, type, document, names)),
    ...[...document.enums].map(([name, type]) => writeEnum({ name: shortName(name), ...type })),
    ...operationLines(document.operations, names),
    ...[...document.roots].map(([name, { type, set, line }]) => {
      return { key: `/${name}`, body: writeSpec(names.spec({ type, nullable: true, line }, set ? '*' : '')) }
    })
  ])
}

function typeLine(name: string, type: CsdlType, document: CsdlDocument, names: CsdlNames): Line {
  const { entity, abstract, open, stream, base, line, key, members } = type
  names.demandNoCycle(name, type)
  const specs = [...members].map(([member, reference]) => {
    const computed = document.computed.has(`${name}/${member}`) ? '@' : ''
    const flags = `${computed}${key.includes(member) ? '&' : ''}${reference.contained ? '^' : ''}`
    return { name: member, ...names.spec(reference, flags) }
  })
  const short = base === undefined ? undefined : shortName(names.demand(base, line))
  return writeType({ name: shortName(name), entity, abstract, open, stream, base: short, members: specs })
}

function operationLines(operations: readonly CsdlOperation[], names: CsdlNames): readonly Line[] {
  const byBinding = new Map<string, string[]>()
  for (const { action, bound, name, line, parameters, returns } of operations) {
    const [binding] = bound ? parameters : []
    if (bound && !binding) throw new CsdlError(`line ${line}: ${name} is bound and has no parameter`)
    const key = binding ? bindingKey(names.spec(binding)) : '!'
    const text = writeOperation({
      action,
      name: shortName(name),
      parameters: (bound ? parameters.slice(1) : parameters).map((one) => ({ name: one.name, ...names.spec(one) })),
      returns: returns && names.spec(returns)
    })
    byBinding.set(key, [...(byBinding.get(key) ?? []), text])
  }
  return [...byBinding].map(([key, texts]) => ({ key, body: texts.join(';') }))
}

function bindingKey({ kind, flags }: Spec): string {
  return `!${kind.slice(1)}${flags.includes('*') ? '*' : ''}`
}

const COLLECTION = /^Collection\((.*)\)$/

class CsdlNames {
  readonly #document: CsdlDocument
  readonly #specs = new Map<string, string>()

  constructor(document: CsdlDocument) {
    this.#document = document
  }

  spec({ type, nullable, line }: CsdlReference, flags = ''): Spec {
    const item = COLLECTION.exec(type)?.[1]
    const kind = this.#specs.get(item ?? type) ?? this.#kind(item ?? type, line)
    this.#specs.set(item ?? type, kind)
    return { kind, flags: `${item === undefined ? '' : '*'}${nullable ? '' : '!'}${flags}`, verbs: undefined }
  }

  /** @throws CsdlError for a type that is no structured one of the document */
  demand(type: string, line: number): string {
    const name = this.#resolved(type)
    if (!this.#document.types.has(name)) this.#refuse(type, line)
    return name
  }

  /** @throws CsdlError where bases lead round in a circle, or are not defined */
  demandNoCycle(name: string, { base, line }: CsdlType): void {
    const seen = new Set([name])
    for (let next = base; next !== undefined;) {
      const resolved = this.demand(next, line)
      if (seen.has(resolved)) throw new CsdlError(`line ${line}: the bases of ${name} lead round in a circle`)
      seen.add(resolved)
      next = this.#document.types.get(resolved)?.base
    }
  }

  #kind(type: string, line: number): string {
    if (type.startsWith('Edm.')) return letterOf(type) ?? UNTYPED
    const name = this.#resolved(type)
    const { types, enums, definitions } = this.#document
    const short = shortName(name)
    if (short === 'Json') return UNTYPED
    if (enums.has(name)) return `#${short}`
    const definition = definitions.get(name)
    if (definition !== undefined) return letterOf(definition) ?? UNTYPED
    const structured = types.get(name)
    if (!structured) return this.#refuse(type, line)
    return `${structured.entity ? '>' : '.'}${short}`
  }

  #resolved(type: string): string {
    const dot = type.lastIndexOf('.')
    const namespace = this.#document.aliases.get(type.slice(0, dot))
    return namespace === undefined ? type : `${namespace}${type.slice(dot)}`
  }

  #refuse(type: string, line: number): never {
    throw new CsdlError(`line ${line}: the type '${type.slice(0, 80)}' is not defined`)
  }
}
