import t from 'tap'
import { CsdlError } from '../../../src/graph/model/csdl/csdl-error.js'
import { csdlText } from '../../../src/graph/model/csdl/csdl-text.js'
import { Model } from '../../../src/graph/model/model.js'

const EDMX = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EnumType Name="kind"><Member Name="a" /><Member Name="b" Value="4" /></EnumType>
      <EnumType Name="rights" IsFlags="true"><Member Name="read" Value="1" /><Member Name="write" Value="2" /></EnumType>
      <TypeDefinition Name="duration" UnderlyingType="Edm.Duration" />
      <TypeDefinition Name="place" UnderlyingType="Edm.GeographyPoint" />
      <ComplexType Name="Json" />
      <ComplexType Name="bag" OpenType="true"><Property Name="any" Type="graph.Json" /></ComplexType>
      <EntityType Name="entity" Abstract="true">
        <Key><PropertyRef Name="id" /></Key>
        <Property Name="id" Type="Edm.String" Nullable="false" />
      </EntityType>
      <EntityType Name="user" BaseType="graph.entity" HasStream="true">
        <Property Name="name" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Computed" /></Property>
        <Property Name="phones" Type="Collection(Edm.String)" Nullable="false" />
        <Property Name="kind" Type="graph.kind" />
        <Property Name="length" Type="graph.duration" />
        <Property Name="place" Type="graph.place" />
        <Property Name="where" Type="Edm.GeographyPoint" />
        <Property Name="bag" Type="microsoft.graph.bag" />
        <Property Name="plain" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Computed" Bool="false" /></Property>
        <Property Name="size" Type="Edm.Int64" />
        <NavigationProperty Name="messages" Type="Collection(microsoft.graph.mail.message)" ContainsTarget="true" />
        <NavigationProperty Name="manager" Type="graph.user"><Annotation Term="Org.OData.Core.V1.Description" String="x" /></NavigationProperty>
      </EntityType>
      <Action Name="wipe" IsBound="true"><Parameter Name="bindingParameter" Type="graph.user" /><Parameter Name="keep" Type="Edm.Boolean" Nullable="false" /></Action>
      <Function Name="delta" IsBound="true"><Parameter Name="bindingParameter" Type="Collection(graph.user)" /><ReturnType Type="Collection(graph.user)" /></Function>
      <Function Name="wipeCount" IsBound="true"><Parameter Name="bindingParameter" Type="graph.user" /><ReturnType Type="Edm.Int32" /></Function>
      <Function Name="now"><ReturnType Type="Edm.DateTimeOffset" Nullable="false" /></Function>
      <EntityContainer Name="GraphService">
        <EntitySet Name="users" EntityType="microsoft.graph.user" />
        <Singleton Name="me" Type="microsoft.graph.user" />
      </EntityContainer>
      <Annotations Target="microsoft.graph.user/size"><Annotation Term="Org.OData.Core.V1.Computed" Bool="true" /></Annotations>
    </Schema>
    <Schema Namespace="microsoft.graph.mail" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="message" BaseType="microsoft.graph.entity"><Property Name="subject" Type="Edm.String" /></EntityType>
      <Action Name="send" IsBound="true"><Parameter Name="bindingParameter" Type="microsoft.graph.mail.message" /></Action>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`

const model = new Model(() => csdlText(EDMX, 'metadata.xml – new'))

t.test('a document becomes a model', async (t) => {
  t.equal(model.source, 'metadata.xml ? new')
  t.same(
    [...model.typeNames()],
    ['bag', 'entity', 'Json', 'mail.message', 'user'].map((name) => `microsoft.graph.${name}`)
  )
  const user = model.type('user')
  t.match(user, { kind: 'entity', hasStream: true, abstract: false, key: ['id'], base: { abstract: true } })
  t.equal(model.type('bag')?.open, true)
  const kinds = [...(user?.properties.values() ?? [])].map(({ name, type }) => [name, type])
  t.same(Object.fromEntries(kinds), {
    id: 'Edm.String',
    name: 'Edm.String',
    phones: 'Edm.String',
    kind: 'microsoft.graph.kind',
    length: 'Edm.Duration',
    place: 'Edm.Untyped',
    where: 'Edm.Untyped',
    bag: 'microsoft.graph.bag',
    plain: 'Edm.String',
    size: 'Edm.Int64'
  })
  t.match(user?.properties.get('phones'), { collection: true, nullable: false })
  t.equal(model.type('bag')?.properties.get('any')?.type, 'Edm.Untyped', 'graph.Json is any JSON')
  const computed = [...(user?.properties.values() ?? [])].filter((property) => property.computed)
  t.same(
    computed.map(({ name }) => name),
    ['name', 'size']
  )
  t.match(user?.navigation.get('messages'), { type: 'microsoft.graph.mail.message', collection: true, contained: true })
  t.match(user?.navigation.get('manager'), { type: 'microsoft.graph.user', collection: false, contained: false })
})

t.test('enumerations, operations and roots are read', async (t) => {
  t.strictSame(model.enumeration('kind')?.members, [
    { name: 'a', value: 0 },
    { name: 'b', value: 4 }
  ])
  t.equal(model.enumeration('rights')?.flags, true)
  const type = model.type('user')
  const message = model.type('mail.message')
  if (!type || !message) throw new Error('no types')
  t.same(
    model.operations({ type, collection: false }).map(({ name }) => name),
    ['wipe', 'wipeCount']
  )
  t.match(model.operations({ type, collection: false })[0], {
    kind: 'action',
    parameters: [{ name: 'keep', nullable: false }],
    returns: undefined
  })
  t.match(model.operations({ type, collection: true }), [
    { kind: 'function', name: 'delta', parameters: [], returns: { collection: true } }
  ])
  t.same(
    model.operations({ type: message, collection: false }).map(({ name }) => name),
    ['mail.send']
  )
  t.match(model.unboundOperations, [{ name: 'now', returns: { type: 'Edm.DateTimeOffset', nullable: false } }])
  t.match(model.root('users'), { type: 'microsoft.graph.user', collection: true })
  t.match(model.root('me'), { type: 'microsoft.graph.user', collection: false })
})

const schema = (inside: string, attributes = 'Namespace="microsoft.graph" Alias="graph"') =>
  `<Schema ${attributes}>\n${inside}\n</Schema>`

t.test('what is wrong is said in one line, with its place', async (t) => {
  const cases: readonly (readonly [xml: string, message: string])[] = [
    ['', 'line 1, column 0: document must contain a root element'],
    ['not xml', 'line 1, column 7: text data outside of root node'],
    ['<a>\n<b></a>', 'line 2, column 7: unexpected close tag'],
    ['<a b="1" b="2"/>', 'line 1, column 16: duplicate attribute: b'],
    ['<a>&lol;</a>', 'line 1, column 8: undefined entity'],
    ['<!DOCTYPE a [<!ENTITY lol "lol">]>\n<a>&lol;</a>', 'line 1: a document type declaration is not taken'],
    ['<a/>', 'line 1: there is no Schema in it, so this is no CSDL document'],
    ['<a>'.repeat(65), 'line 1: elements nest deeper than 64'],
    [schema('', 'Namespace="NorthwindModel"'), "line 1: the namespace 'NorthwindModel' is not one of Microsoft Graph"],
    [schema('', ''), "line 1: the namespace '' is not one of Microsoft Graph"],
    [schema('<ComplexType />'), "line 2: '' is no name"],
    [schema('<ComplexType Name="a=b" />'), "line 2: 'a=b' is no name"],
    [schema(`<ComplexType Name="${'a'.repeat(200)}" />`), `line 2: '${'a'.repeat(80)}' is no name`],
    [schema('<ComplexType Name="a" />\n<EnumType Name="a" />'), 'line 3: microsoft.graph.a is declared twice'],
    [schema('<TypeDefinition Name="a" />\n<ComplexType Name="a" />'), 'line 3: microsoft.graph.a is declared twice'],
    [
      schema(
        '<ComplexType Name="a">\n<Property Name="b" Type="Edm.String"/><Property Name="b" Type="Edm.String"/></ComplexType>'
      ),
      'line 3: microsoft.graph.a/b is declared twice'
    ],
    [schema('<ComplexType Name="a">\n<Property Name="b" /></ComplexType>'), 'line 3: there is no Type'],
    [
      schema('<ComplexType Name="a">\n<Property Name="b" Type="graph.c" /></ComplexType>'),
      "line 3: the type 'graph.c' is not defined"
    ],
    [schema('<ComplexType Name="a" BaseType="graph.c" />'), "line 2: the type 'graph.c' is not defined"],
    [
      schema('<ComplexType Name="a" BaseType="graph.a" />'),
      'line 2: the bases of microsoft.graph.a lead round in a circle'
    ],
    [
      schema(
        '<ComplexType Name="a" BaseType="graph.b" />\n<ComplexType Name="b" BaseType="graph.c" />\n<ComplexType Name="c" BaseType="graph.b" />'
      ),
      'line 2: the bases of microsoft.graph.a lead round in a circle'
    ],
    [
      schema('<EnumType Name="a"><Member Name="b" Value="many" /></EnumType>'),
      "line 2: 'many' is no value of an enumeration"
    ],
    [schema('<Action Name="a" IsBound="true" />'), 'line 2: microsoft.graph.a is bound and has no parameter'],
    [schema('<Singleton Name="me" />'), "line 2: the type '' is not defined"]
  ]
  for (const [xml, message] of cases) {
    t.throws(() => csdlText(xml, 'x'), new CsdlError(message), message.slice(0, 60))
  }
  t.throws(
    () => csdlText(' '.repeat(64 * 1024 * 1024 + 1), 'x'),
    new CsdlError('it is longer than 67108864 characters')
  )
})

t.test('elements out of their place are passed over', async (t) => {
  const xml = schema(
    '<Property Name="a" Type="Edm.String"/><PropertyRef Name="a"/><Member Name="a"/><Parameter Name="a" Type="Edm.String"/><ReturnType Type="Edm.String"/><Annotation Term="Org.OData.Core.V1.Computed"/>'
  )
  t.equal(csdlText(xml, 'x'), '%source=x\n')
})
