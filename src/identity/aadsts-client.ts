import { AadstsError } from './aadsts.js'

// Refusals of applications, their credentials, redirect URIs and scopes.

/** Captured (microsoft/AzureTRE#1475). */
export function applicationNotFound(appId: string, directory: string, reason: string): AadstsError {
  return new AadstsError({
    error: 'unauthorized_client',
    number: 700016,
    text: `Application with identifier '${appId}' was not found in the directory '${directory}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    reason
  })
}

/** Text captured (Azure/Commercial-Marketplace-SaaS-Accelerator#748), on a page; `error` is assumed. */
export function invalidApplicationId(appId: string): AadstsError {
  return new AadstsError({
    error: 'unauthorized_client',
    number: 700038,
    text: `${appId} is not a valid application identifier.`,
    reason: 'The client_id is all zeros, as in a configuration that was never filled in. Any other id will do.'
  })
}

export function credentialMissing(appId: string): AadstsError {
  return new AadstsError({
    error: 'invalid_client',
    number: 7000218,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    reason: `The application '${appId}' must authenticate here: send client_secret, HTTP Basic, or client_assertion with its type.`
  })
}

/** Captured (keycloak#31294). */
export function wrongSecret(appId: string): AadstsError {
  return new AadstsError({
    error: 'invalid_client',
    number: 7000215,
    text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
    reason: `The application '${appId}' is registered in the fixture, and the secret is none of its secrets.`
  })
}

/** Captured (spencerwooo/onedrive-vercel-index#1051), but for its links. */
export function expiredSecret(appId: string): AadstsError {
  return new AadstsError({
    error: 'invalid_client',
    number: 7000222,
    text: `The provided client secret keys for app '${appId}' are expired. Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.`,
    reason: `The fixture gives that secret of '${appId}' an endDateTime that has passed.`
  })
}

export function invalidAssertion(reason: string): AadstsError {
  return new AadstsError({
    error: 'invalid_client',
    number: 700027,
    text: 'The certificate with identifier used to sign the client assertion is not registered on application, or the client assertion failed its validation.',
    reason
  })
}

/** @param error at the token endpoint `invalid_client` (captured, azure-docs#86043) */
export function redirectUriMismatch(redirectUri: string, appId: string, reason: string): AadstsError {
  return new AadstsError({
    error: 'invalid_client',
    number: 50011,
    text: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${appId}'.`,
    reason
  })
}

/** Captured (azure-docs#99862). @param scope the whole parameter */
export function appScopeNotDefault(scope: string): AadstsError {
  return new AadstsError({
    error: 'invalid_scope',
    number: 1002012,
    text: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    reason: `With grant_type=client_credentials the scope is one resource and /.default, such as https://graph.microsoft.com/.default; those of OpenID Connect beside it do not count. It is '${scope}'.`
  })
}

/** Captured (azure-docs#36432). */
export function invalidScope(scope: string, reason: string): AadstsError {
  return new AadstsError({
    error: 'invalid_scope',
    number: 70011,
    text: `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    reason
  })
}

/** Captured (microsoft-authentication-library-for-js#663); the limit is assumed. */
export function tooManyScopes(length: number, limit: number): AadstsError {
  return new AadstsError({
    error: 'invalid_scope',
    number: 28004,
    text: "The provided value for the input parameter 'scope' exceeded the number of scopes allowed.",
    reason: `The scopes have ${length} characters in all; ${limit} are the most.`
  })
}

/** Captured (rootinc/laravel-azure-middleware#51; at authorize microsoft-authentication-library-for-objc#1261). */
export function resourceNotFound(resource: string, tenant: string, reason: string): AadstsError {
  return new AadstsError({
    error: 'invalid_resource',
    number: 500011,
    text: `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    reason
  })
}

export function twoResources(first: string, second: string): AadstsError {
  return new AadstsError({
    error: 'invalid_scope',
    number: 700022,
    text: "The provided value for the input parameter 'scope' is not valid because it contains more than one resource.",
    reason: `One request is for one resource; the scopes name '${first}' and '${second}'. Ask for the second with the refresh token.`
  })
}

/** @param error `invalid_grant` at the token endpoint, `interaction_required` at authorize */
export function consentRequired(
  appId: string,
  scope: string,
  error: 'invalid_grant' | 'interaction_required'
): AadstsError {
  return new AadstsError({
    error,
    number: 65001,
    text: `The user or administrator has not consented to use the application with ID '${appId}'. Send an interactive authorization request for this user and resource.`,
    reason: `The application '${appId}' is registered in the fixture, and its permissions.scopes do not have ${scope}.`,
    suberror: 'consent_required'
  })
}
