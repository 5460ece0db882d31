// How far one model agrees with another, which is taken for the truth: what the packages say with a CSDL document.
import type { Model } from '../../src/graph/model/model.js'
import type { StructuredType } from '../../src/graph/model/structured-type.js'

export interface Figure {
  readonly what: string
  agree: number
  of: number
  readonly differing: string[]
}

const ORDER = [
  'types',
  '  entity or complex',
  '  bases',
  '  abstract',
  '  open',
  '  with a stream',
  '  keys',
  'properties',
  '  types of them',
  '    of numbers',
  '  collection or not',
  '  nullable or not',
  '  set by the service',
  '  in the same order, by type',
  'navigation properties',
  '  targets',
  '  collection or single',
  '  contained or not',
  'enumerations',
  '  members and their order',
  '  of flags',
  'entity sets and singletons',
  '  set or singleton',
  'operations',
  '  action or function',
  '  parameters',
  '  answers'
]

export class Agreement {
  readonly #figures = new Map<string, Figure>(ORDER.map((what) => [what, { what, agree: 0, of: 0, differing: [] }]))

  constructor(model: Model, truth: Model) {
    for (const name of truth.typeNames()) this.#type(name, model, truth)
    for (const name of truth.enumerationNames()) this.#enumeration(name, model, truth)
    for (const root of truth.roots.values()) {
      const ours = model.roots.get(root.name)
      this.#count('entity sets and singletons', root.name, ours?.type, root.type)
      if (ours) this.#count('  set or singleton', root.name, ours.collection, root.collection)
    }
  }

  get figures(): readonly Figure[] {
    return [...this.#figures.values()]
  }

  #count(what: string, where: string, ours: unknown, theirs: unknown): void {
    const figure = this.#figures.get(what)
    if (!figure) throw new Error(`the report has no row for ${what}`)
    figure.of += 1
    if (ours === theirs) figure.agree += 1
    else figure.differing.push(`${where}: ${String(ours)}, not ${String(theirs)}`)
  }

  #type(name: string, model: Model, truth: Model): void {
    const theirs = truth.type(name) as StructuredType
    const ours = model.type(name)
    this.#count('types', name, ours !== undefined, true)
    if (!ours) return
    this.#count('  entity or complex', name, ours.kind, theirs.kind)
    this.#count('  bases', name, ours.base?.name, theirs.base?.name)
    if (ours.abstract || theirs.abstract) this.#count('  abstract', name, ours.abstract, theirs.abstract)
    if (ours.open || theirs.open) this.#count('  open', name, ours.open, theirs.open)
    if (ours.hasStream || theirs.hasStream) this.#count('  with a stream', name, ours.hasStream, theirs.hasStream)
    if (theirs.kind === 'entity') this.#count('  keys', name, ours.key.join(), theirs.key.join())
    this.#properties(name, ours, theirs)
    this.#navigation(name, ours, theirs)
    this.#operations(name, model, truth, ours, theirs)
  }

  #properties(name: string, ours: StructuredType, theirs: StructuredType): void {
    const own = [...theirs.properties.values()].filter((one) => theirs.base?.properties.get(one.name) === undefined)
    for (const property of own) {
      const where = `${name}/${property.name}`
      const known = ours.properties.get(property.name)
      this.#count('properties', where, known !== undefined, true)
      if (!known) continue
      this.#count('  types of them', where, known.type, property.type)
      if (/Int|Double|Single|Decimal|Byte/.test(property.type))
        this.#count('    of numbers', where, known.type, property.type)
      this.#count('  collection or not', where, known.collection, property.collection)
      this.#count('  nullable or not', where, known.nullable, property.nullable)
      if (known.computed || property.computed)
        this.#count('  set by the service', where, known.computed, property.computed)
    }
    const order = own.map((one) => one.name).filter((one) => ours.properties.has(one))
    const ourOrder = [...ours.properties.keys()].filter((one) => order.includes(one))
    this.#count('  in the same order, by type', name, ourOrder.join(), order.join())
  }

  #navigation(name: string, ours: StructuredType, theirs: StructuredType): void {
    const own = [...theirs.navigation.values()].filter((one) => theirs.base?.navigation.get(one.name) === undefined)
    for (const property of own) {
      const where = `${name}/${property.name}`
      const known = ours.navigation.get(property.name)
      this.#count('navigation properties', where, known !== undefined, true)
      if (!known) continue
      this.#count('  targets', where, known.type, property.type)
      this.#count('  collection or single', where, known.collection, property.collection)
      this.#count('  contained or not', where, known.contained, property.contained)
    }
  }

  #operations(name: string, model: Model, truth: Model, ours: StructuredType, theirs: StructuredType): void {
    for (const collection of [false, true]) {
      const inherited = new Set(theirs.base ? truth.operations({ type: theirs.base, collection }) : [])
      for (const operation of truth.operations({ type: theirs, collection })) {
        if (inherited.has(operation)) continue
        const where = `${name}${collection ? '*' : ''}/${operation.name}`
        const overloads = model.operation({ type: ours, collection }, operation.name)
        this.#count('operations', where, overloads.length > 0, true)
        if (overloads.length === 0) continue
        const signature = (one: typeof operation) =>
          one.parameters
            .map((parameter) => parameter.name)
            .sort()
            .join()
        const same = overloads.find((one) => signature(one) === signature(operation)) ?? overloads[0]
        if (!same) continue
        this.#count('  action or function', where, same.kind, operation.kind)
        this.#count('  parameters', where, signature(same), signature(operation))
        const answer = ({ returns }: typeof operation) => returns && `${returns.type}${returns.collection ? '*' : ''}`
        this.#count('  answers', where, answer(same), answer(operation))
      }
    }
  }

  #enumeration(name: string, model: Model, truth: Model): void {
    const theirs = truth.enumeration(name)
    const ours = model.enumeration(name)
    this.#count('enumerations', name, ours !== undefined, true)
    if (!ours || !theirs) return
    const members = (one: typeof theirs) => one.members.map((member) => member.name).join()
    this.#count('  members and their order', name, members(ours), members(theirs))
    if (ours.flags || theirs.flags) this.#count('  of flags', name, ours.flags, theirs.flags)
  }
}
