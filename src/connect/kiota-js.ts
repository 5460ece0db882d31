import { hostOf } from '../lib/hosts.js'
import { hostNameOf, literal, pascalCase, SCOPE, trust, type Recipe } from './recipe.js'

/** `@microsoft/msgraph-beta-sdk`: it has the model of the example, but no request builder for it. */
export const kiotaJs: Recipe = {
  language: 'JavaScript',
  isTested: true,
  shell: trust('NODE_EXTRA_CA_CERTS'),
  code: (facts) => `import { ClientSecretCredential } from '@azure/identity'
import { HttpMethod, RequestInformation } from '@microsoft/kiota-abstractions'
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure'
import { createGraphBetaServiceClient, GraphBetaRequestAdapter } from '@microsoft/msgraph-beta-sdk'
import { ${factoryOf(facts.example.type)} } from '@microsoft/msgraph-beta-sdk/models/index.js'

const credential = new ClientSecretCredential(${literal(facts.tenantId)}, ${literal(facts.clientId)}, ${literal(facts.clientSecret)}, {
  authorityHost: ${literal(facts.httpsUrl)},
  disableInstanceDiscovery: true
})
const allowedHosts = new Set([${literal(hostNameOf(facts.httpsUrl))}, ${literal(hostOf(facts.httpsUrl))}])
const provider = new AzureIdentityAuthenticationProvider(credential, [${literal(SCOPE)}], undefined, allowedHosts)
const adapter = new GraphBetaRequestAdapter(provider)
adapter.baseUrl = ${literal(`${facts.httpsUrl}/beta`)}
createGraphBetaServiceClient(adapter)

const request = new RequestInformation(HttpMethod.GET, ${literal(`{+baseurl}/${facts.example.path}`)}, { baseurl: adapter.baseUrl })
request.headers.add('Accept', 'application/json')
console.log(await adapter.send(request, ${factoryOf(facts.example.type)}, {}))
`
}

/** Kiota's name for what makes a type from a parse node. */
function factoryOf(type: string): string {
  return `create${pascalCase(type)}FromDiscriminatorValue`
}
