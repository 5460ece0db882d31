import { hostOf } from '../lib/hosts.js'
import { fluent, hostNameOf, literal, pascalCase, SCOPE, trust, type Recipe } from './recipe.js'

/** `Azure.Identity` and `Microsoft.Graph.Beta`; on Linux .NET reads SSL_CERT_FILE, elsewhere the system's store. */
export const dotnet: Recipe = {
  language: 'C#',
  isTested: false,
  shell: trust('SSL_CERT_FILE'),
  code: (facts) => `using Azure.Identity;
using Microsoft.Graph.Beta;
using Microsoft.Kiota.Authentication.Azure;

var credential = new ClientSecretCredential(
    ${literal(facts.tenantId)},
    ${literal(facts.clientId)},
    ${literal(facts.clientSecret)},
    new ClientSecretCredentialOptions { AuthorityHost = new Uri(${literal(`${facts.httpsUrl}/`)}), DisableInstanceDiscovery = true });
var provider = new AzureIdentityAuthenticationProvider(
    credential,
    allowedHosts: new[] { ${literal(hostNameOf(facts.httpsUrl))}, ${literal(hostOf(facts.httpsUrl))} },
    scopes: new[] { ${literal(SCOPE)} });
var client = new GraphServiceClient(provider, ${literal(`${facts.httpsUrl}/beta`)});
var settings = await client${fluent(facts.example.path, pascalCase)}.GetAsync();
Console.WriteLine(settings?.${pascalCase(facts.example.property)});
`
}
