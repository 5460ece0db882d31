import { parseMember, parseSpec, writeSpec, type Spec } from './compact-text.js'
import { typeReference, type TypeReference } from './members.js'

export interface Parameter extends TypeReference {
  readonly name: string
}

/** An action or function. */
export interface Operation {
  readonly kind: 'action' | 'function'
  /** As a path may name it: `assignLicense`; in a namespace other than `microsoft.graph`: `security.runHuntingQuery`. */
  readonly name: string
  /** Without the binding parameter. */
  readonly parameters: readonly Parameter[]
  /** `undefined` for none, so 204. */
  readonly returns: TypeReference | undefined
}

/** An operation as it is written. */
export interface OperationText {
  readonly action: boolean
  readonly name: string
  readonly parameters: readonly (Spec & { readonly name: string })[]
  readonly returns: Spec | undefined
}

const OPERATION = /^([AF])([\w.]+)\(([^()]*)\)(.*)$/

export function writeOperation({ action, name, parameters, returns }: OperationText): string {
  const list = parameters.map((parameter) => `${parameter.name}:${writeSpec(parameter)}`).join(',')
  return `${action ? 'A' : 'F'}${name}(${list})${returns ? writeSpec(returns) : ''}`
}

/** The operations of one line. */
export function parseOperations(body: string): readonly Operation[] {
  return body.split(';').map(parseOperation)
}

function parseOperation(text: string): Operation {
  const match = OPERATION.exec(text)
  if (!match) throw new Error(`not an operation of the compact text: ${text.slice(0, 80)}`)
  const [, letter, name = '', list = '', returns = ''] = match
  const parameters = list === '' ? [] : list.split(',').map(parseMember)
  return {
    kind: letter === 'A' ? 'action' : 'function',
    name,
    parameters: parameters.map(({ name, ...spec }) => ({ name, ...typeReference(spec) })),
    returns: returns === '' ? undefined : typeReference(parseSpec(returns))
  }
}
