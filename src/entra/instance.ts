import { invalidInstance, missingParameter } from '../identity/aadsts-request.js'
import { queryFormOf } from './form.js'
import type { Handler } from './endpoints.js'

/** Names of the public cloud (captured, facts 8.2). */
const MICROSOFT = ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net']

/** `/common/discovery/instance`: whether an authority is one, and by which names it goes. */
export const instance: Handler = (mock, request) => {
  const origin = mock.origin(request)
  const query = queryFormOf(request)
  const asked = query.get('authorization_endpoint')
  if (asked === undefined) throw missingParameter('authorization_endpoint', 'The query has no authorization_endpoint.')
  const { host, tenant } = readEndpoint(asked)
  const own = new URL(origin).host
  if (host !== own && !MICROSOFT.includes(host)) throw invalidInstance(host, own)
  const isMicrosofts = MICROSOFT.includes(host)
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': query.get('api-version') ?? '1.1',
    metadata: [
      {
        preferred_network: isMicrosofts ? 'login.microsoftonline.com' : host,
        preferred_cache: isMicrosofts ? 'login.windows.net' : host,
        aliases: isMicrosofts ? MICROSOFT : [host]
      }
    ]
  }
}

function readEndpoint(text: string): { host: string; tenant: string } {
  try {
    const { host, pathname } = new URL(text)
    const [, tenant = ''] = pathname.split('/')
    return { host, tenant: tenant === '' ? 'common' : tenant }
  } catch {
    return { host: text, tenant: 'common' }
  }
}
