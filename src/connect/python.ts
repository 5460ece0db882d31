import { hostOf } from '../lib/hosts.js'
import { fluent, hostNameOf, literal, SCOPE, snakeCase, trust, type Recipe } from './recipe.js'

/** `azure-identity` and `msgraph-beta-sdk`; requests and httpx read one variable each. */
export const python: Recipe = {
  language: 'Python',
  isTested: true,
  shell: trust('REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'),
  code: (facts) => `import asyncio

from azure.identity.aio import ClientSecretCredential
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph_beta import GraphRequestAdapter, GraphServiceClient


async def main():
    async with ClientSecretCredential(
        ${literal(facts.tenantId)},
        ${literal(facts.clientId)},
        ${literal(facts.clientSecret)},
        authority=${literal(facts.httpsUrl)},
        disable_instance_discovery=True,
    ) as credential:
        provider = AzureIdentityAuthenticationProvider(
            credential,
            scopes=[${literal(SCOPE)}],
            allowed_hosts=[${literal(hostNameOf(facts.httpsUrl))}, ${literal(hostOf(facts.httpsUrl))}],
        )
        adapter = GraphRequestAdapter(provider)
        adapter.base_url = ${literal(`${facts.httpsUrl}/beta`)}
        client = GraphServiceClient(request_adapter=adapter)
        print(await client${fluent(facts.example.path, snakeCase)}.get())


asyncio.run(main())
`
}
