/** What is wrong with a text that is no JSON. V8 quotes the text around it, which may hold a secret; that goes. */
export function jsonMistake(error: unknown): string {
  const { message } = error as SyntaxError
  const quote = message.search(/, (?:\.\.\.)?"/)
  return quote >= 0 && message.endsWith(' is not valid JSON') ? message.slice(0, quote) : message
}
