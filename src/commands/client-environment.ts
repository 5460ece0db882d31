import type { Server } from '../server.js'

export interface TrustFiles {
  /** Authorities to trust beside the system's own. */
  readonly extra: string
  /** The system's own authorities and those. */
  readonly all: string
}

/**
 * The variables that point clients to a server. Where both spellings of a variable are in use, both are set: an
 * inherited proxy in lower case, which curl and Python prefer, would lead out of the machine.
 *
 * @param intercept leave the clients' own hosts as they are and be the proxy on the way
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
    // Requests and curl prefer this one where it is inherited.
    CURL_CA_BUNDLE: trust.all,
    ...(mock.options.controlToken !== undefined && { MSGRAPH_MOCK_CONTROL_TOKEN: mock.options.controlToken }),
    ...(intercept && proxyVariables(url))
  }
}

function proxyVariables(url: string): Record<string, string> {
  const local = 'localhost,127.0.0.1,::1'
  // Node 24 reads them for its own https and fetch when told to.
  return { HTTPS_PROXY: url, https_proxy: url, NO_PROXY: local, no_proxy: local, NODE_USE_ENV_PROXY: '1' }
}
