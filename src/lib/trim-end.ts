/** Removes a character from the end of a text, however often it is repeated there. */
export function trimEnd(text: string, character: string): string {
  let end = text.length
  while (text.charAt(end - 1) === character) end--
  return text.slice(0, end)
}
