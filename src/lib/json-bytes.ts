/** Estimated bytes of a value in V8 without its content, measured on results of `JSON.parse`. */
const STRING = 24
const NUMBER = 16
const ARRAY = 48
const OBJECT = 64
/** Bytes for the place of an element, and for place and name of a member, at worst in a hash table. */
const ELEMENT = 8
const MEMBER = 64
const CHARACTER = 2

/** Estimates the memory of a JSON value, rather too high than too low. Not recursive, so it takes any depth. */
export function jsonBytes(value: unknown): number {
  let bytes = 0
  const pending = [value]
  while (pending.length > 0) {
    const one = pending.pop()
    if (typeof one === 'string') bytes += STRING + CHARACTER * one.length
    else if (typeof one === 'number') bytes += NUMBER
    else if (Array.isArray(one)) {
      bytes += ARRAY + ELEMENT * one.length
      for (const element of one) pending.push(element)
    } else if (typeof one === 'object' && one !== null) {
      bytes += OBJECT
      for (const [name, member] of Object.entries(one) as [string, unknown][]) {
        bytes += MEMBER + CHARACTER * name.length
        pending.push(member)
      }
    }
  }
  return bytes
}
