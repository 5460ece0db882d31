import { qualifiedName, type Line } from './compact-text.js'

export interface EnumMember {
  readonly name: string
  /** Its number; `undefined` where only the names are known, as Microsoft's packages leave the numbers out. */
  readonly value: number | undefined
}

/** An enumeration type. */
export interface EnumType {
  /** Qualified: `microsoft.graph.deviceEnrollmentType`. */
  readonly name: string
  /** Whether a value is a set of members, written `one,other`. */
  readonly flags: boolean
  /** In the order of declaration. */
  readonly members: readonly EnumMember[]
}

export function writeEnum({ name, flags, members }: EnumType): Line {
  const texts = members.map((member) => (member.value === undefined ? member.name : `${member.name}:${member.value}`))
  return { key: `#${name}`, body: `${flags ? '~' : ''}${texts.join('|')}` }
}

export function parseEnum({ key, body }: Line): EnumType {
  const flags = body.startsWith('~')
  const members = (flags ? body.slice(1) : body).split('|').map((text) => {
    const [name = '', value] = text.split(':')
    return { name, value: value === undefined ? undefined : Number(value) }
  })
  return { name: qualifiedName(key.slice(1)), flags, members }
}
