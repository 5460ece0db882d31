import t from 'tap'
import { bindQuery } from '../../../../src/graph/odata/query/bind/bind-query.js'
import type { BoundExpand } from '../../../../src/graph/odata/query/bind/bound-query.js'
import type { Selection } from '../../../../src/graph/odata/query/bind/selection.js'
import { parseQueryOptions } from '../../../../src/graph/odata/query/parse/query-options.js'
import { things } from '../things.js'

const THING = 'microsoft.graph.thing'
const IN = 'IN operations require the left operand to be a single value and the right operand to be a collection value.'

function bind(query: string, type = THING) {
  const structured = things.type(type)
  if (!structured) throw new Error(type)
  return bindQuery(parseQueryOptions(query, { dollarOptional: false }), structured, things)
}

t.test('filters that do not fit the type', (t) => {
  const incompatible = (left: string, right: string, kind: string) =>
    `A binary operator with incompatible types was detected. Found operand types '${left}' and '${right}' for operator kind '${kind}'.`
  const unary = (type: string, kind: string) =>
    `A unary operator with an incompatible type was detected. Found operand type '${type}' for operator kind '${kind}'.`
  const rows: readonly (readonly [filter: string, message: string])[] = [
    // Captured: msgraph-beta-sdk-python#828
    ['servicePrincipalId eq 1', `Could not find a property named 'servicePrincipalId' on type '${THING}'.`],
    ['address/street eq 1', "Could not find a property named 'street' on type 'microsoft.graph.address'."],
    ['text/length eq 1', "Could not find a property named 'length' on type 'Edm.String'."],
    ['state/on eq 1', "Could not find a property named 'on' on type 'microsoft.graph.state'."],
    ['__proto__ eq null', `Could not find a property named '__proto__' on type '${THING}'.`],
    ['constructor ne null', `Could not find a property named 'constructor' on type '${THING}'.`],
    // Captured: OpenAEV-Platform/collectors#564, but for the names
    ["at ge '2026-07-01T00:00:00'", incompatible('Edm.DateTimeOffset', 'Edm.String', 'GreaterThanOrEqual')],
    ["flag eq 'true'", incompatible('Edm.Boolean', 'Edm.String', 'Equal')],
    ['text eq 5', incompatible('Edm.String', 'Edm.Int32', 'Equal')],
    ['text ne 1.5', incompatible('Edm.String', 'Edm.Single', 'NotEqual')],
    ['text gt 12345678901', incompatible('Edm.String', 'Edm.Int64', 'GreaterThan')],
    ['5 lt text', incompatible('Edm.Int32', 'Edm.String', 'LessThan')],
    ['text le true', incompatible('Edm.String', 'Edm.Boolean', 'LessThanOrEqual')],
    ["uid eq 'x'", incompatible('Edm.Guid', 'Edm.String', 'Equal')],
    ['day eq 12:00', incompatible('Edm.Date', 'Edm.TimeOfDay', 'Equal')],
    ["state eq 'gone'", incompatible('microsoft.graph.state', 'Edm.String', 'Equal')],
    ['state eq 1', incompatible('microsoft.graph.state', 'Edm.Int32', 'Equal')],
    ["state eq microsoft.graph.rights'read'", incompatible('microsoft.graph.state', 'microsoft.graph.rights', 'Equal')],
    ['state eq text', incompatible('microsoft.graph.state', 'Edm.String', 'Equal')],
    ['address eq address', incompatible('microsoft.graph.address', 'microsoft.graph.address', 'Equal')],
    ['address gt null', incompatible('microsoft.graph.address', '<null>', 'GreaterThan')],
    ["data gt binary'AA'", incompatible('Edm.Binary', 'Edm.Binary', 'GreaterThan')],
    ['text and flag', incompatible('Edm.String', 'Edm.Boolean', 'And')],
    ['flag and text', incompatible('Edm.Boolean', 'Edm.String', 'And')],
    ['flag or flag or number', incompatible('Edm.Boolean', 'Edm.Int32', 'Or')],
    ['number or 1', incompatible('Edm.Int32', 'Edm.Int32', 'Or')],
    ["text add 1 eq 'x'", incompatible('Edm.String', 'Edm.Int32', 'Add')],
    ['at add at eq null', incompatible('Edm.DateTimeOffset', 'Edm.DateTimeOffset', 'Add')],
    ['at sub 1 eq null', incompatible('Edm.DateTimeOffset', 'Edm.Int32', 'Subtract')],
    ['flag mul 1 eq 1', incompatible('Edm.Boolean', 'Edm.Int32', 'Multiply')],
    ['text div text eq 1', incompatible('Edm.String', 'Edm.String', 'Divide')],
    ['text divby 1 eq 1', incompatible('Edm.String', 'Edm.Int32', 'Divide')],
    ['text mod 1 eq 1', incompatible('Edm.String', 'Edm.Int32', 'Modulo')],
    ["text has 'x'", incompatible('Edm.String', 'Edm.String', 'Has')],
    ['rights has 1', incompatible('microsoft.graph.rights', 'Edm.Int32', 'Has')],
    ["rights has microsoft.graph.state'on'", incompatible('microsoft.graph.rights', 'microsoft.graph.state', 'Has')],
    ["rights has 'fly'", "The string 'fly' is not a valid enumeration type constant."],
    [
      "state eq microsoft.graph.state'gone'",
      "The string 'microsoft.graph.state'gone'' is not a valid enumeration type constant."
    ],
    ["state eq nowhere.x'on'", "The string 'nowhere.x'on'' is not a valid enumeration type constant."],
    ["state in ('on','gone')", "The string 'gone' is not a valid enumeration type constant."],
    ['not text', unary('Edm.String', 'Not')],
    ["not text eq 'x'", unary('Edm.String', 'Not')],
    ["-text eq 'x'", unary('Edm.String', 'Negate')],
    ['-tags eq null', singleOperand('Negate')],
    ['not tags', singleOperand('Not')],
    ["tags eq 'x'", single('Equal')],
    ["'x' eq tags", single('Equal')],
    ['tags add 1 eq 1', single('Add')],
    ['1 add tags eq 1', single('Add')],
    ['tags and flag', single('And')],
    ['flag or tags', single('Or')],
    ["states has 'on'", single('Has')],
    ['rights has states', single('Has')],
    [
      "tags/x eq 'y'",
      "The parent value for a property access of a property 'x' is not a single value. Property access can only be applied to a single value."
    ],
    ["text/any(x:x eq 'y')", 'Any/All may only be used following a collection.'],
    ['parent/any()', 'Any/All may only be used following a collection.'],
    ['text/$count eq 1', 'The next token in a CountSegmentNode must be a collection.'],
    ["tags/any(t:'x')", 'The Any/All query expression must evaluate to a single boolean value.'],
    ['tags/any(t:t)', 'The Any/All query expression must evaluate to a single boolean value.'],
    ["tags/any(t:t/x eq 'y')", "Could not find a property named 'x' on type 'Edm.String'."],
    ["tags in ('x')", `The left operand for the IN operation is not a single value. ${IN}`],
    ['text in other', `The right operand for the IN operation is not a collection value. ${IN}`],
    ['text in 5', `The right operand for the IN operation is not a collection value. ${IN}`],
    ['number in tags', notInNode('Edm.String', 'Edm.Int32')],
    ["number in (1,'x')", notInNode('Edm.String', 'Edm.Int32')],
    ['text in (1)', notInNode('Edm.Int32', 'Edm.String')],
    ['text in (tags)', notInNode('Edm.String', 'Edm.String')],
    [
      "matchesPattern(text,'^a')",
      "An unknown function with name 'matchesPattern' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed."
    ],
    [
      'microsoft.graph.own(text)',
      "An unknown function with name 'microsoft.graph.own' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed."
    ],
    [
      'contains(text)',
      "No function signature for the function with name 'contains' matches the specified arguments. The function signatures considered are: contains(Edm.String Nullable=true, Edm.String Nullable=true)."
    ],
    [
      'substring(text,text) eq null',
      "No function signature for the function with name 'substring' matches the specified arguments. The function signatures considered are: substring(Edm.String Nullable=true, Edm.Int32 Nullable=true); substring(Edm.String Nullable=true, Edm.Int32 Nullable=true, Edm.Int32 Nullable=true)."
    ],
    [
      'contains(state,text)',
      "No function signature for the function with name 'contains' matches the specified arguments. The function signatures considered are: contains(Edm.String Nullable=true, Edm.String Nullable=true)."
    ],
    [
      "contains(tags,'x')",
      "The argument for an invocation of a function with name 'contains' is not a single value. All arguments for this function must be single values."
    ],
    ['isof(tags,Edm.String)', 'The Cast and IsOf functions do not support collection arguments or types.'],
    ["isof('microsoft.graph.nothing')", "The type 'microsoft.graph.nothing' is not defined in the model."],
    ['microsoft.graph.nothing/x eq 1', "The type 'microsoft.graph.nothing' is not defined in the model."],
    [
      'microsoft.graph.address/city eq null',
      `Encountered invalid type cast. 'microsoft.graph.address' is not assignable from '${THING}'.`
    ],
    [
      'text/microsoft.graph.thing eq null',
      `Encountered invalid type cast. '${THING}' is not assignable from 'Edm.String'.`
    ],
    ['text', 'The $filter expression must evaluate to a single boolean value.'],
    ['tags', 'The $filter expression must evaluate to a single boolean value.'],
    ['address', 'The $filter expression must evaluate to a single boolean value.'],
    ['number add 1', 'The $filter expression must evaluate to a single boolean value.'],
    ['text eq @bad', 'The parameter alias value expression is not string value.']
  ]
  for (const [filter, message] of rows) {
    t.throws(
      () => bind(`$filter=${encodeURIComponent(filter)}&@bad=text eq 'x'`),
      { name: 'QueryError', message: `Invalid filter clause: ${message}` },
      filter
    )
  }
  t.end()
})

