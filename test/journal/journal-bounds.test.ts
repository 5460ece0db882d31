import { request as httpRequest } from 'node:http'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { startGraphMock } from '../../src/index.js'
import type { Arrival, JournalEntry } from '../../src/journal/entry.js'
import { Journal, type JournalOptions } from '../../src/journal/journal.js'
import { Ring, type RingItem } from '../../src/journal/ring.js'
import type { UnmetWait } from '../../src/journal/unmet-wait.js'
import { readWait } from '../../src/journal/wait-request.js'
import { DEFAULT_TENANT, SETTINGS, testApp, until } from '../helper.js'
import { startTestServer } from '../server-helper.js'

const ALL = '/_mock/requests'
const ENDED = { outcome: 'answered', status: 200, fault: undefined } as const

function journalOf(options: Partial<JournalOptions> = {}): Journal {
  return new Journal({ size: 1000, now: () => 0, tenantNow: () => 0, ...options })
}

/** A request that came in. */
function arrive(journal: Journal, tenantId: string | undefined, arrival: Partial<Arrival> = {}): JournalEntry {
  const whole = {
    id: '',
    surface: 'graph',
    redaction: 'denylist',
    method: 'GET',
    url: '/',
    rawHeaders: [],
    batch: undefined
  }
  const entry = journal.open({ ...(whole as Arrival), ...arrival })
  journal.settle(entry, { tenantId, isUnverified: false })
  return entry
}

/** Whenever the body of an entry is looked at. */
function onRead(entry: JournalEntry, read: () => void): void {
  const { body } = entry
  Object.defineProperty(entry, 'body', {
    get: () => {
      read()
      return body
    }
  })
}

