import type { UserGrant } from './authority.js'

/** `client_info`: what MSAL identifies the account by. */
export function clientInfo({ subject, tenantId }: Pick<UserGrant, 'subject' | 'tenantId'>): string {
  return Buffer.from(JSON.stringify({ uid: subject.id, utid: tenantId })).toString('base64url')
}
