import { AadstsError } from './aadsts.js'

// Refusals of requests that are wrong in themselves. What number and text of each rest on:
// docs/evidence.md#aadsts-errors.

/** Captured (azure-docs#43780). */
export function missingParameter(name: string, reason: string): AadstsError {
  return new AadstsError({
    error: 'invalid_request',
    number: 900144,
    text: `The request body must contain the following parameter: '${name}'.`,
    reason
  })
}

/** Captured (davidjrh/dnn.azureadprovider#112). */
export function malformedRequest(reason: string): AadstsError {
  return new AadstsError({
    error: 'invalid_request',
    number: 9002313,
    text: 'Invalid request. Request is malformed or invalid.',
    reason
  })
}

/** Captured (azure-tools-for-java#4609). @param error `invalid_tenant` on the discovery document, `invalid_request` elsewhere */
export function tenantNotFound(
  name: string,
  error: 'invalid_request' | 'invalid_tenant' = 'invalid_request'
): AadstsError {
  return new AadstsError({
    error,
    number: 90002,
    text: `Tenant '${name}' not found. This may happen if there are no active subscriptions for the tenant. Check to make sure you have the correct tenant ID. Check with your subscription administrator.`,
    reason: `The first segment of the path must be a tenant GUID (any), common, organizations, consumers, or a domain of the fixture; it is '${name}'.`
  })
}

export function postOnly(method: string): AadstsError {
  return new AadstsError({
    error: 'invalid_request',
    number: 900561,
    text: `The endpoint only accepts POST requests. Received a ${method} request.`,
    reason: `Send a POST with the parameters in a form body, not a ${method}.`
  })
}

export function unsupportedGrantType(grantType: string, known: readonly string[]): AadstsError {
  return new AadstsError({
    error: 'unsupported_grant_type',
    number: 70003,
    text: `The app requested an unsupported grant type '${grantType}'.`,
    reason: `grant_type is one of ${known.join(', ')}.`
  })
}

export function unsupportedResponseType(responseType: string): AadstsError {
  return new AadstsError({
    error: 'unsupported_response_type',
    number: 700054,
    text: `response_type '${responseType}' is not enabled for the application.`,
    reason: `response_type must be code, because msgraph-mock has no implicit and no hybrid flow. It is '${responseType}'.`
  })
}

/** The password grant has no tenant to look for the user in. */
export function passwordOnCommon(): AadstsError {
  return new AadstsError({
    error: 'invalid_request',
    number: 9001023,
    text: 'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
    reason: 'grant_type=password needs a tenant in the path: a GUID, a domain of the fixture, or organizations.'
  })
}

export function noTenant(name: string): AadstsError {
  return new AadstsError({
    error: 'invalid_request',
    number: 50059,
    text: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
    reason: `grant_type=client_credentials needs a tenant in the path, a GUID or a domain of the fixture, not ${name}.`
  })
}

export function pkceChallengeSize(length: number): AadstsError {
  return new AadstsError({
    error: 'invalid_request',
    number: 501491,
    text: 'Invalid size of Code_Challenge parameter.',
    reason: `A code_challenge has 43 to 128 characters (RFC 7636); this one has ${length}.`
  })
}

export function pkceMethod(method: string): AadstsError {
  return new AadstsError({
    error: 'invalid_request',
    number: 50149,
    text: 'Invalid Code_Challenge_method parameter.',
    reason: `code_challenge_method is S256 or plain; it is '${method}'.`
  })
}

/** 50049 is the documented number of an unknown or invalid instance. */
export function invalidInstance(host: string, own: string): AadstsError {
  return new AadstsError({
    error: 'invalid_instance',
    number: 50049,
    text: 'Unknown or invalid instance.',
    reason: `authorization_endpoint names the host '${host}'; this authority is ${own}.`
  })
}

/** A bug of the mock; nothing of the error itself is shown. */
export function serverError(): AadstsError {
  return new AadstsError({
    error: 'server_error',
    number: 50000,
    text: "There's an issue with the sign-in service.",
    reason: 'A bug in msgraph-mock, not in your request: its log has the stack under this trace id. Please report it.'
  })
}
