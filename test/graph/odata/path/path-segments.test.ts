import t from 'tap'
import { pathArguments, quoted } from '../../../../src/graph/odata/path/path-arguments.js'
import { pathSegments } from '../../../../src/graph/odata/path/path-segments.js'

t.test('segments', (t) => {
  const rows: readonly (readonly [
    path: string,
    segments: readonly (readonly [name: string, parentheses?: string])[]
  ])[] = [
    ['', []],
    ['/', []],
    ['/users//1/', [['users'], ['1']]],
    ["/users('a%2Fb')", [['users', "'a/b'"]]],
    ['/a%2Fb', [['a/b']]],
    ['/x()', [['x', '']]],
    ["/microsoft.graph.f(a='(',b=')')", [['microsoft.graph.f', "a='(',b=')'"]]],
    ['/(1)', [['(1)']]],
    ['/a b(1)', [['a b(1)']]],
    ['/a(1', [['a(1']]],
    ['/%E0%A4%A', [['\ufffd%A']]]
  ]
  for (const [path, segments] of rows) {
    t.same(
      pathSegments(path).map(({ name, parentheses }) => (parentheses === undefined ? [name] : [name, parentheses])),
      segments,
      path
    )
  }
  t.match(pathSegments("/users('1')"), [{ text: "users('1')" }])
  t.end()
})

t.test('what stands in parentheses', (t) => {
  const rows: readonly (readonly [
    text: string,
    found: readonly (readonly [string | undefined, string, string])[] | undefined
  ])[] = [
    ['', []],
    ["'x'", [[undefined, 'Edm.String', 'x']]],
    ["'O''Brien'", [[undefined, 'Edm.String', "O'Brien"]]],
    ['5', [[undefined, 'Edm.Int32', '5']]],
    ["a='x', b = 1", undefined],
    [
      "a='x',b=-1.5",
      [
        ['a', 'Edm.String', 'x'],
        ['b', 'Edm.Single', '-1.5']
      ]
    ],
    [
      'a=TRUE,b=null,c=@p,d=["x",1],e={"y":"]"},f=duration\'PT1H\',g=binary\'AA\',h=n.e\'m\',i=2024-01-01T00:00:00Z',
      [
        ['a', 'Edm.Boolean', 'true'],
        ['b', 'null', 'null'],
        ['c', 'alias', '@p'],
        ['d', 'json', '["x",1]'],
        ['e', 'json', '{"y":"]"}'],
        ['f', 'Edm.Duration', 'PT1H'],
        ['g', 'Edm.Binary', 'AA'],
        ['h', 'enum', 'm'],
        ['i', 'Edm.DateTimeOffset', '2024-01-01T00:00:00Z']
      ]
    ],
    ['184efa21-98c3-4e5d-95ab-d07053a96e67', [[undefined, 'Edm.Guid', '184efa21-98c3-4e5d-95ab-d07053a96e67']]],
    ['abc', undefined],
    ["'x", undefined],
    ["'x',", undefined],
    ["'x' 'y'", undefined],
    ["'x','y'", undefined],
    ["a='x','y'", undefined],
    ["a='x',a='y'", undefined],
    ['a=', undefined],
    ['a=/', undefined],
    ['a=[1', undefined],
    ['a=[1,]', undefined],
    ['!', undefined]
  ]
  for (const [text, found] of rows) {
    t.same(
      pathArguments(text)?.map(({ name, type, value }) => [name, type, value]),
      found,
      text
    )
  }
  t.equal(quoted("O'Brien/x@y"), "'O''Brien%2Fx%40y'")
  t.end()
})
