import type { Server } from '../server.js'

export interface TrustFiles {
  /** Authorities to trust beside the system's own. */
  readonly extra: string
  /** Those, and the system's own authorities. */
  readonly all: string
}

/**
 * The variables that point clients to a server. Proxy variables are set in both spellings: curl and Python prefer one in
 * lower case, and an inherited one would lead out of the machine.
 *
 * @param intercept clients keep Microsoft's host names, and the server is their proxy
 */
export function clientEnvironment(
  { url, httpsUrl, mock }: Server,
  trust: TrustFiles,
  intercept: boolean
): Record<string, string> {
  const { appId, secretText } = mock.directory.workingClient
  return {
    MSGRAPH_MOCK_URL: url,
    AZURE_AUTHORITY_HOST: intercept ? 'https://login.microsoftonline.com' : String(httpsUrl),
    AZURE_TENANT_ID: mock.tenants.defaultId,
    AZURE_CLIENT_ID: appId,
    AZURE_CLIENT_SECRET: secretText,
    NODE_EXTRA_CA_CERTS: trust.extra,
    SSL_CERT_FILE: trust.all,
    REQUESTS_CA_BUNDLE: trust.all,
    // The Python library Requests and curl prefer this one if it is inherited.
    CURL_CA_BUNDLE: trust.all,
    ...(mock.options.controlToken !== undefined && { MSGRAPH_MOCK_CONTROL_TOKEN: mock.options.controlToken }),
    ...(intercept && proxyVariables(url))
  }
}

function proxyVariables(url: string): Record<string, string> {
  const local = 'localhost,127.0.0.1,::1'
  // Node 24 uses them for https and fetch only with NODE_USE_ENV_PROXY.
  return { HTTPS_PROXY: url, https_proxy: url, NO_PROXY: local, no_proxy: local, NODE_USE_ENV_PROXY: '1' }
}
