import { ask, on, type Step } from '../step.js'

const html = { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }
const both: Step[] = [ask('JSON', 'GET /'), ask('a page', 'GET /', html)]

export const sequences = [
  ...on('documented', [
    ...both,
    ask('HEAD', 'HEAD /'),
    ask('by https', 'GET /', { isSecure: true }),
    ask('by another Host', 'GET /', { headers: { Host: 'graph.example' } }),
    ask('a query', 'GET /?x=1'),
    ask('POST', 'POST /', { body: { a: 1 } }),
    ask('OPTIONS', 'OPTIONS /'),
    ask('DELETE', 'DELETE /')
  ]),
  ...on('control off', both),
  ...on('control token', both),
  ...on('public url', both),
  ...on('nothing registered', both)
]
