/**
 * Every AADSTS error that this authority answers, in the order of the numbers. What each number, text and `error` rests on:
 * docs/evidence.md#aadsts-errors.
 *
 * `{names}` stand for values of the request. `text` holds Entra's own words; `reason`, for `x-mock-reason` and the log, says
 * what was checked, what it wanted, what came, and how to get it right.
 */
export const AADSTS_ERRORS = {
  tooManyScopes: {
    number: 28004,
    error: 'invalid_scope',
    text: "The provided value for the input parameter 'scope' exceeded the number of scopes allowed.",
    reason: 'The scopes have {length} characters in all; {limit} are the most.'
  },
  serverError: {
    number: 50000,
    error: 'server_error',
    text: "There's an issue with the sign-in service.",
    reason: 'A bug in msgraph-mock, not in your request: its log has the stack under this trace id. Please report it.'
  },
  redirectUriMismatch: {
    number: 50011,
    error: 'invalid_client',
    text: "The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{appId}'.",
    reason: '{reason}'
  },
  assertionInvalid: {
    number: 50013,
    error: 'invalid_grant',
    text: 'Assertion failed signature validation.',
    reason: '{reason}'
  },
  userNotFound: {
    number: 50034,
    error: 'invalid_grant',
    text: 'The user account {EUII Hidden} does not exist in the {directory} directory. To sign into this application, the account must be added to the directory.',
    reason: "'{userName}' is no user of the fixture; it has {known}."
  },
  invalidInstance: {
    number: 50049,
    error: 'invalid_instance',
    text: 'Unknown or invalid instance.',
    reason: "authorization_endpoint names the host '{host}'; this authority is {own}."
  },
  loginRequired: {
    number: 50058,
    error: 'login_required',
    text: 'A silent sign-in request was sent but no user is signed in.',
    reason: '{reason}'
  },
  noTenant: {
    number: 50059,
    error: 'invalid_request',
    text: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
    reason: 'grant_type=client_credentials needs a tenant in the path, a GUID or a domain of the fixture, not {name}.'
  },
  wrongPassword: {
    number: 50126,
    error: 'invalid_grant',
    text: 'Error validating credentials due to invalid username or password.',
    reason: 'The fixture gives {userName} another password.'
  },
  pkceMethod: {
    number: 50149,
    error: 'invalid_request',
    text: 'Invalid Code_Challenge_method parameter.',
    reason: "code_challenge_method is S256 or plain; it is '{method}'."
  },
  codeAlreadyRedeemed: {
    number: 54005,
    error: 'invalid_grant',
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    reason: 'A code can be redeemed once.'
  },
  consentRequired: {
    number: 65001,
    error: 'invalid_grant',
    text: "The user or administrator has not consented to use the application with ID '{appId}'. Send an interactive authorization request for this user and resource.",
    reason: "The application '{appId}' is registered in the fixture, and its permissions.scopes do not have {scope}.",
    suberror: 'consent_required'
  },
  userDeclined: {
    number: 65004,
    error: 'access_denied',
    text: 'User declined to consent to access the app.',
    reason: 'The user chose Cancel on the page.'
  },
  deviceCodeDeclined: {
    number: 65004,
    error: 'authorization_declined',
    text: 'OAuth 2.0 device flow error. User declined to consent to access the app.',
    reason: 'The device code was denied, at /devicelogin or by the control call.'
  },
  grantInvalid: {
    number: 70000,
    error: 'invalid_grant',
    text: 'Provided grant is invalid or malformed. The {what} is not valid.',
    reason: '{reason}'
  },
  unsupportedGrantType: {
    number: 70003,
    error: 'unsupported_grant_type',
    text: "The app requested an unsupported grant type '{grantType}'.",
    reason: 'grant_type is one of {known}.'
  },
  grantExpired: {
    number: 70008,
    error: 'invalid_grant',
    text: 'The provided {what} has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    reason:
      'The {what} is too old by the clock of its tenant. Authorization codes live 10 minutes, refresh tokens 90 days.'
  },
  grantForgotten: {
    number: 70008,
    error: 'invalid_grant',
    text: 'The provided {what} has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    reason:
      'msgraph-mock keeps only so many bytes of grants, and has dropped this {what}, one of the oldest. Sign in again.'
  },
  invalidScope: {
    number: 70011,
    error: 'invalid_scope',
    text: "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
    reason: '{reason}'
  },
  authorizationPending: {
    number: 70016,
    error: 'authorization_pending',
    text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    reason:
      'Nobody has decided on {userCode} yet. Approve it at /devicelogin, or with POST /_mock/tenants/{tenant}/devicecodes/{userCode}.'
  },
  badVerificationCode: {
    number: 70018,
    error: 'bad_verification_code',
    text: 'OAuth 2.0 device flow error. Invalid verification code.',
    reason: '{reason}'
  },
  deviceCodeExpired: {
    number: 70019,
    error: 'expired_token',
    text: 'OAuth 2.0 device flow error. The verification code has expired.',
    reason: 'A device code lives 15 minutes by the clock of its tenant. Ask for a new one.'
  },
  deviceCodeForgotten: {
    number: 70019,
    error: 'expired_token',
    text: 'OAuth 2.0 device flow error. The verification code has expired.',
    reason:
      'msgraph-mock keeps only so many bytes of device codes, and has dropped this one, one of the oldest. Ask for a new one.'
  },
  tenantNotFound: {
    number: 90002,
    error: 'invalid_request',
    text: "Tenant '{name}' not found. This may happen if there are no active subscriptions for the tenant. Check to make sure you have the correct tenant ID. Check with your subscription administrator.",
    reason:
      "The first segment of the path must be a tenant GUID (any), common, organizations, consumers, or a domain of the fixture; it is '{name}'."
  },
  resourceNotFound: {
    number: 500011,
    error: 'invalid_resource',
    text: 'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
    reason: '{reason}'
  },
  assertionExpired: {
    number: 500133,
    error: 'invalid_grant',
    text: 'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
    reason: '{reason}'
  },
  pkceMismatch: {
    number: 501481,
    error: 'invalid_grant',
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    reason: '{reason}'
  },
  pkceChallengeSize: {
    number: 501491,
    error: 'invalid_request',
    text: 'Invalid size of Code_Challenge parameter.',
    reason: 'A code_challenge has 43 to 128 characters (RFC 7636); this one has {length}.'
  },
  applicationNotFound: {
    number: 700016,
    error: 'unauthorized_client',
    text: "Application with identifier '{appId}' was not found in the directory '{directory}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
    reason: '{reason}'
  },
  twoResources: {
    number: 700022,
    error: 'invalid_scope',
    text: "The provided value for the input parameter 'scope' is not valid because it contains more than one resource.",
    reason:
      "One request is for one resource; the scopes name '{first}' and '{second}'. Ask for the second with the refresh token."
  },
  invalidAssertion: {
    number: 700027,
    error: 'invalid_client',
    text: 'The certificate with identifier used to sign the client assertion is not registered on application, or the client assertion failed its validation.',
    reason: '{reason}'
  },
  invalidApplicationId: {
    number: 700038,
    error: 'unauthorized_client',
    text: '{appId} is not a valid application identifier.',
    reason: 'The client_id is all zeros, as in a configuration that was never filled in. Any other id will do.'
  },
  unsupportedResponseType: {
    number: 700054,
    error: 'unsupported_response_type',
    text: "response_type '{responseType}' is not enabled for the application.",
    reason:
      "response_type must be code, because msgraph-mock has no implicit and no hybrid flow. It is '{responseType}'."
  },
  missingParameter: {
    number: 900144,
    error: 'invalid_request',
    text: "The request body must contain the following parameter: '{name}'.",
    reason: '{reason}'
  },
  postOnly: {
    number: 900561,
    error: 'invalid_request',
    text: 'The endpoint only accepts POST requests. Received a {method} request.',
    reason: 'Send a POST with the parameters in a form body, not a {method}.'
  },
  scopeNotDefault: {
    number: 1002012,
    error: 'invalid_scope',
    text: 'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
    reason:
      "With grant_type=client_credentials the scope is one resource and /.default, such as https://graph.microsoft.com/.default; those of OpenID Connect beside it do not count. It is '{scope}'."
  },
  wrongSecret: {
    number: 7000215,
    error: 'invalid_client',
    text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{appId}'.",
    reason: "The application '{appId}' is registered in the fixture, and the secret is none of its secrets."
  },
  credentialMissing: {
    number: 7000218,
    error: 'invalid_client',
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    reason:
      "The application '{appId}' must authenticate here: send client_secret, HTTP Basic, or client_assertion with its type."
  },
  expiredSecret: {
    number: 7000222,
    error: 'invalid_client',
    text: "The provided client secret keys for app '{appId}' are expired. Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.",
    reason: "The fixture gives that secret of '{appId}' an endDateTime that has passed."
  },
  passwordOnCommon: {
    number: 9001023,
    error: 'invalid_request',
    text: 'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
    reason: 'grant_type=password needs a tenant in the path: a GUID, a domain of the fixture, or organizations.'
  },
  malformedRequest: {
    number: 9002313,
    error: 'invalid_request',
    text: 'Invalid request. Request is malformed or invalid.',
    reason: '{reason}'
  }
} as const