function single(kind: string): string {
  return `The operand for a binary operator '${kind}' is not a single value. Binary operators require both operands to be single values.`
}

function singleOperand(kind: string): string {
  return `The operand for a unary operator '${kind}' is not a single value. Unary operators require the operand to be a single value.`
}

function notInNode(right: string, left: string): string {
  return `An instance of InNode can only be created where the item types of the right operand '${right}' and the left operand '${left}' can be compared.`
}

t.test('mistakes have positions, also behind the words', (t) => {
  try {
    bind('$filter=flag and address/street eq 1')
    t.fail('is bound')
  } catch (error) {
    t.match(error, { name: 'QueryError', position: 17 })
  }
  t.end()
})

t.test('$orderby', (t) => {
  const single = 'The $orderby expression must evaluate to a single value of primitive type.'
  const rows: readonly (readonly [orderby: string, message: string])[] = [
    ['tags', single],
    // Captured for a complex value: microsoft-graph-docs#62
    ['address', single],
    ['parent', single],
    ['nothing', `Could not find a property named 'nothing' on type '${THING}'.`]
  ]
  for (const [orderby, message] of rows) t.throws(() => bind(`$orderby=${orderby}`), { message }, orderby)
  t.same(
    bind('$orderby=text,address/city desc').orderby.map(({ descending }) => descending),
    [false, true]
  )
  t.end()
})

