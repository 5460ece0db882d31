import t from 'tap'
import { parseFilter, parseOrderBy } from '../../../../src/graph/odata/query/parse/parse-expression.js'
import { QueryError } from '../../../../src/graph/odata/query/query-error.js'
import { bare } from '../bare.js'

t.test('mistakes, with the place where they are', (t) => {
  const at = (position: number) => `Syntax error at position ${position} in `
  const rows: readonly (readonly [filter: string, message: string, position: number])[] = [
    // Captured: microsoft-graph-explorer-v4#3227
    ["jobtitle ge '!' , accountenabled eq true", at(17), 17],
    ['displayName eq', 'Expression expected at position 14 in ', 14],
    ['', 'Expression expected at position 0 in ', 0],
    ['   ', 'Expression expected at position 3 in ', 3],
    ['a eq 1)', at(7), 7],
    ['a eq 1 b', at(8), 8],
    ['a b', at(3), 3],
    ['a eq 1 2', at(8), 8],
    ["a eq 'x' 'y'", at(12), 12],
    ['startswith (a,b)', at(12), 12],
    ['(a eq 1', "')' or operator expected at position 7 in ", 7],
    ['(a eq 1,2)', "')' or operator expected at position 7 in ", 7],
    ['()', 'Expression expected at position 1 in ', 1],
    ['a in (1', "')' or ',' expected at position 7 in ", 7],
    ['a in (1,)', 'Expression expected at position 8 in ', 8],
    ['a in', 'Expression expected at position 4 in ', 4],
    ['contains(a', "')' or ',' expected at position 10 in ", 10],
    ['contains(a b)', "')' or ',' expected at position 11 in ", 11],
    ['x/any(y y eq 1)', at(9), 9],
    ['x/any(y:y eq 1', "')' or ',' expected at position 14 in ", 14],
    ['x/any(y:)', 'Expression expected at position 8 in ', 8],
    ["a eq 'x", 'There is an unterminated string literal at position 7 in ', 7],
    ["a eq 'x''", 'There is an unterminated string literal at position 9 in ', 9],
    ["a eq n.e'x", 'There is an unterminated literal at position 10 in ', 10],
    ['a eq 1.', 'A digit was expected at position 7 in ', 7],
    ['a eq 1..2', 'A digit was expected at position 7 in ', 7],
    ['a eq 1e', 'A digit was expected at position 7 in ', 7],
    ['a eq 1e+', 'A digit was expected at position 8 in ', 8],
    ["a eq duration'x'", "Unrecognized 'Edm.Duration' literal 'duration'x'' at '5' in ", 5],
    ["a eq duration'P'", "Unrecognized 'Edm.Duration' literal 'duration'P'' at '5' in ", 5],
    ["a eq binary'!'", "Unrecognized 'Edm.Binary' literal 'binary'!'' at '5' in ", 5],
    ['a eq + 1', "Syntax error: character '+' is not valid at position 5 in ", 5],
    ['a eq "x"', "Syntax error: character '\"' is not valid at position 5 in ", 5],
    ['a = 1', at(3), 3],
    ['a == 1', at(3), 3],
    ['a eq 1; b', "Syntax error: character ';' is not valid at position 6 in ", 6],
    ['a eq .5', "Syntax error: character '.' is not valid at position 5 in ", 5],
    ['a.', "Syntax error: character '.' is not valid at position 1 in ", 1],
    ['a. eq 1', "Syntax error: character '.' is not valid at position 1 in ", 1],
    ['a eq 😀', "Syntax error: character '😀' is not valid at position 5 in ", 5],
    ['a eq \0', "Syntax error: character '\0' is not valid at position 5 in ", 5],
    ['a eq @', at(6), 6],
    ['a eq @1', "Syntax error: character '1' is not valid at position 6 in ", 6],
    ['a eq *', 'Expression expected at position 5 in ', 5],
    ['a eq [1]', 'Expression expected at position 5 in ', 5],
    ['a eq -', 'Expression expected at position 6 in ', 6],
    ['not', 'Expression expected at position 3 in ', 3],
    ['a eq 2024-13-01', at(12), 12],
    ['a eq 12345678-1234-1234-1234-1234567890123', at(18), 18],
    ['a eq 2024-02-30T', 'The DateTimeOffset text', 5]
  ]
  for (const [filter, message, position] of rows) {
    const full = message.endsWith(' in ') ? `${message}'${filter}'.` : message
    try {
      parseFilter(filter)
      t.fail(filter)
    } catch (error) {
      if (!(error instanceof QueryError)) throw error
      t.ok(error.message.startsWith(full), `${filter}: ${error.message}`)
      t.equal(error.position, position, filter)
    }
  }
  t.end()
})

