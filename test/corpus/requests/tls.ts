import { ask, handshake, on } from '../step.js'

const HOSTS = [
  undefined,
  'localhost',
  'mock',
  'app.localhost',
  'graph.microsoft.com',
  'login.microsoftonline.com',
  'login.windows.net',
  'GRAPH.microsoft.com',
  'evil.example',
  'microsoft.com'
]

export const sequences = [
  ...on('documented', [
    ...HOSTS.map((host) => handshake(host ?? 'without a name', host)),
    handshake('ALPN of HTTP/1.1 and 2', 'localhost', ['h2', 'http/1.1']),
    handshake('ALPN of HTTP/2 alone', 'localhost', ['h2']),
    ask('GET /_mock/ca.pem', 'GET /_mock/ca.pem'),
    ask('GET /_mock/ca.pem by https', 'GET /_mock/ca.pem', { isSecure: true }),
    ask('HEAD /_mock/ca.pem', 'HEAD /_mock/ca.pem')
  ]),
  ...on('public url', [handshake('graph.example', 'graph.example'), handshake('evil.example', 'evil.example')]),
  ...on('own certificate', [
    handshake('localhost', 'localhost'),
    handshake('evil.example', 'evil.example'),
    ask('GET /_mock/ca.pem', 'GET /_mock/ca.pem')
  ]),
  ...on('tls off', [handshake('localhost', 'localhost'), ask('GET /_mock/ca.pem', 'GET /_mock/ca.pem')])
]