t.test('all that is kept of a request is counted, and cut where it is long', async (t) => {
  const [long, wide] = ['x'.repeat(100_000), '☃'.repeat(100_000)]
  const headers = Array.from({ length: 10_000 }, (_, at) => [`h${at}`, 'v']).flat()
  const batch = { batchId: 'b', id: long }
  const cut = /^x{256}… \[cut: 100000 characters in all\]$/
  const rows: [
    name: string,
    arrival: Partial<Arrival>,
    keep: (entry: JournalEntry) => void,
    least: number,
    most: number,
    told: object
  ][] = [
    ['nothing', {}, () => undefined, 500, 1000, {}],
    ['a URL', { url: `/a/${'x'.repeat(60_000)}` }, () => undefined, 60_000, 62_000, { path: /x{60000}$/ }],
    [
      'a long URL',
      { url: `/a/b?c=${long}` },
      () => undefined,
      500,
      1000,
      { path: '/a/b', query: { '… [cut: 100007 characters in all]': '' } }
    ],
    [
      'a long segment',
      { url: `/a/${long}/b`, batch: { batchId: 'b', id: '1' } },
      () => undefined,
      500,
      1100,
      { path: '/a/… [cut: 100005 characters in all]' }
    ],
    ['headers', { rawHeaders: ['a', 'x'.repeat(9000)] }, () => undefined, 9000, 11_000, { headers: { a: /x{9000}/ } }],
    [
      'a credential',
      { rawHeaders: ['Authorization', long] },
      () => undefined,
      500,
      1100,
      { headers: { authorization: '[redacted]' } }
    ],
    [
      'many headers',
      { rawHeaders: headers },
      () => undefined,
      100_000,
      170_000,
      { headers: { h0: 'v', '…': '[cut: 10000 headers in all]' } }
    ],
    [
      'headers of a part',
      { rawHeaders: ['a', '☃'.repeat(9000)], batch: { batchId: 'b', id: '1' } },
      () => undefined,
      18_000,
      20_000,
      { headers: { a: /☃{9000}/ } }
    ],
    ['the id of a part', { batch }, () => undefined, 500, 1600, { batch: { id: cut } }],
    [
      'a body',
      {},
      (entry) => {
        entry.keepBody(Buffer.from(long))
      },
      65_536,
      68_000,
      { body: /^x{65536}… \[cut: 100000 characters in all\]$/ }
    ],
    [
      'a body of two bytes a character',
      {},
      (entry) => {
        entry.keepBody(wide)
      },
      131_072,
      133_000,
      { body: /^☃{65536}… \[cut/ }
    ],
    [
      'a reason',
      {},
      (entry) => {
        entry.keepRefusal(long, wide, false)
      },
      8192,
      11_000,
      { code: cut, reason: /^☃{4096}… \[cut: 100000 / }
    ]
  ]
  for (const [name, arrival, keep, least, most, told] of rows) {
    const journal = journalOf()
    const entry = arrive(journal, 'a', arrival)
    keep(entry)
    t.ok(entry.bytes >= least && entry.bytes <= most, `${name}: ${entry.bytes} bytes`)
    t.match(journal.list('a').requests, [told], name)
    journal.close(entry, ENDED)
    t.match(journal.list('a').requests, [told], `${name}, over`)
  }
  t.end()
})

t.test('a body that is long and no UTF-8, no JSON, or a form', async (t) => {
  const journal = journalOf()
  arrive(journal, 'a').keepBody(Buffer.alloc(100_000, 0xff))
  const form = { redaction: 'allowlist' as const, rawHeaders: ['Content-Type', 'application/x-www-form-urlencoded'] }
  arrive(journal, 'a').keepBody(`password=${'x'.repeat(100_000)}`)
  arrive(journal, 'a', form).keepBody(`scope=a&password=geheim&username=${'x'.repeat(100_000)}`)
  t.match(journal.list('a').requests, [
    { body: '[100000 bytes that are no UTF-8]' },
    { body: '[redacted]' },
    { body: { scope: 'a', password: '[redacted]', username: /^x+… \[cut: 100033 characters in all\]$/ } }
  ])
  t.end()
})

t.test('who holds most bytes is the first to lose an entry', async (t) => {
  const journal = journalOf({ maxBytes: 40_000 })
  arrive(journal, 'small').keepBody('x'.repeat(5000))
  for (let request = 0; request < 10; request++) arrive(journal, 'large').keepBody('x'.repeat(8000))
  arrive(journal, undefined).keepBody('x'.repeat(3000))
  t.match(journal.count('small'), { count: 1, dropped: 0 })
  t.match(journal.count('large'), { count: 3, dropped: 7 })
  t.match(journal.count(undefined), { count: 5, dropped: 7 })
  t.end()
})

interface Item extends RingItem {
  owner: string | undefined
  sequence: number
}

function isSame(items: readonly Item[], others: readonly Item[]): boolean {
  return items.length === others.length && items.every((item, at) => item === others[at])
}

const owner = fc.constantFrom('a', 'b', 'c', undefined)
const operation = fc.oneof(
  { weight: 9, arbitrary: fc.record({ add: owner, bytes: fc.integer({ min: 1, max: 50 }), late: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ grow: fc.nat(40), bytes: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.record({ clear: fc.oneof(owner, fc.constant('nobody')) }) }
)

t.test('a ring holds what a plain list of items holds', async (t) => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80 }), (operations) => {
      const ring = new Ring<Item>({ size: 6, maxBytes: 200 })
      let kept: Item[] = []
      const added: Item[] = []
      const dropped = new Map<string | undefined, number>()
      const bytesOf = (whose: string | undefined) =>
        kept.filter(({ owner }) => owner === whose).reduce((sum, { bytes }) => sum + bytes, 0)
      const drop = (whose: string | undefined) => {
        const oldest = kept.find(({ owner }) => owner === whose)
        kept = kept.filter((item) => item !== oldest)
        dropped.set(whose, (dropped.get(whose) ?? 0) + 1)
      }
      const keepWithinBytes = () => {
        while (kept.reduce((sum, { bytes }) => sum + bytes, 0) > 200) {
          const owners = [...new Set(kept.map(({ owner }) => owner))]
          const most = Math.max(...owners.map(bytesOf))
          const heaviest = owners.filter((whose) => bytesOf(whose) === most)
          // Of equals the ring may choose.
          drop(heaviest.find((whose) => ring.droppedOf(whose) > (dropped.get(whose) ?? 0)))
        }
      }
      for (const step of operations) {
        if ('add' in step) {
          // Some come later than those that arrived after them.
          const sequence = 100 + added.length * 3 - step.late * 4
          const item: Item = { owner: step.add, sequence, bytes: step.bytes, place: 'coming' }
          if (added.some(({ sequence }) => sequence === item.sequence)) continue
          added.push(item)
          ring.add(item)
          kept = [...kept, item].sort((a, b) => a.sequence - b.sequence)
          if (kept.filter(({ owner }) => owner === step.add).length > 6) drop(step.add)
          keepWithinBytes()
        } else if ('grow' in step) {
          const item = added[step.grow]
          if (!item) continue
          ring.grow(item, step.bytes)
          keepWithinBytes()
        } else if (step.clear === undefined) {
          ring.clear()
          kept = []
          dropped.clear()
        } else {
          ring.clearOf(step.clear, ({ sequence }) => sequence % 2 === 0)
          kept = kept.filter(
            ({ owner, sequence }) => owner !== step.clear && (owner !== undefined || sequence % 2 === 1)
          )
          dropped.delete(step.clear)
        }
        if (!isSame(ring.all(), kept)) return false
        for (const whose of ['a', 'b', 'c', undefined]) {
          const theirs = kept.filter(({ owner }) => owner === whose)
          if (!isSame(ring.itemsOf(whose), theirs)) return false
          if (ring.droppedOf(whose) !== (dropped.get(whose) ?? 0)) return false
        }
        if (ring.dropped !== [...dropped.values()].reduce((sum, count) => sum + count, 0)) return false
        if (added.some((item) => (ring.item(item) === item) !== kept.includes(item))) return false
      }
      return true
    }),
    { numRuns: 500 }
  )
  t.end()
})

