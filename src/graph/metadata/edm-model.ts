import type { AnsweredEntity } from '../gateway/send-entity.js'
import type { BoundAction } from '../odata/parameters.js'
import { complexTypeOf, notNull, type EdmSchema, type EntityType } from '../odata/schema.js'

/** The model behind `$metadata` and the service document, derived from the resources that the server serves. */
export interface EdmModel {
  /** Type name by singleton. */
  readonly singletons: ReadonlyMap<string, string>
  /** Type name by navigation property, by the name of the entity type that has them. */
  readonly navigation: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly entities: readonly EntityType[]
  readonly complexTypes: readonly EntityType[]
  readonly enumerations: readonly EdmSchema[]
  /** By the name of the type that they are bound to. */
  readonly actions: ReadonlyMap<string, readonly BoundAction[]>
}

/** Derives the model. In `deviceManagement/…` the first segment is a singleton, whose type has the same name in Graph. */
export function edmModel(resources: readonly AnsweredEntity[]): EdmModel {
  const singletons = new Map<string, string>()
  const navigation = new Map<string, Map<string, string>>()
  for (const { path, type: entity } of resources) {
    const segments = path.split('/')
    let owner: string | undefined
    segments.forEach((segment, at) => {
      const type = at === segments.length - 1 ? entity.edmType : `microsoft.graph.${segment}`
      if (owner === undefined) singletons.set(segment, type)
      else navigation.set(owner, (navigation.get(owner) ?? new Map<string, string>()).set(segment, type))
      owner = type
    })
  }
  const entities = [...new Map(resources.map(({ type }) => [type.edmType, type])).values()]
  const parameters = resources.flatMap(({ actions }) => actions.map((action) => action.parameters))
  return {
    singletons,
    navigation,
    entities,
    ...typesWithin([...entities, ...parameters]),
    actions: new Map(resources.map(({ type, actions }) => [type.edmType, actions]))
  }
}

/** The types of the properties, and of the properties of these, each once. */
function typesWithin(types: readonly EntityType[]): Pick<EdmModel, 'complexTypes' | 'enumerations'> {
  const complexTypes = new Map<string, EntityType>()
  const enumerations = new Map<string, EdmSchema>()
  const visit = ({ properties }: EntityType) => {
    for (const property of Object.values(properties as Record<string, EdmSchema>)) {
      const schema = notNull(property)
      const within = complexTypeOf(schema)
      if (within && !complexTypes.has(within.edmType)) {
        complexTypes.set(within.edmType, within)
        visit(within)
      } else if (!within && !schema.edmType.startsWith('Edm.')) enumerations.set(schema.edmType, schema)
    }
  }
  types.forEach(visit)
  return { complexTypes: [...complexTypes.values()], enumerations: [...enumerations.values()] }
}
