import { shellWord, trust, type Recipe } from './recipe.js'

const trustCurl = trust('CURL_CA_BUNDLE')

/** curl, with a token by client credentials. */
export const curl: Recipe = {
  language: 'sh',
  isTested: true,
  shell: (facts) => [
    ...trustCurl(facts),
    `TOKEN=$(curl -fsS ${shellWord(`${facts.httpsUrl}/${facts.tenantId}/oauth2/v2.0/token`)} -d grant_type=client_credentials -d scope=https://graph.microsoft.com/.default --data-urlencode ${shellWord(`client_id=${facts.clientId}`)} --data-urlencode ${shellWord(`client_secret=${facts.clientSecret}`)} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `curl -fsS -H "Authorization: Bearer $TOKEN" ${shellWord(`${facts.httpsUrl}/beta/${facts.example.path}`)}`
  ],
  code: () => ''
}
