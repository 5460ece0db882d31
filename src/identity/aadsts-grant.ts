import { AadstsError, type OAuthErrorName } from './aadsts.js'

// Refusals of grants: codes, tokens, passwords, assertions, device codes, sign-ins.

function invalidGrant(number: number, text: string, reason: string): AadstsError {
  return new AadstsError({ error: 'invalid_grant', number, text, reason })
}

export function codeAlreadyRedeemed(): AadstsError {
  return invalidGrant(
    54005,
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    'A code can be redeemed once.'
  )
}

/** @param what `authorization code` or `refresh token` */
export function grantExpired(
  what: string,
  reason = `The ${what} is too old by the clock of its tenant. Authorization codes live 10 minutes, refresh tokens 90 days.`
): AadstsError {
  return invalidGrant(
    70008,
    `The provided ${what} has expired due to inactivity. Send a new interactive authorization request for this user and resource.`,
    reason
  )
}

/** A grant that had to make room for newer ones answers as an expired one. */
export function grantForgotten(what: string): AadstsError {
  return grantExpired(what, forgotten(what))
}

function forgotten(what: string): string {
  return `The ${what} is one of the oldest that this server gave, and had to make room: only so many bytes of them are kept.`
}

export function grantInvalid(what: string, reason: string): AadstsError {
  return invalidGrant(70000, `Provided grant is invalid or malformed. The ${what} is not valid.`, reason)
}

export function pkceMismatch(reason: string): AadstsError {
  return invalidGrant(
    501481,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    reason
  )
}

export function wrongPassword(userName: string): AadstsError {
  return invalidGrant(
    50126,
    'Error validating credentials due to invalid username or password.',
    `The fixture gives ${userName} another password.`
  )
}

export function userNotFound(userName: string, directory: string, known: readonly string[]): AadstsError {
  return invalidGrant(
    50034,
    `The user account {EUII Hidden} does not exist in the ${directory} directory. To sign into this application, the account must be added to the directory.`,
    `'${userName}' is no user of the fixture; it has ${known.join(', ')}.`
  )
}

export function assertionInvalid(reason: string): AadstsError {
  return invalidGrant(50013, 'Assertion failed signature validation.', reason)
}

export function assertionExpired(reason: string): AadstsError {
  return invalidGrant(
    500133,
    'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
    reason
  )
}

function deviceFlow(error: OAuthErrorName, number: number, text: string, reason: string): AadstsError {
  return new AadstsError({ error, number, text: `OAuth 2.0 device flow error. ${text}`, reason })
}

/** Captured (toblum/ESPTeamsPresence#49). */
export function authorizationPending(userCode: string, tenant: string): AadstsError {
  return deviceFlow(
    'authorization_pending',
    70016,
    'Authorization is pending. Continue polling.',
    `Nobody has decided on ${userCode} yet. Approve it at /devicelogin, or with POST /_mock/tenants/${tenant}/devicecodes/${userCode}.`
  )
}

export function deviceCodeExpired(
  reason = 'A device code lives 15 minutes by the clock of its tenant. Ask for a new one.'
): AadstsError {
  return deviceFlow('expired_token', 70019, 'The verification code has expired.', reason)
}

/** As {@link grantForgotten}. */
export function deviceCodeForgotten(): AadstsError {
  return deviceCodeExpired(forgotten('device code'))
}

export function badVerificationCode(reason: string): AadstsError {
  return deviceFlow('bad_verification_code', 70018, 'Invalid verification code.', reason)
}

/** 65004 is the documented number of a user who declines; that the device flow uses it is assumed. */
export function deviceCodeDeclined(): AadstsError {
  return deviceFlow(
    'authorization_declined',
    65004,
    'User declined to consent to access the app.',
    'The device code was denied, at /devicelogin or by the control call.'
  )
}

export function loginRequired(reason: string): AadstsError {
  return new AadstsError({
    error: 'login_required',
    number: 50058,
    text: 'A silent sign-in request was sent but no user is signed in.',
    reason
  })
}

export function userDeclined(): AadstsError {
  return new AadstsError({
    error: 'access_denied',
    number: 65004,
    text: 'User declined to consent to access the app.',
    reason: 'The page was answered with Cancel.'
  })
}
