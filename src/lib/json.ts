const JSON_MEDIA_TYPE = /^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

/** Whether a `Content-Type` says JSON: `application/json`, or a type built on it, such as `application/problem+json`. */
export function isJsonMediaType(contentType: string): boolean {
  return JSON_MEDIA_TYPE.test(contentType)
}

/** Whether a JSON value is an object, neither null nor an array. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a JSON value has more than `depth` levels. Works level by level, so that no depth can overflow the stack. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  let level = [value]
  for (let at = 0; at < depth && level.length > 0; at++) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : []
    )
  }
  return level.length > 0
}

/** What `JSON.parse` found wrong, without the part of the text that V8 quotes, which may hold a secret. */
export function jsonMistake(error: unknown): string {
  const { message } = error as SyntaxError
  const quote = message.search(/, (?:\.\.\.)?"/)
  return quote >= 0 && message.endsWith(' is not valid JSON') ? message.slice(0, quote) : message
}
