import { spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto'
import * as fs from 'node:fs'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { connect, type ConnectionOptions } from 'node:tls'
import t, { type Test } from 'tap'
import { createLog } from '../../src/lib/log.js'
import { withDefaults, type Options } from '../../src/options.js'
import { keptAuthority } from '../../src/tls/ca-dir.js'
import { issueLeaf, makeCaCertificate } from '../../src/tls/certificate-authority.js'
import { Certificates } from '../../src/tls/certificates.js'
import { startHandshakes } from '../../src/tls/handshakes.js'
import { makeCertificate } from '../../src/tls/make-certificate.js'
import type { PemPair } from '../../src/tls/pem-pair.js'
import { SecureContexts } from '../../src/tls/secure-contexts.js'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as PeculiarCertificate,
  X509CertificateGenerator
} from '../../src/tls/x509.js'
import { SIGNING_KEY, testApp } from '../helper.js'
import { ask, startTestServer } from '../server-helper.js'

const DAY = 24 * 60 * 60 * 1000
const name = [{ CN: ['test'] }]
const hasOpenssl = spawnSync('openssl', ['version']).status === 0

function pemOf(...args: [type: string, options?: object]): string {
  // Node's overloads name each type of key; the table below does too.
  const { privateKey } = (
    generateKeyPairSync as (...given: unknown[]) => { privateKey: ReturnType<typeof createPrivateKey> }
  )(...args)
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}

const ecKey = (namedCurve = 'P-256') => pemOf('ec', { namedCurve })
const rsaKey = (modulusLength: number) => pemOf('rsa', { modulusLength })

/** Passes where OpenSSL finds nothing to complain about. */
function verifyStrictly(t: Test, ca: string, leaf: string, what: string): void {
  if (!hasOpenssl) {
    t.comment(`skipped: openssl is not installed, so ${what} is not verified`)
    return
  }
  const dir = t.testdir({ 'ca.pem': ca, 'leaf.pem': leaf })
  for (const file of ['ca.pem', 'leaf.pem']) {
    const args = [
      'verify',
      '-x509_strict',
      '-purpose',
      file === 'ca.pem' ? 'any' : 'sslserver',
      '-CAfile',
      join(dir, 'ca.pem')
    ]
    const { status, stdout, stderr } = spawnSync('openssl', [...args, join(dir, file)], { encoding: 'utf8' })
    t.equal(status, 0, `${what}: ${file} ${stdout}${stderr}`)
  }
}

/** The certificate that a server shows. */
function shownBy(port: number, servername: string | undefined, ca: string): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, ca, ...(servername !== undefined && { servername }) }
    const socket = connect({ ...options, checkServerIdentity: () => undefined }, () => {
      resolve(socket.getPeerX509Certificate() as X509Certificate)
      socket.destroy()
    }).on('error', reject)
  })
}

t.test('each name gets a certificate of its own', async (t) => {
  const { port, ca } = await startTestServer(t, {
    tlsName: ['graph.example.test', '192.0.2.7'],
    publicUrl: 'https://[2001:db8::1]:8443'
  })
  const cases: [string | undefined, RegExp][] = [
    [
      undefined,
      /^DNS:localhost, IP Address:127\.0\.0\.1, IP Address:0:0:0:0:0:0:0:1.*192\.0\.2\.7|2001:DB8:0:0:0:0:0:1/
    ],
    ['localhost', /^DNS:localhost$/],
    ['LocalHost', /^DNS:localhost$/],
    ['graph-mock', /^DNS:graph-mock$/],
    ['my_service', /^DNS:my_service$/],
    ['graph.microsoft.com', /^DNS:graph\.microsoft\.com$/],
    ['login.microsoftonline.com', /^DNS:login\.microsoftonline\.com$/],
    ['Graph.example.test', /^DNS:graph\.example\.test$/]
  ]
  for (const [servername, names] of cases) {
    const shown = await shownBy(port, servername, ca)
    t.match(shown.subjectAltName, names, servername ?? 'no name')
    t.ok(shown.checkIssued(new X509Certificate(ca)))
    const [from, to] = [Date.parse(shown.validFrom), Date.parse(shown.validTo)]
    t.ok(Math.abs(Date.now() - DAY - from) < 60_000, 'backdated by a day')
    t.equal(to - from, 397 * DAY - 1000, '397 days, the last second included')
    verifyStrictly(t, ca, shown.toString(), servername ?? 'no name')
  }
  t.equal((await ask({ port, ca, path: '/_mock/health' })).status, 200, 'by address')
})