t.test('a long list is sent in pieces', async (t) => {
  const { mock, call } = await testApp(t)
  const body = JSON.stringify({ a: 'x'.repeat(60_000) })
  for (let request = 0; request < 12; request++) await call('PATCH', SETTINGS, { body })
  await call('GET', '/beta/gadgets')
  for (const [method, url, payload] of [
    ['GET', ALL, undefined],
    ['GET', '/_mock/tenants/default/requests', undefined],
    ['POST', `${ALL}/wait`, { count: 13 }]
  ] as const) {
    const answer = await call(method, url, payload && { body: payload })
    t.equal(answer.headers['content-type'], 'application/json; charset=utf-8', url)
    t.equal(answer.headers['content-length'], undefined, url)
    t.strictSame(answer.json(), mock.journal.list(undefined), url)
  }
  t.equal((await call('HEAD', ALL)).body, '')
  const short = await call('GET', `${ALL}/unmatched`)
  t.equal(short.headers['content-length'], String(short.body.length))
  t.strictSame(short.json(), mock.journal.unmatched(undefined).list())
  t.end()
})

t.test('what the journal loses while its list is read is left out, and kept by nobody', async (t) => {
  const journal = journalOf({ size: 3 })
  for (let request = 0; request < 3; request++) arrive(journal, 'a')
  const pieces = journal.find('a').json()
  const first = pieces.next().value
  arrive(journal, 'a')
  arrive(journal, 'a')
  t.match(JSON.parse([first, ...pieces].join('')), { requests: [{ sequence: 1 }, { sequence: 3 }], dropped: 0 })
  const cleared = journal.find(undefined).json()
  journal.clear(undefined)
  t.equal([...cleared].join(''), '{"requests":[],"dropped":2}')
  t.end()
})

t.test('a client that leaves ends its list', async (t) => {
  const { server, port } = await startTestServer(t)
  const { journal } = server.mock
  let read = 0
  for (let request = 0; request < 300; request++) {
    const entry = arrive(journal, 'a')
    entry.keepBody('x'.repeat(60_000))
    onRead(entry, () => read++)
  }
  await new Promise<void>((resolve) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port, path: ALL, agent: false }, (incoming) => {
      incoming.once('data', () => {
        incoming.destroy()
        outgoing.destroy()
        resolve()
      })
    }).end()
  })
  await server.close()
  t.ok(read > 0 && read < 300, `${read} of 300 were read`)
})

/** The deadlines of waits come no nearer while a test runs. */
function stopTime(t: Test): void {
  t.intercept(performance, 'now', { value: () => 0 })
}

t.test('how many may wait', async (t) => {
  stopTime(t)
  const journal = journalOf()
  const wanted = readWait({ path: '/never', timeout: 'PT10S' })
  const waits = Array.from({ length: 100 }, () => journal.wait('a', wanted))
  t.throws(() => journal.wait('a', wanted), {
    name: 'TooManyWaits',
    message: '100 waits for requests of this tenant are open, which are the most',
    retryAfter: 10
  })
  waits.pop()?.cancel()
  waits.push(journal.wait('a', wanted))
  for (let wait = 0; wait < 100; wait++) waits.push(journal.wait(undefined, wanted))
  t.throws(() => journal.wait(undefined, wanted), {
    message: '100 waits for requests of all tenants together are open, which are the most'
  })
  for (let tenant = 0; tenant < 8; tenant++) {
    for (let wait = 0; wait < 100; wait++) waits.push(journal.wait(`t${tenant}`, wanted))
  }
  t.throws(() => journal.wait('b', wanted), { message: '1000 waits for requests are open, which are the most' })
  for (const { cancel } of waits) cancel()
  t.notOk(journal.hasWaits)

  const long = readWait({ body: { a: 'x'.repeat(60_000) } })
  const many = Array.from({ length: 34 }, (_, tenant) => journal.wait(`t${tenant}`, long))
  t.throws(() => journal.wait('b', long), {
    message: 'the waits that are open ask for too much to take one more',
    retryAfter: 5
  })
  many.pop()?.cancel()
  many.push(journal.wait('b', long))
  for (const { cancel } of many) cancel()
  t.throws(() => readWait({ body: 'x'.repeat(70_000) }), {
    name: 'RangeError',
    message: 'what is waited for has 70011 characters; 65536 are the most'
  })
  t.end()
})

