const JSON_MEDIA_TYPE = /^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

/** Whether a `Content-Type` says JSON: `application/json`, or one that is built on it, such as `application/problem+json`. */
export function isJsonMediaType(contentType: string): boolean {
  return JSON_MEDIA_TYPE.test(contentType)
}