t.test('the names of options and of this machine are allowed', (t) => {
  const { names } = new Certificates(
    withDefaults({ host: 'box.example.test', publicUrl: 'http://mock.example.test:81' })
  )
  const label = 'a'.repeat(63)
  for (const allowed of ['box.example.test', 'MOCK.example.test', '127.0.0.1', '::1', label, ...names.addresses()]) {
    t.ok(names.allows(allowed), allowed)
  }
  for (const refused of [
    '',
    '.',
    `${label}a`,
    '-a',
    'a-',
    'a b',
    'mock.example',
    '198.51.100.1',
    'www.graph.microsoft.com'
  ]) {
    t.notOk(names.allows(refused), refused)
  }
  t.end()
})

t.test('kept certificates are bounded, the least recently used go first', async (t) => {
  const issued: string[] = []
  class Counting extends Certificates {
    override issue(names: readonly string[]) {
      issued.push(...names)
      return super.issue(['x'])
    }
  }
  const contexts = new SecureContexts(new Counting(withDefaults({})), Date.now)
  await contexts.for('first')
  for (let n = 0; n < 64; n++) await contexts.for(`n${n}`)
  await contexts.for('N63')
  t.equal(issued.length, 65)
  await contexts.for('first')
  t.equal(issued.at(-1), 'first')
})

t.test('a server that runs on renews its certificates before they end', async (t) => {
  let now = Date.now()
  const certificates = new Certificates(withDefaults({}))
  const handshake = await startHandshakes(certificates, createLog('silent', process.stderr), 1000, () => now)
  const tcp = createServer((socket) => {
    void handshake(socket, (secure) => secure.end())
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  t.teardown(() => tcp.close())
  const { port } = tcp.address() as AddressInfo
  const ca = await certificates.trusted()
  for (const servername of [undefined, 'localhost']) {
    const shown = async () => (await shownBy(port, servername, ca)).serialNumber
    const first = await shown()
    now += 364 * DAY
    t.equal(await shown(), first, 'as long as it is good for another month')
    now += DAY
    const second = await shown()
    t.not(second, first)
    t.equal(await shown(), second)
  }
})

t.test('versions, cipher suites and curves are those of Mozilla’s intermediate configuration', async (t) => {
  const suites12 = ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305']
  const suites13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']
  const key = readFileSync(SIGNING_KEY, 'utf8')
  const authority = { key, cert: await makeCaCertificate(key) }
  const dir = t.testdir({ 'key.pem': key, 'cert.pem': authority.cert })
  const ecdsa = await startTestServer(t)
  const rsa = await startTestServer(t, { tlsCert: join(dir, 'cert.pem'), tlsKey: join(dir, 'key.pem') })
  const agreed = (port: number, options: ConnectionOptions) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => {
        const { name } = socket.getCipher()
        resolve(`${String(socket.getProtocol())} ${name}`)
        socket.destroy()
      }).on('error', reject)
    })
  for (const { port, signature } of [
    { port: ecdsa.port, signature: 'ECDSA' },
    { port: rsa.port, signature: 'RSA' }
  ]) {
    for (const name of [undefined, 'localhost']) {
      const servername = name === undefined ? {} : { servername: name }
      for (const suite of suites12.map((suite) => `ECDHE-${signature}-${suite}`)) {
        const options = { ...servername, maxVersion: 'TLSv1.2', ciphers: suite } as const
        t.equal(await agreed(port, options), `TLSv1.2 ${suite}`)
      }
      for (const suite of suites13) t.equal(await agreed(port, { ...servername, ciphers: suite }), `TLSv1.3 ${suite}`)
      for (const ecdhCurve of ['X25519', 'prime256v1', 'secp384r1']) {
        t.match(await agreed(port, { ...servername, ecdhCurve }), /^TLSv1\.3 /, ecdhCurve)
      }
      const preferred = 'TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256'
      t.match(await agreed(port, { ...servername, ciphers: preferred }), /CHACHA20/, 'the client’s preference counts')
      for (const refused of [
        { ecdhCurve: 'secp521r1' },
        { ecdhCurve: 'X448' },
        { maxVersion: 'TLSv1.2', ciphers: `ECDHE-${signature}-AES128-SHA256` },
        { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' },
        { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
      ] as const) {
        await t.rejects(agreed(port, { ...servername, ...refused }), JSON.stringify(refused))
      }
    }
  }
})

t.test('any RSA or ECDSA authority can issue', async (t) => {
  const keys: [string, string][] = [
    ['P-256', ecKey()],
    ['P-384', ecKey('P-384')],
    ['P-521', ecKey('P-521')],
    ['RSA', readFileSync(SIGNING_KEY, 'utf8')]
  ]
  for (const [kind, key] of keys) {
    const ca = { key, cert: await makeCaCertificate(key) }
    const leaf = await issueLeaf(ca, ['localhost', '::1'])
    verifyStrictly(t, ca.cert, leaf.cert, kind)
    t.ok(new X509Certificate(leaf.cert).checkPrivateKey(createPrivateKey(leaf.key)))
    t.ok(new X509Certificate(leaf.cert).verify(new X509Certificate(ca.cert).publicKey), kind)
  }
  const keys256 = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const plain = await X509CertificateGenerator.createSelfSigned({ keys: keys256, name: 'CN=no key identifier' })
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys256.privateKey))
  const plainKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({
    type: 'pkcs8',
    format: 'pem'
  })
  const issued = await issueLeaf({ cert: plain.toString('pem'), key: plainKey as string }, ['localhost'])
  const { keyId } = await SubjectKeyIdentifierExtension.create(plain.publicKey)
  t.equal(
    new PeculiarCertificate(issued.cert).getExtension(AuthorityKeyIdentifierExtension)?.keyId,
    keyId,
    'an authority that states no identifier is known by its key'
  )

  const key = ecKey()
  const own = await makeCaCertificate(key)
  const long = `${'a'.repeat(60)}.example.test`
  t.notMatch(new X509Certificate((await issueLeaf({ key, cert: own }, [long])).cert).subject, 'CN=', 'no room for it')
})