t.test('one wait too many is refused', async (t) => {
  stopTime(t)
  const { mock, call } = await testApp(t)
  const path = '/_mock/tenants/default/requests/wait'
  const wanted = readWait({ path: '/never', timeout: 'PT20S' })
  const open = Array.from({ length: 100 }, () => mock.journal.wait(DEFAULT_TENANT, wanted))
  const answer = await call('POST', path, { body: {} })
  t.equal(answer.statusCode, 429)
  t.equal(answer.headers['retry-after'], '20')
  t.strictSame(answer.json(), {
    type: 'about:blank',
    title: 'Too Many Requests',
    status: 429,
    detail: '100 waits for requests of this tenant are open, which are the most.'
  })
  t.match((await call('POST', path, { body: { body: 'x'.repeat(70_000) } })).json(), {
    status: 400,
    detail: 'what is waited for has 70011 characters; 65536 are the most.'
  })
  t.match((await call('POST', path, { body: { path: 'x'.repeat(8193) } })).json(), {
    status: 400,
    detail: 'path must have at most 8192 characters.'
  })
  for (const { cancel } of open) cancel()

  await using graph = await startGraphMock({ logLevel: 'silent' })
  const tenant = graph.tenant()
  const waits = Array.from({ length: 100 }, () => t.rejects(tenant.requests.waitFor({}), { name: 'WaitClosed' }))
  await t.rejects(tenant.requests.waitFor({}), { name: 'TooManyWaits' })
  await graph.close()
  await Promise.all(waits)
})

t.test('a request that is over is read once for all who wait, and not for those of other tenants', async (t) => {
  const journal = journalOf()
  const wait = (tenant: string | undefined) => journal.wait(tenant, readWait({ body: { a: 2 } }))
  const entry = arrive(journal, 'a')
  entry.keepBody('{"a":1}')
  let reads = 0
  onRead(entry, () => reads++)
  const others = Array.from({ length: 20 }, () => wait('b'))
  journal.close(entry, ENDED)
  t.equal(reads, 0)
  const waits = Array.from({ length: 20 }, () => [wait('a'), wait(undefined)]).flat()
  const next = arrive(journal, 'a')
  next.keepBody('{"a":1}')
  onRead(next, () => reads++)
  reads = 0
  journal.close(next, ENDED)
  t.equal(reads, 1)
  for (const { cancel } of [...others, ...waits]) cancel()
  t.end()
})

t.test('a reset takes back what has come for a wait', async (t) => {
  const rows: [
    name: string,
    waited: string | undefined,
    before: (string | undefined)[],
    reset: string | undefined,
    after: (string | undefined)[],
    met: boolean
  ][] = [
    ['of its tenant', 'a', ['a'], 'a', ['a'], false],
    ['of its tenant, and enough afterwards', 'a', ['a'], 'a', ['a', 'a'], true],
    ['of all', 'a', ['a'], undefined, ['a'], false],
    ['of another tenant', 'a', ['a'], 'b', ['a'], true],
    ['of a tenant, waited for all', undefined, ['a'], 'a', ['b'], false],
    ['of another tenant, waited for all', undefined, ['a'], 'b', ['b'], true],
    ['of all, waited for all', undefined, ['a'], undefined, ['b'], false],
    [
      'of all, waited for all, and enough afterwards',
      undefined,
      ['a', undefined],
      undefined,
      ['b', undefined, 'a'],
      true
    ]
  ]
  for (const isWaiting of [false, true]) {
    for (const [name, waited, before, reset, after, met] of rows) {
      const journal = journalOf()
      const count = name.includes('undefined') ? 3 : before.length + 1
      const come = (tenant: string | undefined) => {
        journal.close(arrive(journal, tenant), ENDED)
      }
      if (!isWaiting) for (const tenant of before) come(tenant)
      const { found, cancel } = journal.wait(waited, readWait({ count }))
      if (isWaiting) for (const tenant of before) come(tenant)
      journal.clear(reset)
      for (const tenant of after) come(tenant)
      t.equal(!journal.hasWaits, met, `${name}, ${isWaiting ? 'come meanwhile' : 'there before'}`)
      if (met) t.ok((await found).list().requests.length >= Math.min(count, after.length))
      cancel()
    }
  }
})

