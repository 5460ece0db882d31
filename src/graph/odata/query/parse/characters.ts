/** Identifiers as EDM has them: letters, digits and marks of any script. NaN, for no character, is nothing of all this. */
const NAME_START = /[\p{L}\p{Nl}]/u
const NAME_PART = /[\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}\p{Cf}]/u
const SPACE = /\s/u

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

export function isLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

/** Of a name; `$` and `@` may begin one too, which the lexer sees to. */
export function isNameStart(code: number): boolean {
  return code >= 0x80 ? NAME_START.test(String.fromCodePoint(code)) : isLetter(code) || code === 0x5f
}

export function isNamePart(code: number): boolean {
  return code >= 0x80 ? NAME_PART.test(String.fromCodePoint(code)) : isLetter(code) || isDigit(code) || code === 0x5f
}

export function isSpace(code: number): boolean {
  return code >= 0x80 ? SPACE.test(String.fromCharCode(code)) : code === 0x20 || (code >= 9 && code <= 13)
}
