export const graphVersions = ['beta', 'v1.0'] as const
export type GraphVersion = (typeof graphVersions)[number]

const PREFIX = /^\/(?:beta|v1\.0|oidc|_mock)(?![^/?])/i

/**
 * Rewrites a URL for the router: the version (or `/oidc`, `/_mock`) in lower case, because Fastify's not-found handlers are
 * case-sensitive, and `%24` as `$`, which the router would not decode.
 */
export function withCanonicalVersion(url: string): string {
  const path = url.includes('%24') ? url.replaceAll('%24', '$') : url
  if (path.startsWith('/beta/')) return path
  return path.replace(PREFIX, (prefix) => prefix.toLowerCase())
}
