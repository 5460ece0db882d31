/** What is wrong with a text that is no JSON. V8 quotes the text around it, which may hold a secret; that goes. */
export function jsonMistake(error: unknown): string {
  return (error as SyntaxError).message.replace(/, (?:\.\.\.)?".*" is not valid JSON$/s, '')
}
