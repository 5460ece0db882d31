import t from 'tap'
import { parseQueryOptions } from '../../../../src/graph/odata/query/parse/query-options.js'
import { readQueryString } from '../../../../src/graph/odata/query/parse/query-string.js'
import { QueryError, inOption } from '../../../../src/graph/odata/query/query-error.js'

const v1 = { dollarOptional: false }
const beta = { dollarOptional: true }

t.test('a query string taken apart', (t) => {
  const { system, aliases, custom } = readQueryString(
    '$select=id%2CdisplayName&$Filter=a+eq+%27x%2By%27&@p=1&foo=bar&$unknown=1&flag&=x&&select=z',
    v1
  )
  t.same(
    [...system],
    [
      ['select', { text: 'id,displayName', dollar: true }],
      ['filter', { text: "a eq 'x+y'", dollar: true }]
    ]
  )
  t.same([...aliases], [['@p', '1']])
  t.same(
    [...custom],
    [
      ['foo', 'bar'],
      ['$unknown', '1'],
      ['flag', ''],
      ['select', 'z']
    ]
  )
  t.same(
    [...readQueryString('filter=a&$top=1&%24skip=2&ORDERBY=b', beta).system].map(([name, { dollar }]) => [
      name,
      dollar
    ]),
    [
      ['filter', false],
      ['top', true],
      ['skip', true],
      ['orderby', false]
    ]
  )
  t.same([...readQueryString('', v1).system], [])
  t.equal(readQueryString('$filter=a%zz%', v1).system.get('filter')?.text, 'a%zz%')
  t.equal(readQueryString('$filter=%C3%BC%ff', v1).system.get('filter')?.text, 'ü\ufffd')
  t.equal(readQueryString('$filter=a=b', v1).system.get('filter')?.text, 'a=b')
  // Captured: msgraph-sdk-dotnet#1081
  t.equal(readQueryString('$expand=a+b%20c', v1).system.get('expand')?.text, 'a+b c')
  t.end()
})

t.test('options that are refused', (t) => {
  const twice = (name: string) =>
    `Query option '${name}' was specified more than once, but it must be specified at most once.`
  const notAllowed = (name: string) =>
    `The query specified in the URI is not valid. Query option '${name}' is not allowed. To allow it, set the 'AllowedQueryOptions' property on EnableQueryAttribute or QueryValidationSettings.`
  const rows: readonly (readonly [query: string, message: string])[] = [
    ['$select=id&$select=id', twice('$select')],
    ['$top=1&top=1', twice('$top')],
    ['$top=1&$TOP=1', twice('$top')],
    ['$compute=a', notAllowed('Compute')],
    ['apply=a', notAllowed('Apply')],
    // Captured: dcblogdev/laravel-microsoft-graph#90
    [
      '$top=',
      "Invalid value '' for $top query option found. The $top query option requires a non-negative integer value."
    ],
    [
      '$top=-1',
      "Invalid value '-1' for $top query option found. The $top query option requires a non-negative integer value."
    ],
    [
      '$top=9223372036854775808',
      "Invalid value '9223372036854775808' for $top query option found. The $top query option requires a non-negative integer value."
    ],
    [
      '$skip=1.5',
      "Invalid value '1.5' for $skip query option found. The $skip query option requires a non-negative integer value."
    ],
    ['$count=yes', "'yes' is not a valid count option."],
    ['$filter=a eq', "Invalid filter clause: Expression expected at position 4 in 'a eq'."],
    ['$select=a,,b', 'Parsing OData Select and Expand failed: An identifier was expected at position 2.'],
    [
      '$expand=fields(select=a)',
      "Parsing OData Select and Expand failed: Term '(select=a)' is not valid in a $select or $expand expression."
    ],
    [
      "$expand=x($filter=Id+eq+'a')",
      "Parsing OData Select and Expand failed: Syntax error: character '+' is not valid at position 2 in 'Id+eq+'a''."
    ],
    ['$orderby=a,', "Expression expected at position 2 in 'a,'."],
    ['$search=a:b', "Syntax error: character ':' is not valid at position 1 in 'a:b'."]
  ]
  for (const [query, message] of rows) {
    t.throws(() => parseQueryOptions(query, beta), { name: 'QueryError', message }, query)
  }
  t.throws(() => inOption('$filter', () => BigInt('x')), { name: 'SyntaxError' }, 'only mistakes get the words')
  const mistake = new QueryError('x', 3)
  const refuse = () => {
    throw mistake
  }
  t.throws(() => inOption('$filter', refuse), { name: 'QueryError', message: 'Invalid filter clause: x' })
  t.throws(() => inOption('$orderby', refuse), mistake, 'no words, the same mistake')
  t.end()
})

t.test('options as they are asked for', (t) => {
  const all = parseQueryOptions(
    "$select=id&$expand=m&$filter=a eq 1&$orderby=b&$search=c&$top=5&$skip=+3 &$count=True&$skiptoken=X%3d&$deltatoken=latest&$format=json&@p='x'",
    v1
  )
  t.match(all, {
    select: [{ segments: ['id'] }],
    expand: [{ segments: ['m'] }],
    filter: { kind: 'binary' },
    orderby: [{ descending: false }],
    search: { kind: 'term', text: 'c' },
    top: 5,
    skip: 3,
    count: true,
    skiptoken: 'X=',
    deltatoken: 'latest',
    format: 'json'
  })
  t.equal(all.given.aliases.get('@p'), "'x'")
  const none = parseQueryOptions('', v1)
  t.match(none, {
    select: undefined,
    expand: undefined,
    filter: undefined,
    orderby: undefined,
    search: undefined,
    top: undefined,
    skip: undefined,
    count: false,
    skiptoken: undefined
  })
  t.equal(parseQueryOptions('$filter=&$orderby=+&$search=', v1).filter, undefined)
  t.equal(parseQueryOptions('$top=9223372036854775807', v1).top, Number.MAX_SAFE_INTEGER)
  t.match(parseQueryOptions('expand=fields(select=a)', beta).expand, [{ options: { select: [{ segments: ['a'] }] } }])
  t.equal(parseQueryOptions('filter=a eq', v1).filter, undefined, 'without $ it is a custom option on v1.0')
  t.end()
})
