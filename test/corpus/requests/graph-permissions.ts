import { CONFIGURATION, mint, READ, SETTINGS, WRITE } from '../common.js'
import { graph, on, type Step } from '../step.js'

const REQUESTS = [`GET ${SETTINGS}`, `PATCH ${SETTINGS}`, `POST ${SETTINGS}/sync`]

/** What each token may do. A bad body shows that permissions come first. */
function attempts(name: string, request: object): Step[] {
  return [
    mint(request),
    ...REQUESTS.map((line) =>
      graph(`${line.split(' ')[0] ?? ''}, ${name}`, line, {
        token: '{{token}}',
        ...(line.startsWith('GET') ? {} : { body: '{' })
      })
    )
  ]
}

const tokens: Step[][] = [
  attempts('every scope', {}),
  attempts('no scope', { scopes: [] }),
  attempts('another scope', { scopes: ['User.Read'] }),
  attempts('the scope that reads', { scopes: [READ] }),
  attempts('the scope that writes', { scopes: [WRITE] }),
  attempts('the scope of the newest page', { scopes: [CONFIGURATION] }),
  attempts('a scope in another case', { scopes: [WRITE.toLowerCase()] }),
  attempts('every role', { kind: 'application' }),
  attempts('no role', { kind: 'application', roles: [] }),
  attempts('another role', { kind: 'application', roles: ['User.Read.All'] }),
  attempts('the role that reads', { kind: 'application', roles: [READ] }),
  attempts('the role of the newest page', { kind: 'application', roles: [CONFIGURATION] }),
  attempts('a personal account', { kind: 'personal' })
]

export const sequences = [...on('documented', tokens), ...on('observed', tokens)]
