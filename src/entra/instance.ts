import { parseUri } from '../identity/redirect-uri.js'
import { queryFormOf } from './form.js'
import type { Handler } from './handler.js'
import { hostOf } from '../lib/hosts.js'
import { aadsts } from '../identity/aadsts.js'

/** Names of the public cloud, as this endpoint answers them (captured by the tests of MSAL for JavaScript). */
const MICROSOFT = ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net']

/** `/common/discovery/instance`: whether a host is an authority, and its aliases. */
export const instance: Handler = (mock, request) => {
  const origin = mock.origin(request)
  const query = queryFormOf(request)
  const asked = query.get('authorization_endpoint')
  if (asked === undefined)
    throw aadsts('missingParameter', {
      name: 'authorization_endpoint',
      reason: 'The query has no authorization_endpoint.'
    })
  const { host, tenant } = readEndpoint(asked)
  const own = parseUri(origin)?.host ?? hostOf(origin)
  if (host !== own && !MICROSOFT.includes(host)) throw aadsts('invalidInstance', { host, own })
  const isMicrosoft = MICROSOFT.includes(host)
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': query.get('api-version') ?? '1.1',
    metadata: [
      {
        preferred_network: isMicrosoft ? 'login.microsoftonline.com' : host,
        preferred_cache: isMicrosoft ? 'login.windows.net' : host,
        aliases: isMicrosoft ? MICROSOFT : [host]
      }
    ]
  }
}

function readEndpoint(text: string): { host: string; tenant: string } {
  const url = parseUri(text)
  if (!url) return { host: text, tenant: 'common' }
  const [, tenant = ''] = url.pathname.split('/')
  return { host: url.host, tenant: tenant === '' ? 'common' : tenant }
}
