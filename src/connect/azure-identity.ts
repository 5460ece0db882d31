import { literal, SCOPE, shellWord, trust, type Recipe } from './recipe.js'

const trustNode = trust('NODE_EXTRA_CA_CERTS')

/** `@azure/identity`, by the variables that its EnvironmentCredential reads. */
export const azureIdentity: Recipe = {
  language: 'JavaScript',
  isTested: true,
  shell: (facts) => [
    ...trustNode(facts),
    `export AZURE_AUTHORITY_HOST=${shellWord(facts.httpsUrl)}`,
    `export AZURE_TENANT_ID=${shellWord(facts.tenantId)}`,
    `export AZURE_CLIENT_ID=${shellWord(facts.clientId)}`,
    `export AZURE_CLIENT_SECRET=${shellWord(facts.clientSecret)}`
  ],
  code: (facts) => `import { EnvironmentCredential } from '@azure/identity'

const credential = new EnvironmentCredential({ disableInstanceDiscovery: true })
const { token } = await credential.getToken(${literal(SCOPE)})
const answer = await fetch(${literal(`${facts.httpsUrl}/beta/${facts.example.path}`)}, {
  headers: { authorization: \`Bearer \${token}\` }
})
console.log(await answer.json())
`
}
