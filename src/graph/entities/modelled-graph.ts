import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OriginOf } from '../../http/origin.js'
import { pathOf, queryOf } from '../../http/request-path.js'
import { encodeReason, REASON_HEADER } from '../../http/reason-header.js'
import type { User } from '../../identity/directory-schema.js'
import type { Random } from '../../lib/random.js'
import { perform } from '../engine/engine.js'
import { EngineError } from '../engine/engine-error.js'
import { GraphModel } from '../engine/graph-model.js'
import { badRequest, GraphError, unknownSegment } from '../errors.js'
import { EVIDENCE_HEADER } from '../../http/evidence-header.js'
import { gatewayService } from '../gateway/gateway-service.js'
import type { Operation, Service } from '../gateway/operation.js'
import type { RequiredPermissions } from '../gateway/permission-rule.js'
import { readBody } from '../gateway/read-payload.js'
import type { GraphVersion } from '../gateway/versions.js'
import { ownModel, ownPermissions } from '../model/model-files.js'
import type { Decision } from '../model/permissions/permissions.js'
import { contentType, requestedMetadataLevel } from '../odata/metadata-level.js'
import { PathError } from '../odata/path/path-error.js'
import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { resolvePath } from '../odata/path/resolve-path.js'
import { parseQueryOptions } from '../odata/query/parse/query-options.js'
import { QueryError } from '../odata/query/query-error.js'
import { isServedMethod, operationKind, operationName, permissionPath } from './operation-name.js'
import { TenantEntities } from './tenant-entities.js'

/** An operation of a path that no hand-written resource has, with what the path was found to be. */
interface ModelledOperation extends Operation {
  readonly resolved: ResolvedPath
}

interface Surroundings {
  readonly origin: OriginOf
  readonly random: Random
  /** Who can sign in, and so is there from the start. */
  readonly users: () => readonly User[]
}

const service: Service = { ...gatewayService, name: 'graph' }

/**
 * All of Graph that no hand-written resource answers: paths, types and permissions as Microsoft publishes them, performed
 * by the rules of OData. Its answers say that they are modelled. It is loaded at the first request for such a path.
 */
export class ModelledGraph {
  readonly #surroundings: Surroundings
  readonly #models: Readonly<Record<GraphVersion, GraphModel>>
  readonly #permissions = ownPermissions()
  readonly #entities: TenantEntities

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
    const beta = new GraphModel(ownModel('beta'))
    this.#models = { beta, 'v1.0': new GraphModel(ownModel('v1.0'), beta) }
    this.#entities = new TenantEntities(surroundings.users)
  }

  /** The operation that a request asks for; `undefined` for none, and {@link refusal} tells why. */
  find(request: FastifyRequest, version: GraphVersion): Operation | undefined {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    if (!isServedMethod(method)) return undefined
    const resolved = this.#resolve(request, version)
    if (resolved instanceof Error || resolved.segments.length === 0) return undefined
    const operation: ModelledOperation = {
      name: operationName(resolved, method),
      kind: operationKind(resolved, method),
      method,
      path: pathOf(request).slice(version.length + 2),
      service,
      permissions: required(this.#permissions.permissionsFor(permissionPath(resolved), method)),
      support: [],
      resolved
    }
    return operation
  }

  refusal(request: FastifyRequest, version: GraphVersion): GraphError {
    const resolved = this.#resolve(request, version)
    if (!(resolved instanceof Error)) {
      return service.noSuchVerb(undefined as never, request.method, 'GET, POST, PATCH, PUT and DELETE are served.')
    }
    if (!(resolved instanceof PathError)) return badRequest(resolved.message, 'The query cannot be read.')
    const { kind, message, segment, candidates } = resolved
    const hint = candidates.length > 0 ? ` Did you mean ${candidates.join(', ')}?` : ''
    if (kind !== 'unknown') return badRequest(message, `The segment ${segment} cannot stand there.${hint}`)
    const reason = `Graph's published types have no ${pathOf(request)}; the journal lists the request as unmatched.${hint}`
    return unknownSegment(segment, reason)
  }

  answer(request: FastifyRequest, reply: FastifyReply, version: GraphVersion): FastifyReply {
    const { tenant, identity, headers } = request
    const { resolved } = request.operation as ModelledOperation
    const metadataLevel = requestedMetadataLevel(headers.accept) ?? 'minimal'
    const answer = refusing(() => {
      const entities = this.#entities.of(tenant)
      const performed = perform(this.#models[version], entities, {
        method: request.method,
        path: resolved,
        query: parseQueryOptions(queryOf(request), { dollarOptional: version === 'beta' }),
        body: bodyOf(request, resolved),
        headers: { prefer: headers.prefer as string | undefined },
        now: new Date(tenant.now()),
        caller: { userId: identity.userId },
        tenantId: tenant.id,
        serviceRoot: `${this.#surroundings.origin(request)}/${version}`,
        metadataLevel,
        newGuid: () => this.#surroundings.random.uuid()
      })
      if (performed.entities !== entities) this.#entities.put(tenant, performed.entities)
      return performed
    })
    reply.code(answer.status).headers({ ...answer.headers, [EVIDENCE_HEADER]: 'modelled' })
    if (answer.note !== undefined) reply.header(REASON_HEADER, encodeReason(answer.note))
    const { body } = answer
    if (body === undefined) return reply.send()
    reply.header('odata-version', '4.0')
    if (!('content-type' in answer.headers)) reply.header('content-type', contentType(metadataLevel))
    return reply.send(typeof body === 'string' ? Buffer.from(body) : body)
  }

  #resolve(request: FastifyRequest, version: GraphVersion): ResolvedPath | PathError | QueryError {
    const path = pathOf(request).slice(version.length + 1)
    try {
      const isAliased = path.includes('@') || path.includes('%40')
      const { aliases } = parseQueryOptions(isAliased ? queryOf(request) : '', { dollarOptional: true }).given
      return resolvePath(path, this.#models[version], aliases)
    } catch (error) {
      // Nothing else is thrown where paths and queries are parsed.
      return error as PathError | QueryError
    }
  }
}

/** Where nothing is published of a path, any token will do. */
function required(decision: Decision | undefined): RequiredPermissions {
  if (!decision) return 'anyToken'
  const { delegated, application, personal, source } = decision
  const accepted = {
    delegated,
    application: application.length > 0 ? application : { notSupported: `No application permission opens ${source}.` },
    ...(personal.length > 0 && { personal }),
    source
  }
  return { names: [...delegated, ...application, ...personal], accepted: () => accepted }
}

/** What the engine refuses leaves as Graph's error. */
function refusing<Result>(act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    if (error instanceof QueryError) throw badRequest(error.message, 'The query cannot be read.')
    if (!(error instanceof EngineError)) throw error
    const { status, code, message, reason = message } = error
    throw new GraphError({ status, code, message, reason, headers: { [EVIDENCE_HEADER]: 'modelled' } })
  }
}

function bodyOf(request: FastifyRequest, { segments }: ResolvedPath): unknown {
  const last = segments.at(-1)
  const bytes = request.body as Buffer | undefined
  if (last?.kind === 'value') return bytes
  const isEmpty = bytes === undefined || bytes.length === 0
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'DELETE') return undefined
  if (isEmpty && last?.kind === 'operation') return undefined
  return readBody(request)
}
