import { checkClientAssertion, ASSERTION_TYPE, type ClientClaim } from './client-assertion.js'
import type { Authority } from './authority.js'
import type { Client, TenantName } from './directory.js'
import type { Form } from './form.js'
import { aadsts } from './aadsts.js'

export interface AuthenticatedClient {
  readonly client: Client
  readonly credential: 'none' | 'secret' | 'certificate'
}

/**
 * Authenticates a client: `client_secret_post`, `client_secret_basic`, `private_key_jwt`, or none for a public client. The
 * credentials of a registered application are checked; an unregistered one is accepted with any.
 *
 * @throws AadstsError 900144, 9002313, 700038, 700016, 7000215, 7000222, 700027
 */
export async function authenticateClient(authority: Authority, claim: ClientClaim): Promise<AuthenticatedClient> {
  const { form, authorization, tenant } = claim
  const basic = authorization === undefined ? undefined : readBasic(authorization, form)
  const assertion = form.get('client_assertion')
  const appId = form.get('client_id') ?? basic?.id
  if (appId === undefined) throw aadsts('missingParameter', { name: 'client_id', reason: 'The form has no client_id.' })
  const client = findClient(authority, appId, tenant)
  const secret = basic?.secret ?? form.get('client_secret')
  if (secret !== undefined && assertion !== undefined) {
    throw aadsts('malformedRequest', {
      reason: 'There are both a client secret and a client_assertion; send one of them.'
    })
  }
  if (assertion !== undefined) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) {
      throw aadsts('missingParameter', {
        name: 'client_assertion_type',
        reason: `A client_assertion needs client_assertion_type=${ASSERTION_TYPE}.`
      })
    }
    await checkClientAssertion(assertion, client, claim, authority.clientNow())
    return { client, credential: 'certificate' }
  }
  if (secret === undefined) return { client, credential: 'none' }
  checkSecret(client, secret, authority.now(tenant.tenantId ?? authority.directory.defaultTenant))
  return { client, credential: 'secret' }
}

/** The client id of a configuration that was never filled in. */
const NO_APPLICATION = '00000000-0000-0000-0000-000000000000'

/** @throws AadstsError 700038, 700016 */
export function findClient({ directory }: Authority, appId: string, tenant: TenantName): Client {
  if (appId === NO_APPLICATION) throw aadsts('invalidApplicationId', { appId })
  const client = directory.client(appId)
  if (client) return client
  const known = directory.applications.map((one) => one.appId).join(', ') || 'none'
  throw aadsts('applicationNotFound', {
    appId,
    directory: tenant.name,
    reason: `The fixture rejects unknown applications; registered are ${known}.`
  })
}

function checkSecret({ appId, isRegistered, registration }: Client, secret: string, now: number): void {
  if (!isRegistered) return
  const known = registration.secrets?.find(({ secretText }) => secretText === secret)
  if (!known) throw aadsts('wrongSecret', { appId })
  if (known.endDateTime !== undefined && Date.parse(known.endDateTime) <= now) throw aadsts('expiredSecret', { appId })
}

/** HTTP Basic with id and secret, each form-encoded (RFC 6749, 2.3.1). */
function readBasic(authorization: string, form: Form): { id: string; secret: string } {
  const [, encoded = ''] = /^basic +([\w+/=-]+)$/i.exec(authorization) ?? []
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 1)
    throw aadsts('malformedRequest', {
      reason: 'The Authorization header is not HTTP Basic with client id and secret.'
    })
  const id = decodeFormText(text.slice(0, colon))
  const secret = decodeFormText(text.slice(colon + 1))
  if (form.has('client_secret') || (form.get('client_id') ?? id) !== id) {
    throw aadsts('malformedRequest', { reason: 'The client authenticates twice, with HTTP Basic and in the form.' })
  }
  return { id, secret }
}

function decodeFormText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
