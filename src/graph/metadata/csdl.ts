import type { TSchema } from '@sinclair/typebox'
import type { EdmSchema, EntityType } from '../odata/schema.js'
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
  const { entities, enumerations, navigation, actions, singletons } = model
  const owners = [...navigation.keys()].filter((name) => !entities.some(({ edmType }) => edmType === name))
  const schema = element(
    'Schema',
    { Namespace: NAMESPACE, Alias: 'graph', xmlns: 'http://docs.oasis-open.org/odata/ns/edm' },
    [
      ...enumerations.map(enumType),
      baseType(),
      ...owners.map((name) => entityType(name, [], model)),
      ...entities.map((entity) => entityType(entity.edmType, [...properties(entity), description(entity)], model)),
      ...[...actions].flatMap(([type, names]) => names.map((name) => action(name, type))),
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

/** In the order of their names, as in Graph's document; `id` is inherited. */
function properties({ properties }: EntityType): string[] {
  const own = Object.entries(properties as Record<string, EdmSchema>).filter(([name]) => name !== 'id')
  return own
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, schema]) =>
      element('Property', { Name: name, Type: alias(schema.edmType), Nullable: String(isNullable(schema)) }, [
        description(schema)
      ])
    )
}

function enumType(schema: EdmSchema): string {
  const members = (schema['anyOf'] as TSchema[]).map((member, value) =>
    element('Member', { Name: String(member['const']), Value: String(value) })
  )
  return element('EnumType', { Name: local(schema.edmType) }, [...members, description(schema)])
}

function action(name: string, type: string): string {
  return element('Action', { Name: name, IsBound: 'true' }, [
    element('Parameter', { Name: 'bindingParameter', Type: alias(type) })
  ])
}

function description({ description }: TSchema): string | undefined {
  if (description === undefined) return undefined
  return element('Annotation', { Term: 'Org.OData.Core.V1.Description', String: description })
}

function isNullable({ anyOf = [] }: TSchema): boolean {
  return (anyOf as TSchema[]).some((member) => member['type'] === 'null')
}

function local(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function alias(name: string): string {
  return name.replace(/^microsoft\.graph\./, 'graph.')
}
