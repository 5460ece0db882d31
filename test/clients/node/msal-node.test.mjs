import assert from 'node:assert/strict'
import { createHash, randomUUID, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from '@azure/msal-node'
import {
  ADELE,
  approve,
  authorityHost,
  certificateClientId,
  certificateFile,
  clientId,
  clientSecret,
  freshTenant,
  graph,
  GRAPH_DEFAULT,
  host,
  intercepted,
  READ_WRITE
} from './server.mjs'

const REDIRECT = 'http://localhost:3000/redirect'

const auth = (tenant, options) => ({
  auth: { authority: `${authorityHost}/${tenant}`, ...(!intercepted && { knownAuthorities: [host] }), ...options }
})

/** An application that is not registered: a public client. */
const publicClient = (tenant) => new PublicClientApplication(auth(tenant, { clientId: randomUUID() }))

async function callsGraph(token) {
  assert.equal((await graph(token)).status, 200)
  const patched = await graph(token, 'PATCH', { syncStatus: 'completed' })
  assert.equal(patched.status, 200)
  assert.equal(patched.body.syncStatus, 'completed')
  const refused = await graph(token, 'PATCH', { syncStatus: 'done' })
  assert.equal(refused.status, 400)
  assert.equal(refused.body.error.code, 'ModelValidationFailure')
}

test('client secret', async () => {
  const client = new ConfidentialClientApplication(auth(freshTenant(), { clientId, clientSecret }))
  const result = await client.acquireTokenByClientCredential({ scopes: [GRAPH_DEFAULT] })
  await callsGraph(result.accessToken)
  const again = await client.acquireTokenByClientCredential({ scopes: [GRAPH_DEFAULT] })
  assert.equal(again.fromCache, true)
})

test('wrong client secret', async () => {
  const client = new ConfidentialClientApplication(auth(freshTenant(), { clientId, clientSecret: 'wrong' }))
  await assert.rejects(client.acquireTokenByClientCredential({ scopes: [GRAPH_DEFAULT] }), {
    name: 'ServerError',
    errorCode: 'invalid_client',
    errorNo: 7000215
  })
})

test('certificate assertion', async () => {
  const pem = readFileSync(certificateFile, 'utf8')
  const thumbprintSha256 = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')
  const clientCertificate = { thumbprintSha256, privateKey: pem }
  const options = { clientId: certificateClientId, clientCertificate }
  const client = new ConfidentialClientApplication(auth(freshTenant(), options))
  const result = await client.acquireTokenByClientCredential({ scopes: [GRAPH_DEFAULT] })
  await callsGraph(result.accessToken)
})

test('password, then silently with the refresh token', async () => {
  const tenant = freshTenant()
  const client = publicClient(tenant)
  const result = await client.acquireTokenByUsernamePassword({
    scopes: [READ_WRITE],
    username: ADELE,
    password: 'adele'
  })
  assert.equal(result.tenantId, tenant)
  assert.equal(result.account.username, ADELE)
  await callsGraph(result.accessToken)
  const cached = await client.acquireTokenSilent({ account: result.account, scopes: [READ_WRITE] })
  assert.equal(cached.fromCache, true)
  const renewed = await client.acquireTokenSilent({ account: result.account, scopes: [READ_WRITE], forceRefresh: true })
  assert.equal(renewed.fromCache, false)
  await callsGraph(renewed.accessToken)
})

test('device code', async () => {
  const tenant = freshTenant()
  let approval
  const result = await publicClient(tenant).acquireTokenByDeviceCode({
    scopes: [READ_WRITE],
    deviceCodeCallback: ({ userCode }) => {
      approval = approve(tenant, userCode)
    }
  })
  await approval
  assert.equal(result.account.username, ADELE)
  await callsGraph(result.accessToken)
})

test('authorization code with PKCE', async () => {
  const tenant = freshTenant()
  const client = publicClient(tenant)
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
  const nonce = randomUUID()
  const request = { scopes: [READ_WRITE], redirectUri: REDIRECT }
  const page = await client.getAuthCodeUrl({
    ...request,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    loginHint: ADELE,
    nonce,
    prompt: 'none',
    state: 'the state'
  })
  const answer = await fetch(page, { redirect: 'manual' })
  assert.equal(answer.status, 302)
  const back = new URL(answer.headers.get('location'))
  assert.equal(back.searchParams.get('state'), 'the state')
  const code = back.searchParams.get('code')
  const result = await client.acquireTokenByCode({ ...request, code, codeVerifier: verifier, nonce })
  assert.equal(result.account.username, ADELE)
  await callsGraph(result.accessToken)
  await assert.rejects(publicClientAgain(client, { ...request, code, codeVerifier: verifier, nonce }), {
    errorNo: 54005
  })
})

const publicClientAgain = (client, request) => client.acquireTokenByCode(request)

test('on behalf of', async () => {
  const tenant = freshTenant()
  const apiId = randomUUID()
  const user = await publicClient(tenant).acquireTokenByUsernamePassword({
    scopes: [`api://${apiId}/access_as_user`],
    username: ADELE,
    password: 'adele'
  })
  const refusedByGraph = await graph(user.accessToken)
  assert.equal(refusedByGraph.status, 401)
  assert.equal(refusedByGraph.body.error.message, 'Access token validation failure. Invalid audience.')
  const api = new ConfidentialClientApplication(auth(tenant, { clientId: apiId, clientSecret: 'any' }))
  const result = await api.acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [READ_WRITE] })
  await callsGraph(result.accessToken)
})

test('unknown user', async () => {
  const attempt = publicClient(freshTenant()).acquireTokenByUsernamePassword({
    scopes: [READ_WRITE],
    username: 'nobody@contoso.example',
    password: 'x'
  })
  await assert.rejects(attempt, { errorCode: 'invalid_grant', errorNo: 50034 })
})
