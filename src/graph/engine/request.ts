import type { MetadataLevel } from '../odata/metadata-level.js'
import type { ResolvedPath } from '../odata/path/resolved-path.js'
import type { QueryOptions } from '../odata/query/parse/query-options.js'
import type { JsonObject } from '../../tenants/entities/entity.js'
import type { Entities } from '../../tenants/entities/entities.js'

/** Whom the token speaks for. */
export interface Caller {
  /** `undefined` for an application. */
  readonly userId: string | undefined
}

export interface EngineRequest {
  /** In capitals. */
  readonly method: string
  readonly path: ResolvedPath
  readonly query: QueryOptions
  /** The parsed JSON; of `$value` the text or bytes. */
  readonly body?: unknown
  readonly headers: {
    readonly prefer?: string | undefined
  }
  /** Of the tenant's clock. */
  readonly now: Date
  readonly caller: Caller
  /** Of what a tenant has from the start there is one for each tenant. */
  readonly tenantId: string
  /** Origin and version that the request came to, such as `http://localhost:8365/beta`. */
  readonly serviceRoot: string
  readonly metadataLevel: MetadataLevel
  /** A new GUID, for keys. */
  newGuid(): string
}

export interface EngineAnswer {
  readonly status: number
  /** JSON, or the text of `$count` and `$value`; nothing for a 204. */
  readonly body?: JsonObject | string
  /** In lower case. `content-type` is there only for a body that is no JSON. */
  readonly headers: Readonly<Record<string, string>>
  /** What there is now; the same value where nothing changed. */
  readonly entities: Entities
  readonly evidence: 'modelled'
  /** What a developer should know of the answer: that Graph is not known to serve the method there. */
  readonly note?: string
}
