import fc from 'fast-check'
import t from 'tap'
import { canonicalPath } from '../../../src/graph/odata/path/canonical-path.js'
import { contextTarget } from '../../../src/graph/odata/path/context-url.js'
import { resolvePath } from '../../../src/graph/odata/path/resolve-path.js'
import { bindQuery } from '../../../src/graph/odata/query/bind/bind-query.js'
import { jsonContext } from '../../../src/graph/odata/query/evaluate/context.js'
import { ordered, predicate } from '../../../src/graph/odata/query/evaluate/evaluate.js'
import { project } from '../../../src/graph/odata/query/evaluate/project.js'
import { parseQueryOptions } from '../../../src/graph/odata/query/parse/query-options.js'
import { smallGraph } from './small-graph.js'
import { thing, things } from './things.js'

const WORDS =
  "text number tags children parent address city flag microsoft.graph.specialThing any( all( x: x $it $count eq ne gt and or not has in ( ) , / ; ' '' \" 1 -1 2024-01-01 null true duration'PT1H' contains( length( cast( isof( @p * __proto__ constructor $select= $filter= $expand= $top= $levels=max % %27 + \u00e9 \ud83d\ude00 \ud83d \0".split(
    ' '
  )
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((found) => found.join(' '))
const text = fc.oneof(
  words,
  fc.string({ unit: 'binary' }),
  words.map((found) => found.replaceAll(' ', ''))
)

/** Does all that an engine would; what is wrong is refused, and nothing else is thrown. */
function ask(query: string): void {
  const type = things.type('microsoft.graph.thing')
  if (!type) throw new Error('no type')
  const bound = bindQuery(parseQueryOptions(query, { dollarOptional: true }), type, things)
  const context = jsonContext(things, () => '2024-01-01T00:00:00Z')
  const fits = bound.filter ? predicate(bound.filter, 'ignoreCase') : () => true
  const found = [thing, {}].filter((entity) => fits(entity, context))
  for (const entity of ordered(found, bound.orderby, 'ordinal', context)) project(entity, bound.select)
}

function onlyRefuses(run: () => unknown, name: string): boolean {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== name) throw error
  }
  return true
}

t.test('any query is answered or refused', (t) => {
  const option = fc.constantFrom(
    '$filter',
    '$orderby',
    '$select',
    '$expand',
    '$search',
    '$top',
    '$count',
    '@p',
    'filter'
  )
  const pairs = fc.array(fc.tuple(option, text), { maxLength: 3 })
  fc.assert(
    fc.property(pairs, (options) => {
      const query = options.map(([name, value]) => `${name}=${value.replace(/[%&+#]/g, encodeURIComponent)}`).join('&')
      return onlyRefuses(() => {
        ask(query)
      }, 'QueryError')
    }),
    { numRuns: 1000 }
  )
  fc.assert(
    fc.property(text, (query) => onlyRefuses(() => parseQueryOptions(query, { dollarOptional: true }), 'QueryError'))
  )
  t.end()
})

t.test('any path is resolved or refused', (t) => {
  const segment = fc.constantFrom(
    'users',
    'me',
    'groups',
    "('1')",
    '(1',
    '()',
    '/1',
    '/members',
    '/$ref',
    '/$count',
    '/delta',
    '/manager',
    '/__proto__',
    '/microsoft.graph.user',
    "(userPrincipalName='a')",
    '(a=@p)',
    '/',
    '//',
    '%2F',
    '%00',
    '%',
    '/constructor',
    '\ud83d'
  )
  const path = fc.oneof(
    text,
    fc.array(segment, { maxLength: 8 }).map((found) => `/${found.join('')}`)
  )
  fc.assert(
    fc.property(path, (raw) => {
      canonicalPath(raw)
      return onlyRefuses(
        () => contextTarget(resolvePath(raw, smallGraph, new Map([['@p', '1']])), smallGraph),
        'PathError'
      )
    }),
    { numRuns: 1000 }
  )
  t.end()
})

t.test('long ones', (t) => {
  const long = (part: string, separator: string) => Array.from({ length: 50_000 }, () => part).join(separator)
  const answered = (query: string) => {
    t.doesNotThrow(
      () => {
        ask(query)
      },
      query.slice(0, 40)
    )
  }
  const refused = (query: string, message: string) => {
    t.throws(
      () => {
        ask(query)
      },
      { name: 'QueryError', message }
    )
  }
  answered(`$select=${long('text', ',')}`)
  answered(`$orderby=${long('text', ',')}`)
  answered(`$expand=${long('parent', ',')}`)
  answered(`$filter=${long('flag', ' and ')}`)
  answered(`$filter=number in (${long('1', ',')})`)
  answered(`$filter=text eq @p&@p='${'x'.repeat(100_000)}'`)
  refused(
    '$top=1e9',
    "Invalid value '1e9' for $top query option found. The $top query option requires a non-negative integer value."
  )
  const tooDeep = 'Parsing OData Select and Expand failed: Recursion depth exceeded allowed limit.'
  refused(`$expand=${'parent($expand='.repeat(5000)}parent${')'.repeat(5000)}`, tooDeep)
  refused(`$select=${'address/'.repeat(5000)}city`, tooDeep)
  t.equal(canonicalPath(`/${long("users('1')", '/')}`).length, 8 * 50_000)
  t.end()
})
