export const graphVersions = ['beta', 'v1.0'] as const
export type GraphVersion = (typeof graphVersions)[number]

const PREFIX = /^\/(?:beta|v1\.0|oidc|_mock)(?![^/?])/i

/**
 * A URL as the router takes it: the version (or `/oidc`, `/_mock`) in lower case, as paths are case-insensitive but Fastify's
 * not-found handlers are not, and `$` as itself, which the router would leave encoded.
 */
export function withCanonicalVersion(url: string): string {
  const path = url.includes('%24') ? url.replaceAll('%24', '$') : url
  if (path.startsWith('/beta/')) return path
  return path.replace(PREFIX, (prefix) => prefix.toLowerCase())
}
