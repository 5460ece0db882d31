/** A text without the same character over and over at its end. */
export function trimEnd(text: string, character: string): string {
  let end = text.length
  while (text.charAt(end - 1) === character) end--
  return text.slice(0, end)
}
