import type { TSchema } from '@sinclair/typebox'
import type { AnsweredEntity } from '../gateway/send-entity.js'
import type { EdmSchema, EntityType } from '../odata/schema.js'
import { isEdmSchema } from '../odata/schema.js'

/** The model behind `$metadata` and the service document, derived from the resources that the server serves. */
export interface EdmModel {
  /** Type name by singleton. */
  readonly singletons: ReadonlyMap<string, string>
  /** Type name by navigation property, by the name of the entity type that has them. */
  readonly navigation: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly entities: readonly EntityType[]
  readonly enumerations: readonly EdmSchema[]
  /** Names of actions by the type that they are bound to. */
  readonly actions: ReadonlyMap<string, readonly string[]>
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
  const properties = resources.flatMap(({ type }) => Object.values<TSchema>(type.properties).filter(isEdmSchema))
  const enumerations = properties.filter(({ edmType }) => !edmType.startsWith('Edm.'))
  return {
    singletons,
    navigation,
    entities: resources.map(({ type }) => type),
    enumerations: [...new Map(enumerations.map((schema) => [schema.edmType, schema])).values()],
    actions: new Map(resources.map(({ type, actions }) => [type.edmType, actions]))
  }
}