t.test('mistakes that say no more than what is wrong', (t) => {
  const rows: readonly (readonly [filter: string, message: string])[] = [
    ['a/', 'An identifier was expected at position 2.'],
    ['a/1', 'An identifier was expected at position 2.'],
    ['x/any(', 'An identifier was expected at position 6.'],
    ['x/any(1:a)', 'An identifier was expected at position 6.'],
    ['x/any(y:y/z/any(y:y eq 1))', "The range variable 'y' has already been declared."],
    [
      'a/contains(b)',
      "An unknown function with name 'contains' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed."
    ],
    [
      'isof()',
      "The Cast or IsOf expression has an invalid number of operands: number of operands is '0' and it should be 1 or 2."
    ],
    [
      'cast(a,b,c)',
      "The Cast or IsOf expression has an invalid number of operands: number of operands is '3' and it should be 1 or 2."
    ],
    ['isof(a)', 'Cast or IsOf Function must have a type in its arguments.'],
    ['isof(a,5)', 'Cast or IsOf Function must have a type in its arguments.'],
    ['isof(a,n.b/c)', 'Cast or IsOf Function must have a type in its arguments.'],
    ['isof($it)', 'Cast or IsOf Function must have a type in its arguments.'],
    ['a eq [1', 'Found an unbalanced bracket expression.'],
    // Captured: OpenAEV-Platform/collectors#564
    [
      'createdDateTime ge 2026-07-01T00:00:00',
      "The DateTimeOffset text '2026-07-01T00:00:00' should be in format 'yyyy-mm-ddThh:mm:ss('.'s+)?(zzzzzz)?' and each field value is within valid range."
    ]
  ]
  for (const [filter, message] of rows) t.throws(() => parseFilter(filter), { name: 'QueryError', message }, filter)
  // Captured: AzureAD/MSIdentityTools#54
  const escaped =
    "(appid eq 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c' or appid eq '04b07795-8ddb-461a-bbee-02f9e1bf7b46' or appid eq '1950a258-227b-4e31-a9cf-717495945fc2') and status/errorcode%20eq%200%20&$top=1"
  t.throws(() => parseFilter(escaped), {
    message: `Syntax error: character '%' is not valid at position 172 in '${escaped}'.`
  })
  t.end()
})

t.test('nesting is bounded, length is not', (t) => {
  const tooDeep = { name: 'QueryError', message: 'Recursion depth exceeded allowed limit.' }
  const bombs = [
    '('.repeat(10_000),
    'not '.repeat(10_000),
    '-'.repeat(10_000),
    'contains('.repeat(10_000),
    Array.from({ length: 10_000 }, (_, at) => `x/any(v${at}:`).join(''),
    `a${' add 1'.repeat(10_000)}`,
    `a${' eq 1'.repeat(10_000)}`,
    `a in (${'('.repeat(10_000)}`,
    // Chains within chains, none of which is too long by itself.
    `${'('.repeat(60)}a${' add 1'.repeat(60)}${`)${' add 1'.repeat(60)}`.repeat(60)}`
  ]
  for (const bomb of bombs) t.throws(() => parseFilter(bomb), tooDeep, bomb.slice(0, 20))
  const deep = `${'('.repeat(90)}a${')'.repeat(90)} eq ${'not '.repeat(90)}b`
  t.equal(parseFilter(deep).kind, 'binary')
  const long = Array.from({ length: 5000 }, (_, at) => `displayName eq '${at}'`).join(' or ')
  const parsed = parseFilter(long)
  t.equal(parsed.kind === 'or' && parsed.operands.length, 5000)
  const list = parseFilter(`id in (${Array.from({ length: 5000 }, (_, at) => `'${at}'`).join(',')})`)
  t.equal(list.kind === 'in' && (list.list as unknown[]).length, 5000)
  t.end()
})

