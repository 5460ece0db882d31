/**
 * The compact text of a model: one line for each type, `key=body`, sorted by key without regard to case, so that a line
 * is found by halving and parsed when its type is first used. Names are given without `microsoft.graph.`.
 *
 * ```text
 * user=Eo:directoryObject;aboutMe:s;…      a type: Entity or Complex, then a (abstract), o (open), s (has a stream),
 *                                          a colon, the base if any, and the members in the order of the CSDL
 * #deviceEnrollmentType=unknown|…          an enumeration; with ~ first of flags, with name:value where it is known
 * !user=AassignLicense(addLicenses:…)>user actions (A) and functions (F) bound to a type, separated by `;`
 * !user*=Fdelta()>user*                    those bound to a collection of it; `!=` has the unbound ones
 * /users=>user*                            an entity set; without the asterisk a singleton
 * %source=…                                where the text comes from
 * ```
 *
 * A member, a parameter and an answer are written alike: a letter of `edm-kinds.ts`, or `#` and the name of an enumeration,
 * `.` and that of a complex type, `>` and that of an entity type (as a member: a navigation property). Then:
 *
 * | | |
 * | - | - |
 * | `*` | a collection |
 * | `!` | not nullable |
 * | `@` | set by the service alone (`Org.OData.Core.V1.Computed`) |
 * | `-` | "read-only" by its description, which is weaker |
 * | `&` | part of the key |
 * | `%` | an alternate key by itself |
 * | `^` | contained (`ContainsTarget`) |
 * | `$` | `$ref` is known to be served |
 * | `(gp/gad)` | the verbs of collection and item, of the single entity, where they are not the usual ones |
 */
export interface Line {
  readonly key: string
  readonly body: string
}

/** What the letters behind a kind mean; see the table above. */
export type Flag = '*' | '!' | '@' | '-' | '&' | '%' | '^' | '$'

/** A member, a parameter or an answer as it is written. */
export interface Spec {
  /** A letter of a primitive type, or the sigil with a short name: `s`, `#ownerType`, `.keyValuePair`, `>user`. */
  readonly kind: string
  readonly flags: string
  /** `gp/gad`; `undefined` for the usual ones. */
  readonly verbs: string | undefined
}

const SPEC = /^([a-zA-Z]|[#.>][\w.]+)([*!@\-&%^$]*)(?:\(([gpaud/]*)\))?$/
const NAMESPACE = 'microsoft.graph.'

export function parseSpec(text: string): Spec {
  const match = SPEC.exec(text)
  if (!match) throw new Error(`not a kind of the compact text: ${text.slice(0, 80)}`)
  const [, kind = '', flags = '', verbs] = match
  return { kind, flags, verbs }
}

export function writeSpec({ kind, flags, verbs }: Spec): string {
  return `${kind}${flags}${verbs === undefined ? '' : `(${verbs})`}`
}

/** `user` or `security.alert` for the name of a type as it may come: qualified, with the alias `graph`, with `#`. */
export function shortName(name: string): string {
  return name.replace(/^#?(?:microsoft\.graph\.|graph\.)?/, '')
}

export function qualifiedName(short: string): string {
  return `${NAMESPACE}${short}`
}

/** A type as it is written. */
export interface TypeLine {
  readonly name: string
  readonly entity: boolean
  readonly abstract: boolean
  readonly open: boolean
  readonly stream: boolean
  readonly base: string | undefined
  readonly members: readonly (Spec & { readonly name: string })[]
}

export function writeType(type: TypeLine): Line {
  const { name, entity, abstract, open, stream, base = '', members } = type
  const head = `${entity ? 'E' : 'C'}${abstract ? 'a' : ''}${open ? 'o' : ''}${stream ? 's' : ''}:${base}`
  return { key: name, body: [head, ...members.map((member) => `${member.name}:${writeSpec(member)}`)].join(';') }
}

export function parseType({ key, body }: Line): TypeLine {
  const [head = '', ...members] = body.split(';')
  const colon = head.indexOf(':')
  const marks = head.slice(0, colon)
  return {
    name: key,
    entity: marks.startsWith('E'),
    abstract: marks.includes('a'),
    open: marks.includes('o'),
    stream: marks.includes('s'),
    base: head.slice(colon + 1) || undefined,
    members: members.map(parseMember)
  }
}

export function parseMember(text: string): Spec & { name: string } {
  const colon = text.indexOf(':')
  return { name: text.slice(0, colon), ...parseSpec(text.slice(colon + 1)) }
}

/**
 * The text of lines in any order.
 *
 * @throws Error when two keys differ in case only, or a character is not of ASCII, which the look-up could not bear
 */
export function writeText(lines: readonly Line[]): string {
  const byKey = new Map(lines.map((line) => [line.key.toLowerCase(), line]))
  if (byKey.size < lines.length) {
    const [twice] = lines.filter((line) => byKey.get(line.key.toLowerCase()) !== line)
    throw new Error(`two lines have the key ${String(twice?.key)}`)
  }
  const sorted = [...byKey].sort(([one], [other]) => (one < other ? -1 : 1))
  const text = sorted.map(([, { key, body }]) => `${key}=${body}\n`).join('')
  // eslint-disable-next-line no-control-regex -- what is not of ASCII is looked for
  const [foreign] = /[^\x00-\x7f]/.exec(text) ?? []
  if (foreign !== undefined) throw new Error(`a model has the character ${foreign}, which is not of ASCII`)
  return text
}