t.test('--ca-dir', async (t) => {
  await t.test('is made, with a key that is for its owner only, and used again', async (t) => {
    const caDir = join(t.testdir({}), 'made', 'here')
    const first = await startTestServer(t, { caDir })
    t.strictSame(readdirSync(caDir).sort(), ['ca-key.pem', 'ca.pem'])
    t.equal(statSync(join(caDir, 'ca-key.pem')).mode & 0o777, 0o600)
    const ca = readFileSync(join(caDir, 'ca.pem'), 'utf8')
    t.match(new X509Certificate(ca), { ca: true, subject: /CN=msgraph-mock CA [0-9a-f]{8}$/ })
    chmodSync(caDir, 0o500)
    const second = await startTestServer(t, { caDir })
    for (const { port } of [first, second]) {
      t.equal((await ask({ port, ca, path: '/_mock/ca.pem' })).body, ca)
    }
    chmodSync(caDir, 0o700)
  })

  await t.test('of several processes at once ends up with one pair', async (t) => {
    const dir = t.testdir({})
    const pairs = await Promise.all([keptAuthority(dir), keptAuthority(dir), keptAuthority(dir)])
    const kept = { cert: readFileSync(join(dir, 'ca.pem'), 'utf8'), key: readFileSync(join(dir, 'ca-key.pem'), 'utf8') }
    for (const pair of pairs) t.strictSame(pair, kept)
    t.strictSame(readdirSync(dir).length, 2, 'no drafts stay')
  })

  await t.test('with a key alone gets a certificate for it', async (t) => {
    const key = ecKey()
    t.equal((await keptAuthority(t.testdir({ 'ca-key.pem': key }))).key, key)
  })

  const key = ecKey()
  const leaf = await issueLeaf({ key, cert: await makeCaCertificate(key) }, ['localhost'])
  const ed25519 = pemOf('ed25519')
  const expired = await makeCertificate({ subject: name, issuer: name, days: 0, key, signer: key }, [
    new BasicConstraintsExtension(true)
  ])
  const broken: [string, Record<string, string>, RegExp][] = [
    ['no key', { 'ca.pem': 'x' }, /^\S+ holds ca\.pem without ca-key\.pem; put its key there or remove it$/],
    ['no certificate', { 'ca.pem': 'x', 'ca-key.pem': key }, /^\S+ca\.pem holds no certificate in PEM: /],
    [
      'no private key',
      { 'ca.pem': leaf.cert, 'ca-key.pem': 'x' },
      /^\S+ca-key\.pem holds no private key without a passphrase in PEM: /
    ],
    [
      'not a pair',
      { 'ca.pem': leaf.cert, 'ca-key.pem': key },
      /^\S+ca-key\.pem is not the private key of the certificate in \S+ca\.pem$/
    ],
    [
      'no authority',
      { 'ca.pem': leaf.cert, 'ca-key.pem': leaf.key },
      /^the certificate in \S+ca\.pem is not that of a certificate authority$/
    ],
    ['an expired one', { 'ca.pem': expired, 'ca-key.pem': key }, /ended .+ GMT; remove both files for a new one$/],
    ['another kind of key', { 'ca-key.pem': ed25519 }, /^\S+ca-key\.pem holds a key of another kind than RSA and ECDSA/]
  ]
  for (const [what, files, message] of broken) {
    await t.test(what, async (t) => {
      await t.rejects(startTestServer(t, { caDir: t.testdir(files) }), { name: 'UserError', exitCode: 1, message })
    })
  }

  type CaDir = typeof import('../../src/tls/ca-dir.js')
  const withFileSystem = (t: Test, functions: Partial<typeof fs>) =>
    t.mockImport<CaDir>('../../src/tls/ca-dir.js', { 'node:fs': t.createMock(fs, functions) })
  const failing = (code: string) => (): never => {
    throw Object.assign(new Error(`${code}: as on that file system`), { code })
  }

  await t.test('on a file system without hard links is placed once all the same', async (t) => {
    const { keptAuthority } = await withFileSystem(t, { linkSync: failing('EPERM') })
    const dir = join(t.testdir({}), 'a', 'b')
    const pairs = await Promise.all([keptAuthority(dir), keptAuthority(dir), keptAuthority(dir)])
    const kept = { cert: readFileSync(join(dir, 'ca.pem'), 'utf8'), key: readFileSync(join(dir, 'ca-key.pem'), 'utf8') }
    for (const pair of pairs) t.strictSame(pair, kept)
    t.strictSame(readdirSync(dir).sort(), ['ca-key.pem', 'ca.pem'], 'neither drafts nor locks stay')
  })

  await t.test('without hard links, a lock is waited for, and told when nobody gives it back', async (t) => {
    const { placeOnce } = await t.mockImport<typeof import('../../src/tls/place-once.js')>(
      '../../src/tls/place-once.js',
      {
        'node:fs': t.createMock(fs, { linkSync: failing('ENOTSUP') })
      }
    )
    const dir = t.testdir({ draft: 'text', 'file.lock': {} })
    const [draft, file, lock] = ['draft', 'file', 'file.lock'].map((name) => join(dir, name)) as [
      string,
      string,
      string
    ]
    await t.rejects(placeOnce(draft, file, 0), { message: `another process has ${lock}; if none is left, remove it` })
    t.strictSame(readdirSync(dir).sort(), ['draft', 'file.lock'])
    const placed = placeOnce(draft, file)
    rmdirSync(lock)
    t.equal(await placed, true)
    t.strictSame([readdirSync(dir), readFileSync(file, 'utf8')], [['file'], 'text'])
    writeFileSync(draft, 'of one that comes late')
    t.equal(await placeOnce(draft, file), false)
    t.equal(readFileSync(file, 'utf8'), 'text')
    await t.rejects(placeOnce(draft, join(dir, 'none', 'file')), { code: 'ENOENT' }, 'the reason of the system')
  })

  await t.test('on a full disk leaves nothing behind', async (t) => {
    const { keptAuthority } = await withFileSystem(t, {
      writeFileSync: (file) => {
        writeFileSync(file, '-----BEGIN')
        failing('ENOSPC')()
      }
    })
    const dir = t.testdir({})
    const message = `cannot make a certificate authority in ${dir}: ENOSPC: as on that file system`
    await t.rejects(keptAuthority(dir), { name: 'UserError', message })
    t.strictSame(readdirSync(dir), [])
  })

  await t.test('that another process makes at the same time', async (t) => {
    const { keptAuthority } = await withFileSystem(t, {
      mkdirSync: (dir: fs.PathLike) => {
        mkdirSync(dir)
        return failing('EEXIST')()
      }
    })
    const dir = join(t.testdir({}), 'dir')
    await keptAuthority(dir)
    t.strictSame(readdirSync(dir).sort(), ['ca-key.pem', 'ca.pem'])
  })

  await t.test('that cannot be read or made', async (t) => {
    const dir = t.testdir({ file: 'x', 'ca.pem': {} })
    await t.rejects(keptAuthority(dir), { name: 'UserError', message: /^cannot read \S+ca\.pem: EISDIR/ })
    await t.rejects(keptAuthority(join(dir, 'file')), {
      name: 'UserError',
      message: /^cannot read \S+ca\.pem: ENOTDIR/
    })
    if (existsSync('/proc/self')) {
      const message = /^cannot make a certificate authority in \/proc\/none\/here: ENOENT.* mkdir '\/proc\/none'$/
      await t.rejects(keptAuthority('/proc/none/here'), { name: 'UserError', message })
    } else t.comment('skipped: this system has no /proc')
    symlinkSync('/nowhere/at/all', join(dir, 'dangling'))
    await t.rejects(keptAuthority(join(dir, 'dangling')), {
      name: 'UserError',
      message: /^cannot make a certificate authority in \S+dangling: /
    })
  })
})