t.test('$select', (t) => {
  const failed = 'Parsing OData Select and Expand failed: '
  const rows: readonly (readonly [select: string, names: unknown])[] = [
    ['', undefined],
    ['*', undefined],
    ['id,*', undefined],
    ['ID,Text', { id: null, text: null }],
    ['id,id', { id: null }],
    ['address/city,address/ZIP', { address: { city: null, zip: null } }],
    ['address/place/latitude', { address: { place: { latitude: null } } }],
    ['address,address/city', { address: null }],
    ['address/city,address', { address: null }],
    ['addresses/city', { addresses: { city: null } }],
    ['microsoft.graph.specialThing/extra', { extra: null }],
    ['addresses/microsoft.graph.foreignAddress/country', { addresses: { country: null } }],
    ['parent', { parent: null }]
  ]
  for (const [select, names] of rows) t.same(plain(bind(`$select=${select}`).select), names, select)
  const mistakes: readonly (readonly [select: string, message: string])[] = [
    // Captured, but for the names: microsoft-graph-docs#9988
    ['usedLicenseCount', `Could not find a property named 'usedLicenseCount' on type '${THING}'.`],
    ['*,nothing', `Could not find a property named 'nothing' on type '${THING}'.`],
    ['@odata.type', `Could not find a property named '@odata.type' on type '${THING}'.`],
    ['__proto__', `Could not find a property named '__proto__' on type '${THING}'.`],
    ['text/x', "Could not find a property named 'x' on type 'Edm.String'."],
    ['address/x', "Could not find a property named 'x' on type 'microsoft.graph.address'."],
    ['microsoft.graph.nothing/x', "The type 'microsoft.graph.nothing' is not defined in the model."],
    [
      'microsoft.graph.specialThing',
      "Found a path within a select or expand query option that isn't ended by a non-type segment."
    ]
  ]
  for (const [select, message] of mistakes) {
    t.throws(() => bind(`$select=${select}`), { message: `${failed}${message}` }, select)
  }
  t.end()
})

