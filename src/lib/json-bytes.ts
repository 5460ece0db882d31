/** Bytes that V8 takes for a value without what is in it, about; measured on what `JSON.parse` makes. */
const STRING = 24
const NUMBER = 16
const ARRAY = 48
const OBJECT = 64
/** Of an element its place, of a member its place and its name, in a table if it comes to the worst. */
const ELEMENT = 8
const MEMBER = 64
const CHARACTER = 2

/** About how many bytes of memory a JSON value takes up, rather more than less. Goes on no stack, so any depth will do. */
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
