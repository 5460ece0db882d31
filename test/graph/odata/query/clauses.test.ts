import t from 'tap'
import { parseExpand } from '../../../../src/graph/odata/query/parse/parse-expand.js'
import { parseSearch } from '../../../../src/graph/odata/query/parse/parse-search.js'
import { parseSelect } from '../../../../src/graph/odata/query/parse/parse-select.js'
import { bare } from '../bare.js'

t.test('$select', (t) => {
  const rows: readonly (readonly [select: string, paths: readonly string[]])[] = [
    ['', []],
    ['  ', []],
    ['id', ['id']],
    [' id , displayName ', ['id', 'displayName']],
    ['id,', ['id']],
    ['*', ['*']],
    ['a,b,*', ['a', 'b', '*']],
    ['a/b,a/c/d', ['a/b', 'a/c/d']],
    ['microsoft.graph.user/mail', ['microsoft.graph.user/mail']],
    ['@odata.type', ['@odata.type']],
    ['extension_0a1b_note', ['extension_0a1b_note']],
    ['not,and,eq', ['not', 'and', 'eq']]
  ]
  for (const [text, paths] of rows) {
    t.same(
      parseSelect(text).map(({ segments }) => segments.join('/')),
      paths,
      text
    )
  }
  t.same(
    parseSelect('id, name').map(({ position }) => position),
    [0, 4]
  )
  const mistakes: readonly (readonly [select: string, message: string])[] = [
    ['a,,b', 'An identifier was expected at position 2.'],
    [',', 'An identifier was expected at position 0.'],
    ['a/', 'An identifier was expected at position 2.'],
    ['a/*', 'An identifier was expected at position 2.'],
    ['1', 'An identifier was expected at position 0.'],
    ["'id'", 'An identifier was expected at position 0.'],
    ['id displayName', "Term 'id displayName' is not valid in a $select or $expand expression."],
    ['*/a', "Term '*/a' is not valid in a $select or $expand expression."],
    ['address($select=city)', "Term '($select=city)' is not valid in a $select or $expand expression."],
    ['address($select=city', 'Found an unbalanced bracket expression.'],
    ['$count', "Found system token '$count' in select or expand clause '$count'."],
    ['id;name', "Syntax error: character ';' is not valid at position 2 in 'id;name'."],
    [Array.from({ length: 101 }, () => 'a').join('/'), 'Recursion depth exceeded allowed limit.']
  ]
  for (const [text, message] of mistakes) t.throws(() => parseSelect(text), { name: 'QueryError', message }, text)
  t.end()
})

t.test('$expand', (t) => {
  const plain = (path: string, form = 'entities', options = {}) => ({ segments: path.split('/'), form, options })
  const rows: readonly (readonly [expand: string, items: readonly unknown[]])[] = [
    ['', []],
    ['members', [plain('members')]],
    ['members,owners,', [plain('members'), plain('owners')]],
    ['*', [plain('*')]],
    ['*/$ref', [plain('*', 'references')]],
    ['members/$ref', [plain('members', 'references')]],
    ['members/$count', [plain('members', 'count')]],
    ['microsoft.graph.user/manager', [plain('microsoft.graph.user/manager')]],
    ['a/b', [plain('a/b')]],
    ['m($top=5;$SKIP=2)', [plain('m', 'entities', { top: 5, skip: 2 })]],
    ['m($count=true;$levels=max)', [plain('m', 'entities', { count: true, levels: 'max' })]],
    ['m($levels=3;$count=FALSE)', [plain('m', 'entities', { count: false, levels: 3 })]],
    ['m($select=id,a/b)', [plain('m', 'entities', { select: [{ segments: ['id'] }, { segments: ['a', 'b'] }] })]],
    [
      "m( $filter = a eq ';)' ; $orderby=a desc)",
      [
        plain('m', 'entities', {
          filter: {
            kind: 'binary',
            operator: 'eq',
            left: { kind: 'path', root: undefined, segments: [{ kind: 'property', name: 'a' }] },
            right: { kind: 'literal', type: 'Edm.String', value: ';)' }
          },
          orderby: [
            {
              expression: { kind: 'path', root: undefined, segments: [{ kind: 'property', name: 'a' }] },
              descending: true
            }
          ]
        })
      ]
    ],
    ['m($search=")\\");" AND b)', [plain('m', 'entities', { search: bare(parseSearch('")\\");" AND b')) })]],
    [
      'm($expand=n($expand=o;$top=1)),p',
      [plain('m', 'entities', { expand: [plain('n', 'entities', { expand: [plain('o')], top: 1 })] }), plain('p')]
    ]
  ]
  for (const [text, items] of rows) t.same(bare(parseExpand(text)), items, text)
  t.same(bare(parseExpand('fields(select=a;top=1)', { dollarOptional: true })), [
    plain('fields', 'entities', { select: [{ segments: ['a'] }], top: 1 })
  ])
  t.same(bare(parseExpand('m($top=1)', { dollarOptional: true })), [plain('m', 'entities', { top: 1 })])
  t.end()
})