t.test('--tls-cert and --tls-key', async (t) => {
  const key = ecKey()
  const ca = { key, cert: await makeCaCertificate(key) }
  const own = await issueLeaf(ca, ['own.example.test'])
  const files = (t: Test, { cert, key }: PemPair) => {
    const dir = t.testdir({ 'cert.pem': cert, 'key.pem': key })
    return { tlsCert: join(dir, 'cert.pem'), tlsKey: join(dir, 'key.pem') }
  }

  await t.test('are shown whatever name is asked for', async (t) => {
    const { port, lines } = await startTestServer(t, files(t, own))
    for (const servername of [undefined, 'own.example.test', 'localhost']) {
      t.equal((await shownBy(port, servername, ca.cert)).toString(), own.cert, servername ?? 'no name')
    }
    t.strictSame(lines, [])
  })

  await t.test('leave no authority to hand out', async (t) => {
    const { call, mock } = await testApp(t, files(t, own))
    t.match((await call('GET', '/_mock/ca.pem')).json(), {
      status: 404,
      detail: 'There is no certificate authority: the certificate is that of --tls-cert.'
    })
    t.equal(await mock.certificates.trusted(), own.cert)
  })

  const weak = rsaKey(512)
  const wrong: [string, (t: Test) => Partial<Options>, RegExp, number][] = [
    ['one alone', (t) => ({ tlsKey: files(t, own).tlsKey }), /^--tls-cert and --tls-key go together$/, 2],
    [
      'with --ca-dir',
      (t) => ({ ...files(t, own), caDir: '.' }),
      /^--ca-dir makes certificates and --tls-cert gives one; choose one of them$/,
      2
    ],
    ['without TLS', (t) => ({ ...files(t, own), tls: 'off' }), /^--tls-cert needs TLS, but --tls is off$/, 2],
    ['not there', () => ({ tlsCert: '/nowhere/c', tlsKey: '/nowhere/k' }), /^cannot read \/nowhere\/c: ENOENT/, 1],
    [
      'not a pair',
      (t) => files(t, { cert: ca.cert, key: own.key }),
      /key\.pem is not the private key of the certificate/,
      1
    ],
    ['no certificate', (t) => files(t, { cert: 'x', key: own.key }), /^\S+cert\.pem holds no certificate in PEM: /, 1]
  ]
  for (const [what, options, message, exitCode] of wrong) {
    await t.test(what, async (t) => {
      await t.rejects(startTestServer(t, options(t)), { name: 'UserError', message, exitCode })
    })
  }

  await t.test('that OpenSSL refuses', async (t) => {
    const cert = await makeCertificate(
      { subject: name, issuer: name, days: 9, key: weak, signer: readFileSync(SIGNING_KEY, 'utf8') },
      []
    )
    await t.rejects(startTestServer(t, files(t, { cert, key: weak })), {
      name: 'UserError',
      message: /^TLS cannot use the certificate in \S+cert\.pem: .*key too small/
    })
  })
})
