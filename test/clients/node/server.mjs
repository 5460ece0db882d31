// The server that the suites run against: `msgraph-mock exec` sets these variables, `../run` the rest.
import { randomUUID } from 'node:crypto'

const { env } = process

export const url = env.MSGRAPH_MOCK_URL
export const authorityHost = env.AZURE_AUTHORITY_HOST
export const host = new URL(authorityHost).host
/** `exec --intercept`: clients keep Microsoft's host names, no option of theirs is set, and a proxy leads here. */
export const intercepted = host === 'login.microsoftonline.com'
export const graphHost = intercepted ? 'https://graph.microsoft.com' : authorityHost
/** Options of the credentials of @azure/identity. */
export const identityOptions = intercepted ? {} : { authorityHost, disableInstanceDiscovery: true }
export const clientId = env.AZURE_CLIENT_ID
export const clientSecret = env.AZURE_CLIENT_SECRET
/** An application of the fixture that authenticates with a certificate. */
export const certificateClientId = env.CERTIFICATE_CLIENT_ID
/** PEM file that holds its private key and its certificate. */
export const certificateFile = env.CERTIFICATE_FILE

export const SETTINGS = '/deviceManagement/windowsAutopilotSettings'
export const GRAPH_DEFAULT = 'https://graph.microsoft.com/.default'
export const READ_WRITE = 'https://graph.microsoft.com/DeviceManagementServiceConfig.ReadWrite.All'
export const ADELE = 'adele.vance@contoso.example'

/** A tenant that no other test uses. */
export const freshTenant = () => randomUUID()

/** A call to Graph as a program without any SDK makes it. */
export async function graph(token, method = 'GET', body = undefined) {
  const answer = await fetch(`${graphHost}/beta${SETTINGS}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) })
  })
  return { status: answer.status, body: await answer.json() }
}

export async function approve(tenant, userCode) {
  const answer = await fetch(`${url}/_mock/tenants/${tenant}/devicecodes/${userCode}`, { method: 'POST' })
  if (answer.status !== 200) throw new Error(await answer.text())
}