t.test('mistakes in $expand', (t) => {
  const term = (text: string) => `Term '${text}' is not valid in a $select or $expand expression.`
  const missing =
    "Missing expand option on navigation property 'm'. If a parenthesis expression follows an expanded navigation property, then at least one expand option must be provided."
  const rows: readonly (readonly [expand: string, message: string])[] = [
    // Captured: msgraph-sdk-javascript#466
    ['fields(select=ProjectNumber,FileLeafRef,DocumentType)', term('(select=ProjectNumber,FileLeafRef,DocumentType)')],
    // Captured: microsoft-graph-docs#8881
    ['fields(select=Column1', 'Found an unbalanced bracket expression.'],
    // Captured: msgraph-sdk-dotnet#1081
    [
      "singleValueExtendedProperties($filter=Id+eq+'String+0x001A')",
      "Syntax error: character '+' is not valid at position 2 in 'Id+eq+'String+0x001A''."
    ],
    ['m()', missing],
    ['m( )', term('( )')],
    ['m(;)', term('(;)')],
    ['m($top)', term('($top)')],
    ['m($foo=1)', term('($foo=1)')],
    ['m($compute=1)', term('($compute=1)')],
    ['m($top=1)x', term('m($top=1)x')],
    ["m($filter=a eq 'x)", 'Found an unbalanced bracket expression.'],
    ['m($top=1', 'Found an unbalanced bracket expression.'],
    ['m n', term('m n')],
    ['m($top=x)', "Top option must be a non-negative integer, it is set to 'x' instead."],
    ['m($skip=-1)', "Skip option must be a non-negative integer, it is set to '-1' instead."],
    ['m($levels=all)', "Levels option must be a non-negative integer or 'max', it is set to 'all' instead."],
    ['m($count=1)', "Count option must be a boolean value, it is set to '1' instead."],
    ['m($top=1;$top=2)', "Query option '$top' was specified more than once, but it must be specified at most once."],
    ['m($filter=a eq)', "Expression expected at position 4 in 'a eq'."],
    ['m($expand=n($top=x))', "Top option must be a non-negative integer, it is set to 'x' instead."],
    ['m/$value', "Found system token '$value' in select or expand clause 'm/$value'."],
    ['m/$ref/n', 'No property is allowed after $ref segment.'],
    ['m/$count/n', 'No property is allowed after $count segment.'],
    ['$ref', 'An identifier was expected at position 0.'],
    ['*/m', 'Only $ref is allowed with star in $expand option.'],
    ['m/*', 'An identifier was expected at position 2.'],
    ['1', 'An identifier was expected at position 0.'],
    [`${'m($expand='.repeat(30)}n${')'.repeat(30)}`, 'Recursion depth exceeded allowed limit.'],
    [Array.from({ length: 101 }, () => 'a').join('/'), 'Recursion depth exceeded allowed limit.']
  ]
  for (const [text, message] of rows) t.throws(() => parseExpand(text), { name: 'QueryError', message }, text)
  t.end()
})

t.test('$search', (t) => {
  const word = (text: string) => ({ kind: 'term', text, quoted: false })
  const phrase = (text: string) => ({ kind: 'term', text, quoted: true })
  const rows: readonly (readonly [search: string, tree: unknown])[] = [
    ['pizza', word('pizza')],
    ['"displayName:room"', phrase('displayName:room')],
    ['"displayName:foo" AND "mail:bar"', { kind: 'and', operands: [phrase('displayName:foo'), phrase('mail:bar')] }],
    ['a OR b OR c', { kind: 'or', operands: [word('a'), word('b'), word('c')] }],
    ['a b', { kind: 'and', operands: [word('a'), word('b')] }],
    ['a NOT b', { kind: 'and', operands: [word('a'), { kind: 'not', operand: word('b') }] }],
    ['NOT a', { kind: 'not', operand: word('a') }],
    ['a or b', { kind: 'and', operands: [word('a'), word('or'), word('b')] }],
    ['a AND b OR c', { kind: 'or', operands: [{ kind: 'and', operands: [word('a'), word('b')] }, word('c')] }],
    ['(a OR b)c', { kind: 'and', operands: [{ kind: 'or', operands: [word('a'), word('b')] }, word('c')] }],
    ['"a \\"b\\" \\\\"', phrase('a "b" \\')],
    ['Zürich', word('Zürich')]
  ]
  for (const [text, tree] of rows) t.same(bare(parseSearch(text)), tree, text)
  const mistakes: readonly (readonly [search: string, message: string])[] = [
    // The second captured: msgraph-sdk-powershell#402
    ['displayName:room', "Syntax error: character ':' is not valid at position 11 in 'displayName:room'."],
    ['Backup Config 0', "Syntax error: character '0' is not valid at position 14 in 'Backup Config 0'."],
    ['', "Expression expected at position 0 in ''."],
    ['a AND', "Expression expected at position 5 in 'a AND'."],
    ['OR', "Expression expected at position 0 in 'OR'."],
    ['(a', "')' or operator expected at position 2 in '(a'."],
    ['a)', "Syntax error at position 2 in 'a)'."],
    ['"a', `There is an unterminated string literal at position 2 in '"a'.`],
    ['a "', `There is an unterminated string literal at position 3 in 'a "'.`],
    ['""', 'An identifier was expected at position 0.'],
    ['"a\\n"', `An unrecognized escape sequence '\\n' was found at position 3 in '"a\\n"'.`],
    ['('.repeat(10_000), 'Recursion depth exceeded allowed limit.'],
    ['NOT '.repeat(10_000), 'Recursion depth exceeded allowed limit.']
  ]
  for (const [text, message] of mistakes) t.throws(() => parseSearch(text), { name: 'QueryError', message }, text)
  const long = parseSearch(Array.from({ length: 5000 }, () => 'a').join(' OR '))
  t.equal(long.kind === 'or' && long.operands.length, 5000)
  t.end()
})
