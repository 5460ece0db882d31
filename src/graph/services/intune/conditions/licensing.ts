import { badRequest, GraphError } from '../../../errors.js'
import { AN_ERROR, intuneError, nestedMessage } from '../intune-error.js'
import { because, ofIntune } from './condition.js'

/** As captured; the challenge is in the body, not in a header. */
const CHALLENGE = JSON.stringify({
  'WWW-Authenticate':
    'Bearer realm="urn:intune:service,c3998d6e-2e37-4c56-87b5-7b444ee1cb26,3e9c57b9-808d-4aa0-9500-4b2d369279e7"'
})

export const unlicensed = ofIntune(
  {
    behaviour: 'User without a licence, or tenant never set up: 401 `UnknownError`, JSON in JSON in JSON, no challenge',
    evidence: 'observed',
    source: 'msgraph-sdk-powershell#1257, microsoft-authentication-library-for-js#7007'
  },
  (request, _operation, backendPath) =>
    new GraphError({
      status: 401,
      code: 'UnknownError',
      message: (ids) =>
        JSON.stringify({
          ErrorCode: 'Forbidden',
          Message: nestedMessage(AN_ERROR, backendPath, ids, CHALLENGE),
          Target: null,
          Details: null,
          InnerError: null,
          InstanceAnnotations: []
        }),
      reason: because('unlicensed', request, 'the user has no Intune licence, or Intune was never set up')
    })
)

export const noIntune = ofIntune(
  {
    behaviour: 'Tenant without Intune: 400 `Request not applicable to target tenant.`',
    evidence: 'observed',
    source: 'microsoft-graph-docs#5613, msgraph-beta-sdk-go#198'
  },
  (request) =>
    badRequest(
      'Request not applicable to target tenant.',
      because('noIntune', request, 'it has no Intune subscription')
    )
)

/** Only users have roles in Intune; applications are not refused (assumed). */
export const noRole = ofIntune(
  {
    behaviour: 'User without the Intune role: 403 `User is not authorized to perform this operation`',
    evidence: 'observed',
    source: 'intune-my-macs#10'
  },
  (request, _operation, backendPath) =>
    request.identity.kind === 'delegated'
      ? intuneError(
          'Forbidden',
          'User is not authorized to perform this operation',
          backendPath,
          because('noRole', request, 'the token is good, and the user lacks the Intune role')
        )
      : undefined
)