t.test('trees', (t) => {
  const path = (...names: string[]) => ({
    kind: 'path',
    root: undefined,
    segments: names.map((name) => ({ kind: name.includes('.') ? 'cast' : 'property', name }))
  })
  const literal = (type: string, value: string) => ({ kind: 'literal', type, value })
  const rows: readonly (readonly [filter: string, tree: unknown])[] = [
    ["a eq 'O''B'", { kind: 'binary', operator: 'eq', left: path('a'), right: literal('Edm.String', "O'B") }],
    ['a/b/c', path('a', 'b', 'c')],
    ['microsoft.graph.user/mail', path('microsoft.graph.user', 'mail')],
    ['@odata.type', { kind: 'path', root: undefined, segments: [{ kind: 'property', name: '@odata.type' }] }],
    ['-INFO', { kind: 'negate', operand: path('INFO') }],
    ['$it', { kind: 'path', root: '$it', segments: [] }],
    ['a/$count', { kind: 'count', source: path('a') }],
    ['a/any()', { kind: 'any', source: path('a'), variable: undefined, predicate: undefined }],
    [
      'a/b/ALL(x:x)',
      {
        kind: 'all',
        source: path('a', 'b'),
        variable: 'x',
        predicate: { kind: 'path', root: 'x', segments: [] }
      }
    ],
    ['a/any', path('a', 'any')],
    ['@p', { kind: 'alias', name: '@p' }],
    ['StartsWith(a,@p)', { kind: 'call', name: 'startswith', arguments: [path('a'), { kind: 'alias', name: '@p' }] }],
    ['Own(a)', { kind: 'call', name: 'Own', arguments: [path('a')] }],
    ['now()', { kind: 'call', name: 'now', arguments: [] }],
    ['IsOf(a,n.b)', { kind: 'isof', operand: path('a'), type: 'n.b' }],
    ["cast('Edm.String')", { kind: 'cast', operand: undefined, type: 'Edm.String' }],
    ['not a', { kind: 'not', operand: path('a') }],
    ['- a', { kind: 'negate', operand: path('a') }],
    ['a and b and c', { kind: 'and', operands: [path('a'), path('b'), path('c')] }],
    ['a or b and c', { kind: 'or', operands: [path('a'), { kind: 'and', operands: [path('b'), path('c')] }] }],
    ['a in b', { kind: 'in', operand: path('a'), list: path('b') }],
    ['a in (1)', { kind: 'in', operand: path('a'), list: [literal('Edm.Int32', '1')] }],
    [
      "a HAS n.e'x,y'",
      { kind: 'binary', operator: 'has', left: path('a'), right: { kind: 'enum', type: 'n.e', value: 'x,y' } }
    ],
    [
      'a sub b sub c',
      {
        kind: 'binary',
        operator: 'sub',
        left: { kind: 'binary', operator: 'sub', left: path('a'), right: path('b') },
        right: path('c')
      }
    ],
    ['TRUE', literal('Edm.Boolean', 'true')],
    ['Null', literal('null', 'null')],
    ['true/x', path('true', 'x')],
    ['INF', literal('Edm.Double', 'INF')],
    ['-INF', literal('Edm.Double', '-INF')],
    ['NaN', literal('Edm.Double', 'NaN')],
    ['-5', literal('Edm.Int32', '-5')],
    ['2147483647', literal('Edm.Int32', '2147483647')],
    ['2147483648', literal('Edm.Int64', '2147483648')],
    ['-2147483648', literal('Edm.Int32', '-2147483648')],
    ['9223372036854775808', literal('Edm.Decimal', '9223372036854775808')],
    ['1.5', literal('Edm.Single', '1.5')],
    ['0.0000000001', literal('Edm.Single', '0.0000000001')],
    ['1.23456789', literal('Edm.Double', '1.23456789')],
    ['1.2345678901234567', literal('Edm.Decimal', '1.2345678901234567')],
    ['1.234567890123456789012345678901', literal('Edm.Double', '1.234567890123456789012345678901')],
    ['1E-5', literal('Edm.Double', '1E-5')],
    ['2024-01-01', literal('Edm.Date', '2024-01-01')],
    ['2024-01-01T00:00Z', literal('Edm.DateTimeOffset', '2024-01-01T00:00Z')],
    ['12:30', literal('Edm.TimeOfDay', '12:30')],
    ["Duration'-P1DT1.5S'", literal('Edm.Duration', '-P1DT1.5S')],
    ["binary''", literal('Edm.Binary', '')],
    ['184EFA21-98c3-4e5d-95ab-d07053a96e67', literal('Edm.Guid', '184efa21-98c3-4e5d-95ab-d07053a96e67')],
    ['a84efa21-98c3-4e5d-95ab-d07053a96e67', literal('Edm.Guid', 'a84efa21-98c3-4e5d-95ab-d07053a96e67')],
    ['12345678-9abc-def0-1234-56789abcdef0', literal('Edm.Guid', '12345678-9abc-def0-1234-56789abcdef0')],
    ['𝔸ß_1', path('𝔸ß_1')]
  ]
  for (const [filter, tree] of rows) t.same(bare(parseFilter(filter)), tree, filter)
  t.end()
})

