import { hostNameOf, literal, SCOPE, trust, type Recipe } from './recipe.js'

/** `@microsoft/microsoft-graph-client` 3: it attaches the token only over https, to `customHosts` without a port. */
export const js: Recipe = {
  language: 'JavaScript',
  isTested: true,
  shell: trust('NODE_EXTRA_CA_CERTS'),
  code: (facts) => `import { ClientSecretCredential } from '@azure/identity'
import { Client } from '@microsoft/microsoft-graph-client'
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js'

const credential = new ClientSecretCredential(${literal(facts.tenantId)}, ${literal(facts.clientId)}, ${literal(facts.clientSecret)}, {
  authorityHost: ${literal(facts.httpsUrl)},
  disableInstanceDiscovery: true
})
const client = Client.initWithMiddleware({
  authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes: [${literal(SCOPE)}] }),
  baseUrl: ${literal(`${facts.httpsUrl}/`)},
  customHosts: new Set([${literal(hostNameOf(facts.httpsUrl))}]),
  defaultVersion: 'beta'
})
console.log(await client.api(${literal(`/${facts.example.path}`)}).get())
`
}
