import { ClientSecretCredential } from '@azure/identity'
import { Client } from '@microsoft/microsoft-graph-client'
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js'
import {
  clientId,
  clientSecret,
  freshTenant,
  GRAPH_DEFAULT,
  graphHost,
  identityOptions,
  intercepted
} from './server.mjs'

/** Microsoft's JavaScript client for Graph, in a tenant of its own. */
export function graphClient(defaultVersion) {
  const credential = new ClientSecretCredential(freshTenant(), clientId, clientSecret, identityOptions)
  return Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes: [GRAPH_DEFAULT] }),
    defaultVersion,
    ...(!intercepted && { baseUrl: `${graphHost}/`, customHosts: new Set([new URL(graphHost).hostname]) })
  })
}
