import { trust, type ConnectFacts, type Recipe } from './recipe.js'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** `Microsoft.Graph.Authentication`: an environment of its own. On Linux .NET reads SSL_CERT_FILE. */
export const powershell: Recipe = {
  language: 'PowerShell',
  isTested: false,
  shell: trust('SSL_CERT_FILE'),
  code: (
    facts: ConnectFacts
  ) => `Add-MgEnvironment -Name msgraph-mock -GraphEndpoint ${quoted(facts.httpsUrl)} -AzureADEndpoint ${quoted(facts.httpsUrl)}
$secret = ConvertTo-SecureString ${quoted(facts.clientSecret)} -AsPlainText -Force
$credential = [pscredential]::new(${quoted(facts.clientId)}, $secret)
Connect-MgGraph -Environment msgraph-mock -TenantId ${quoted(facts.tenantId)} -ClientSecretCredential $credential
Invoke-MgGraphRequest -Method GET -Uri ${quoted(`${facts.httpsUrl}/beta/${facts.example.path}`)}
`
}
