import { authenticateClient } from '../identity/client-authentication.js'
import type { TokenAnswer } from '../identity/grants/grant.js'
import { grants } from '../identity/grants/index.js'
import { formOf } from './form.js'
import type { Handler } from './handler.js'
import { nowAt, tenantOf, versionOf } from './tenant.js'
import { required } from '../identity/form.js'
import { aadsts } from '../identity/aadsts.js'

/** `/{tenant}/oauth2/v2.0/token`, and of v1 `/{tenant}/oauth2/token`. */
export const token: Handler = async (mock, request) => {
  if (request.method !== 'POST') throw aadsts('postOnly', { method: request.method })
  const form = formOf(request)
  const tenant = tenantOf(request, mock.directory)
  const grantType = required(form, 'grant_type', 'Send it in a body of type application/x-www-form-urlencoded.')
  const grant = grants.get(grantType)
  if (!grant) throw aadsts('unsupportedGrantType', { grantType, known: [...grants.keys()].join(', ') })
  const authority = await mock.authority()
  const origin = mock.origin(request)
  const version = versionOf(request)
  const { authorization } = request.headers
  const client = await authenticateClient(authority, { form, tenant, origin, authorization })
  const answer = await grant({ authority, tenant, version, form, client, origin })
  return version === 1 ? inV1(answer, form.get('resource'), nowAt(mock, request)) : answer
}

/** The members of v1, whose numbers are strings. @param now milliseconds since 1970 */
function inV1(answer: TokenAnswer, resource: string | undefined, now: number): object {
  const seconds = Math.floor(now / 1000)
  return {
    ...answer,
    expires_in: String(answer.expires_in),
    ext_expires_in: String(answer.ext_expires_in),
    expires_on: String(seconds + answer.expires_in),
    not_before: String(seconds - 300),
    ...(resource !== undefined && { resource })
  }
}