/** `null` for what is wanted whole. */
function plain(selection: Selection | undefined): unknown {
  if (!selection) return undefined
  return Object.fromEntries([...selection.properties].map(([name, inner]) => [name, plain(inner) ?? null]))
}

t.test('$expand', (t) => {
  const names = (expand: readonly BoundExpand[]) =>
    expand.map(({ path, navigation, form, levels }) => [...path, navigation.name, form, levels].join(' '))
  const rows: readonly (readonly [expand: string, bound: readonly string[]])[] = [
    ['', []],
    ['Parent', ['parent entities 1']],
    ['children/$ref', ['children references 1']],
    ['children/$count', ['children count 1']],
    ['*', ['parent entities 1', 'children entities 1']],
    ['*/$ref,parent($levels=3)', ['parent entities 3', 'children references 1']],
    ['address/owner', ['address owner entities 1']],
    ['parent($levels=max)', ['parent entities max']],
    ['microsoft.graph.specialThing/parent', ['parent entities 1']]
  ]
  for (const [expand, bound] of rows) t.same(names(bind(`$expand=${expand}`).expand), bound, expand)

  const [children] = bind(
    '$expand=children($select=id;$filter=number%20gt%20@n;$orderby=text;$top=3;$skip=1;$count=true;$search=a;$expand=parent)&@n=1'
  ).expand
  t.equal(children?.target.name, THING)
  t.match(children, { top: 3, skip: 1, count: true })
  t.same(plain(children?.query.select), { id: null })
  t.equal(children?.query.filter?.kind, 'comparison')
  t.equal(children?.query.orderby.length, 1)
  t.match(children?.query.search, { text: 'a' })
  t.same(names(children?.query.expand ?? []), ['parent entities 1'])
  t.match(bind('$expand=children').expand, [{ top: undefined, skip: undefined, count: false, query: { orderby: [] } }])

  const failed = 'Parsing OData Select and Expand failed: '
  const mistakes: readonly (readonly [expand: string, message: string])[] = [
    ['nothing', `Could not find a property named 'nothing' on type '${THING}'.`],
    [
      'text',
      `Property 'text' on type '${THING}' is not a navigation property or complex property. Only navigation properties can be expanded.`
    ],
    [
      'address',
      `Property 'address' on type '${THING}' is not a navigation property or complex property. Only navigation properties can be expanded.`
    ],
    [
      'text/x',
      `Property 'text' on type '${THING}' is not a navigation property or complex property. Only navigation properties can be expanded.`
    ],
    [
      'parent/children',
      'Found a path traversing multiple navigation properties. Please rephrase the query such that each expand path contains only type segments and navigation properties.'
    ],
    [
      'microsoft.graph.specialThing',
      "Found a path within a select or expand query option that isn't ended by a non-type segment."
    ],
    ['children($filter=nothing%20eq%201)', `Could not find a property named 'nothing' on type '${THING}'.`],
    ['children($filter=text)', 'The $filter expression must evaluate to a single boolean value.'],
    ['children($select=nothing)', `Could not find a property named 'nothing' on type '${THING}'.`]
  ]
  for (const [expand, message] of mistakes) {
    t.throws(() => bind(`$expand=${expand}`), { message: `${failed}${message}` }, expand)
  }
  t.end()
})

t.test('an open type takes any name', (t) => {
  const bound = bind("$filter=note eq 'x'&$orderby=note&$select=note", 'microsoft.graph.openThing')
  t.equal(bound.filter?.kind, 'comparison')
  t.same(plain(bound.select), { note: null })
  t.end()
})