t.test('over the surface', async (t) => {
  const { mock, call } = await testApp(t)
  await call('GET', SETTINGS)
  const waiting = call('POST', '/_mock/tenants/default/requests/wait', { body: { count: 2 } })
  await until(() => mock.journal.hasWaits)
  await call('POST', '/_mock/tenants/default/reset')
  await call('GET', SETTINGS)
  t.ok(mock.journal.hasWaits, 'one request is not two')
  await call('GET', SETTINGS)
  t.match((await waiting).json(), { requests: [{ sequence: 2 }, { sequence: 3 }] })
})

t.test('of many large requests not all are read at once for who waits', async (t) => {
  const fill = (): Journal => {
    const journal = journalOf()
    for (let request = 0; request < 60; request++) {
      const entry = arrive(journal, request % 2 === 0 ? 'a' : 'b')
      entry.keepBody(JSON.stringify({ a: 'x'.repeat(60_000) }))
      journal.close(entry, ENDED)
    }
    return journal
  }
  const wait = (journal: Journal, options: object = {}) =>
    journal.wait(undefined, readWait({ body: { a: 'x'.repeat(60_000) }, count: 60, timeout: 'PT0S', ...options }))
  const come = (journal: Journal) => {
    const entry = arrive(journal, 'a')
    entry.keepBody(JSON.stringify({ a: 'x'.repeat(60_000) }))
    journal.close(entry, ENDED)
  }

  const whole = fill()
  const { found } = wait(whole)
  t.ok(whole.hasWaits, 'some are still to be read')
  t.strictSame((await found).list(), whole.list(undefined))

  const more = fill()
  const meanwhile = wait(more, { count: 61 })
  come(more)
  t.equal((await meanwhile.found).list().requests.length, 61, 'what comes meanwhile counts, once')
  const late = wait(more, { count: 62 }).found
  await t.rejects(late, { message: /^61 of 62 matching requests were over within PT0S; / })

  const cleared = fill()
  const without = wait(cleared, { count: 30 })
  cleared.clear('a')
  t.match((await without.found).list().requests.length, 30, 'the others')
  const cancelled = fill()
  wait(cancelled).cancel()
  t.notOk(cancelled.hasWaits)
  t.equal((await wait(cancelled).found).list().requests.length, 60, 'one that is cancelled keeps no other waiting')
  const closed = fill()
  const ended = wait(closed).found
  closed.closeWaits()
  await t.rejects(ended, { name: 'WaitClosed' })
})

t.test('what comes nearest is looked for among so many bytes', async (t) => {
  const journal = journalOf()
  for (let request = 0; request < 100; request++) arrive(journal, 'a').keepBody('x'.repeat(60_000))
  const { found } = journal.wait('a', readWait({ body: { a: { b: 'y'.repeat(5000) } }, timeout: 'PT0S' }))
  const { misses } = (await found.catch((error: unknown) => error)) as UnmetWait
  t.strictSame(
    misses.map(({ sequence }) => sequence),
    [100, 99, 98, 97, 96]
  )
  for (const path of ['/first', ...Array<string>(70).fill('/other')])
    arrive(journal, 'b', { url: path }).keepBody('x'.repeat(60_000))
  const late = journal.wait('b', readWait({ method: 'PUT', path: '/first', status: 200, timeout: 'PT0S' }))
  const message = await late.found.catch(String)
  t.match(
    message,
    /#171 GET \/other → pending\n +not finished yet\n(?:.*\n){2} +status was none \(pending\), not 200\n/
  )
  t.notMatch(message, /GET \/first/, 'too far back')
})

t.test('the totals tell paths without secrets, and not at any length', async (t) => {
  const { mock, call } = await testApp(t)
  await call('GET', '/beta/gadgets/eyJa.b.c')
  await call('GET', `/beta/${'x'.repeat(1000)}`)
  t.match(mock.journal.totals.unmatched.paths, [
    { path: '/beta/gadgets/[redacted]' },
    { path: /^\/beta\/x{250}… \[cut: 1006 characters in all\]$/ }
  ])
})
