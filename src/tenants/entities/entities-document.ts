import { Type, type Static } from '@sinclair/typebox'
import type { Parts } from './parts.js'

/** Leaves as many again to writes: above 2^53 numbers are not exact. */
const MAX_VERSION = 2 ** 52

const Version = Type.Integer({ minimum: 0, maximum: MAX_VERSION })
const Position = Type.Integer({ minimum: 1, maximum: MAX_VERSION })
const Ref = Type.Object({ collection: Type.String(), key: Type.String() }, { additionalProperties: false })

/** All that an `Entities` holds, its options apart. `from` and `to` of a link are positions, which no two entities share. */
export const EntitiesDocument = Type.Object(
  {
    version: Version,
    knownSince: Version,
    collections: Type.Array(
      Type.Object(
        {
          path: Type.String(),
          entities: Type.Array(
            Type.Object(
              {
                key: Type.String(),
                type: Type.String(),
                properties: Type.Record(Type.String(), Type.Unknown()),
                position: Position,
                version: Position
              },
              { additionalProperties: false }
            )
          )
        },
        { additionalProperties: false }
      )
    ),
    links: Type.Array(
      Type.Object(
        { from: Position, name: Type.String(), to: Position, position: Position },
        { additionalProperties: false }
      )
    ),
    deleted: Type.Array(
      Type.Object({ entity: Ref, position: Position, version: Position }, { additionalProperties: false })
    ),
    unlinked: Type.Array(
      Type.Object(
        { from: Ref, name: Type.String(), to: Ref, position: Position, version: Position },
        { additionalProperties: false }
      )
    )
  },
  { additionalProperties: false, title: 'EntitiesDocument' }
)
export type EntitiesDocument = Static<typeof EntitiesDocument>

/** Shares the properties of the entities with the parts. */
export function writeDocument({ version, rows, links, removals }: Parts): EntitiesDocument {
  const all = [...removals.after(0)]
  return {
    version,
    knownSince: removals.knownSince,
    collections: Array.from(rows.collections(), (path) => ({
      path,
      entities: Array.from(rows.after(path, 0), ({ identity: { position }, version, entity }) => {
        const { key, type, properties } = entity
        return { key, type, properties, position, version }
      })
    })),
    links: Array.from(links.all(), ({ source, name, target, position }) => ({
      from: source,
      name,
      to: target,
      position
    })),
    deleted: all.filter((removal) => 'entity' in removal),
    unlinked: all.filter((removal) => 'from' in removal)
  }
}
