// What a broken or hostile client may send. Each kind gives the bytes, and what the server has to answer when it gets
// them all: `statuses` of every answer on the connection, in order; null where it may answer this or that, but no 5xx.
const PATH = '/beta/deviceManagement/windowsAutopilotSettings'
const TOKEN = 'Authorization: Bearer readwrite\r\n'
const HOST = 'Host: localhost\r\n'

const head = (extra = '', method = 'PATCH', path = PATH) => `${method} ${path} HTTP/1.1\r\n${HOST}${TOKEN}${extra}\r\n`
const json = (extra) => head(`Content-Type: application/json\r\n${extra}`)
const good = head('', 'GET')
const broken = (bytes, status = 400) => ({ bytes, statuses: [status] })
const anything = (bytes) => ({ bytes, statuses: null })
const raw = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)))

export const KINDS = {
  // The letter keeps it from being taken for TLS, or for the empty lines that may precede a request.
  garbage: (random) => broken(raw('g', random.bytes(1 + random.below(400)), '\r\n\r\n')),
  'no version': () => broken(`GET ${PATH}\r\n\r\n`, 505),
  'unknown version': (random) => broken(`GET ${PATH} HTTP/${random.pick(['9.9', '0.9', '2.0', '1.2'])}\r\n\r\n`, 505),
  'misspelt version': (random) => broken(`GET ${PATH} HTTP/${random.pick(['1.', 'x', '11.1', '1'])}\r\n\r\n`),
  'preface of HTTP/2': () => broken('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505),
  'no Host': () => broken(`GET ${PATH} HTTP/1.1\r\nConnection: close\r\n\r\n`),
  'two Hosts': () => broken(head(`Connection: close\r\n${HOST}`, 'GET')),
  'bad Host': (random) =>
    broken(`GET ${PATH} HTTP/1.1\r\nHost: ${random.pick(['a b', 'a/b', '[::', ':x'])}\r\nConnection: close\r\n\r\n`),
  'absolute form of another server': () =>
    broken(head('Connection: close\r\n', 'GET', `http://u:p@evil.example${PATH}`), 403),
  'absolute form without a host': () => broken(head('Connection: close\r\n', 'GET', `http://${PATH}`)),
  'malformed fragment': () => broken(head('Connection: close\r\n', 'GET', '/beta/nope#%ZZ')),
  'method in wrong case': (random) => broken(head('', random.pick(['Patch', 'get', 'pAtCh']))),
  'unknown method': () => broken(head('', 'NONSENSE')),
  'two lengths': () => broken(json('Content-Length: 2\r\nContent-Length: 3\r\n') + '{}'),
  'length and chunks': () => broken(json('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n') + '0\r\n\r\n'),
  'chunks and length': () => broken(json('Transfer-Encoding: chunked\r\nContent-Length: 2\r\n') + '0\r\n\r\n'),
  'wrong length': (random) =>
    broken(json(`Content-Length: ${random.pick(['-1', '1e3', '0x10', '+5', '9'.repeat(30), 'a'])}\r\n`)),
  'unknown coding': () => broken(json('Transfer-Encoding: gzip\r\n')),
  'chunked is not last': () => broken(json('Transfer-Encoding: chunked, gzip\r\n')),
  'bad chunk size': (random) =>
    broken(
      json('Transfer-Encoding: chunked\r\n') +
        random.pick(['z\r\n{}\r\n', '-2\r\n{}\r\n', 'ffffffffffffffffff\r\n', '0x2\r\n{}\r\n'])
    ),
  'chunk longer than its size': () => broken(json('Transfer-Encoding: chunked\r\n') + '2\r\n{}{}{}\r\n0\r\n\r\n'),
  'endless chunk extension': () => broken(json('Transfer-Encoding: chunked\r\n') + `2;${'x'.repeat(20_000)}\r\n{}\r\n`),
  'body that ends early': () => broken(json('Content-Length: 99\r\n') + '{"syncStatus"'),
  'chunks that end early': () => broken(json('Transfer-Encoding: chunked\r\n') + '5\r\n{"a'),
  'bare LF': () => broken(head().replaceAll('\r\n', '\n')),
  'bare CR': () => broken(head('X: a\rb\r\n')),
  'null byte in a value': () => broken(head('X: a\0b\r\n')),
  'null byte in a name': () => broken(head('X\0: a\r\n')),
  'null byte in the path': () => broken(head('', 'GET', '/beta/\0')),
  'space in a name': () => broken(head('X y: a\r\n')),
  'no colon': () => broken(head('nothing\r\n')),
  'folded line': () => anything(head('X: a\r\n b\r\n', 'GET')),
  'invalid UTF-8 in the path': () => anything(Buffer.from(head('', 'GET', '/beta/\xff\xfe'), 'latin1')),
  'percent-encoding of invalid UTF-8': () => broken(head('Connection: close\r\n', 'GET', '/beta/%E0%A4%A')),
  'invalid UTF-8 in a value': () => anything(Buffer.from(head('X: \xff\xc0\xaf\r\n', 'GET'), 'latin1')),
  'invalid UTF-8 in a token': (random) =>
    anything(
      Buffer.from(`GET ${PATH} HTTP/1.1\r\n${HOST}Authorization: Bearer \xff${random.below(9)}\r\n\r\n`, 'latin1')
    ),
  'invalid UTF-8 in the body': () =>
    broken(raw(json('Connection: close\r\nContent-Length: 6\r\n'), '{"a', [0xff, 0xfe, 0xc0])),
  'random bytes for a body': (random) =>
    broken(raw(json('Connection: close\r\nContent-Length: 64\r\n'), '{', random.bytes(63))),
  'deep JSON': () => broken(json('Connection: close\r\nContent-Length: 90000\r\n') + '['.repeat(90_000)),
  'large header': () => broken(head(`X: ${'x'.repeat(70_000)}\r\n`), 431),
  'many headers': () => broken(head('X: yyyyyy\r\n'.repeat(12_000)), 431),
  'long path': () => broken(head('', 'GET', `/${'x'.repeat(70_000)}`), 431),
  'large body': () => anything(json('Content-Length: 1048577\r\n') + 'x'.repeat(2000)),
  'Expect and no body': () => anything(json('Expect: 100-continue\r\nContent-Length: 5\r\n')),
  'upgrade to nothing': () => anything(head('Connection: upgrade\r\nUpgrade: websocket\r\n', 'GET')),
  'CONNECT to elsewhere': () => broken('CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n', 403),
  'CONNECT to garbage': () => anything('CONNECT \xff:99999 HTTP/1.1\r\n\r\n'),
  'CONNECT, then no TLS': (random) =>
    anything(raw('CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: g\r\n\r\n', [0x16], random.bytes(60))),
  'good, then broken': (random) => {
    const count = 1 + random.below(6)
    return {
      bytes:
        good.repeat(count) + random.pick(['\0\0\0\0\r\n\r\n', 'Get / HTTP/1.1\r\n\r\n', 'x'.repeat(50) + '\r\n\r\n']),
      statuses: [...Array(count).fill(200), 400]
    }
  },
  'good, then a broken body': () => ({
    bytes: good + json('Transfer-Encoding: chunked\r\n') + 'z\r\n',
    statuses: [200, 400]
  }),
  'good, then half a request': () => ({ bytes: good + good.slice(0, 40), statuses: [200, 400] })
}

/** What is no TLS, though its first byte says so, or breaks off. */
export const TLS_KINDS = {
  'a first byte': () => Buffer.from([0x16]),
  'record of garbage': (random) => raw([0x16, 3, 1, 2, 0], random.bytes(512)),
  'record that is too long': (random) => raw([0x16, 3, 3, 0xff, 0xff], random.bytes(900)),
  'half a ClientHello': (random) => raw([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3], random.bytes(random.below(300))),
  'alert for a hello': () => Buffer.from([0x16, 3, 1, 0, 2, 2, 40]),
  'old SSL': (random) => raw([0x80, 0x2e, 1, 0, 2], random.bytes(41))
}
