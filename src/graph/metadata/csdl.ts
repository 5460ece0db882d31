import type { TSchema } from '@sinclair/typebox'
import type { BoundAction } from '../odata/parameters.js'
import { isNullable, membersOf, type EdmSchema, type EntityType } from '../odata/schema.js'
import type { EdmModel } from './edm-model.js'
import { element } from './xml.js'

/** Graph's own names (documented: msgraph-metadata, schemas/beta-Prod.csdl). */
const NAMESPACE = 'microsoft.graph'
const CONTAINER = 'GraphService'

/**
 * The model as CSDL XML 4.0. Types, base type and spelling are those of Graph's own document (documented: msgraph-metadata,
 * schemas/beta-Prod.csdl). Like Graph's it names terms of the Core vocabulary in full, and references no other document, which
 * clients such as Apache Olingo would fetch.
 */
export function csdl(model: EdmModel): string {
  const { entities, complexTypes, enumerations, navigation, actions, singletons } = model
  const owners = [...navigation.keys()].filter((name) => !entities.some(({ edmType }) => edmType === name))
  const schema = element(
    'Schema',
    { Namespace: NAMESPACE, Alias: 'graph', xmlns: 'http://docs.oasis-open.org/odata/ns/edm' },
    [
      ...enumerations.map(enumType),
      baseType(),
      ...owners.map((name) => entityType(name, [], model)),
      ...entities.map((entity) => entityType(entity.edmType, members(entity), model)),
      ...complexTypes.map((type) => element('ComplexType', { Name: local(type.edmType) }, members(type))),
      ...[...actions].flatMap(([type, bound]) => bound.map((one) => action(one, type))),
      element(
        'EntityContainer',
        { Name: CONTAINER },
        [...singletons].map(([name, type]) => element('Singleton', { Name: name, Type: alias(type) }))
      )
    ]
  )
  const attributes = { Version: '4.0', 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' }
  const document = element('edmx:Edmx', attributes, [element('edmx:DataServices', {}, [schema])])
  return `<?xml version="1.0" encoding="utf-8"?>\n${document}\n`
}

/** The key of every entity type of Graph. */
function baseType(): string {
  return element('EntityType', { Name: 'entity', Abstract: 'true' }, [
    element('Key', {}, [element('PropertyRef', { Name: 'id' })]),
    element('Property', { Name: 'id', Type: 'Edm.String', Nullable: 'false' })
  ])
}

function entityType(name: string, members: readonly (string | undefined)[], { navigation }: EdmModel): string {
  const contained = [...(navigation.get(name) ?? [])].map(([property, type]) =>
    element('NavigationProperty', { Name: property, Type: alias(type), ContainsTarget: 'true' })
  )
  return element('EntityType', { Name: local(name), BaseType: 'graph.entity' }, [
    ...members.slice(0, -1),
    ...contained,
    members.at(-1)
  ])
}

/** Properties in the order of their names, as in Graph's document, then the description; `id` is inherited. */
function members(type: EntityType): (string | undefined)[] {
  const own = schemasOf(type).filter(([name]) => name !== 'id')
  const properties = own
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, schema]) => typed('Property', name, schema))
  return [...properties, description(type)]
}

function typed(kind: 'Property' | 'Parameter', name: string, schema: EdmSchema): string {
  const attributes = { Name: name, Type: alias(schema.edmType), Nullable: String(isNullable(schema)) }
  return element(kind, attributes, [description(schema)])
}

function schemasOf({ properties }: EntityType): [name: string, schema: EdmSchema][] {
  return Object.entries(properties as Record<string, EdmSchema>)
}

function enumType(schema: EdmSchema): string {
  const members = membersOf(schema).map((member, value) => element('Member', { Name: member, Value: String(value) }))
  return element('EnumType', { Name: local(schema.edmType) }, [...members, description(schema)])
}

function action({ name, parameters }: BoundAction, type: string): string {
  return element('Action', { Name: name, IsBound: 'true' }, [
    element('Parameter', { Name: 'bindingParameter', Type: alias(type) }),
    ...schemasOf(parameters).map(([parameter, schema]) => typed('Parameter', parameter, schema))
  ])
}

function description({ description }: TSchema): string | undefined {
  if (description === undefined) return undefined
  return element('Annotation', { Term: 'Org.OData.Core.V1.Description', String: description })
}

function local(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function alias(name: string): string {
  return name.replace(/^microsoft\.graph\./, 'graph.')
}
