import { hostOf } from '../lib/hosts.js'
import { literal, SCOPE, trust, type Recipe } from './recipe.js'

/** `@azure/msal-node`: an entry of `knownAuthorities` has the port. */
export const msalNode: Recipe = {
  language: 'JavaScript',
  isTested: true,
  shell: trust('NODE_EXTRA_CA_CERTS'),
  code: (facts) => `import { ConfidentialClientApplication } from '@azure/msal-node'

const client = new ConfidentialClientApplication({
  auth: {
    authority: ${literal(`${facts.httpsUrl}/${facts.tenantId}`)},
    knownAuthorities: [${literal(hostOf(facts.httpsUrl))}],
    clientId: ${literal(facts.clientId)},
    clientSecret: ${literal(facts.clientSecret)}
  }
})
const { accessToken } = await client.acquireTokenByClientCredential({ scopes: [${literal(SCOPE)}] })
const answer = await fetch(${literal(`${facts.httpsUrl}/beta/${facts.example.path}`)}, {
  headers: { authorization: \`Bearer \${accessToken}\` }
})
console.log(await answer.json())
`
}