t.test('nodes know where they begin', (t) => {
  const tree = parseFilter(" a/b eq 1 and not c/any(x:x eq 'y')")
  t.match(tree, {
    kind: 'and',
    position: 1,
    operands: [
      { position: 1, left: { position: 1, segments: [{ position: 1 }, { position: 3 }] }, right: { position: 8 } },
      { kind: 'not', position: 14, operand: { position: 18, predicate: { position: 26, right: { position: 31 } } } }
    ]
  })
  t.end()
})

t.test('$orderby', (t) => {
  const rows: readonly (readonly [
    orderby: string,
    order: readonly (readonly [kind: string, descending: boolean])[]
  ])[] = [
    ['a', [['path', false]]],
    [
      'a asc,b/c DESC , length(d) desc',
      [
        ['path', false],
        ['path', true],
        ['call', true]
      ]
    ],
    ['desc desc', [['path', true]]],
    ['a/$count', [['count', false]]]
  ]
  for (const [text, order] of rows) {
    t.same(
      parseOrderBy(text).map(({ expression, descending }) => [expression.kind, descending]),
      order,
      text
    )
  }
  const mistakes: readonly (readonly [orderby: string, message: string])[] = [
    ['', "Expression expected at position 0 in ''."],
    ['a,', "Expression expected at position 2 in 'a,'."],
    ['a up', "Syntax error at position 4 in 'a up'."],
    ['a desc desc', "Syntax error at position 11 in 'a desc desc'."],
    // Captured: pnp/pnpjs#2316
    [
      'lastUsed%2FlastAccessedDateTime desc',
      "Syntax error: character '%' is not valid at position 8 in 'lastUsed%2FlastAccessedDateTime desc'."
    ]
  ]
  for (const [text, message] of mistakes) t.throws(() => parseOrderBy(text), { message }, text)
  t.end()
})
