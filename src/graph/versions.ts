export type GraphVersion = 'beta' | 'v1.0'

const VERSION = /^\/(?:beta|v1\.0)(?![^/?])/i

/** A URL with its version in lower case: paths are case-insensitive, but Fastify's not-found handlers are not. */
export function withCanonicalVersion(url: string): string {
  if (url.startsWith('/beta/')) return url
  return url.replace(VERSION, (version) => version.toLowerCase())
}
