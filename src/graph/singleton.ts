import type { Static, TObject, TProperties } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { Behaviour } from '../support/behaviour.js'
import type { StateSlot } from '../tenants/state-slot.js'
import type { Tenant } from '../tenants/tenant.js'
import type { Operation, Service } from './gateway/operation.js'
import type { RequiredPermissions } from './gateway/permission-rule.js'
import { readBody } from './gateway/read-payload.js'
import type { AnsweredEntity } from './gateway/send-entity.js'
import type { GraphVersion } from './gateway/versions.js'
import { parametersReader, type BoundAction } from './odata/parameters.js'
import { OBSERVED_STYLE, type AnswerStyle } from './odata/represent.js'
import { entityType, type EntityType } from './odata/schema.js'
import type { Resource } from './resource.js'

type ParametersByAction = Readonly<Record<string, TProperties>>

/** A resource that exists once in each tenant: data, and pure functions over its state. */
export interface Singleton<
  State extends object = object,
  Entity extends TProperties = TProperties,
  Update extends TProperties = TProperties,
  Parameters extends ParametersByAction = ParametersByAction
> {
  /** Below the version, in Graph's own spelling, such as `deviceManagement/windowsAutopilotSettings`. */
  readonly path: string
  readonly versions: readonly GraphVersion[]
  readonly type: EntityType<Entity>
  /** The service behind Graph's gateway, which words its refusals. */
  readonly service: Service
  readonly state: StateSlot<State>
  readonly entityOf: (state: State) => Static<TObject<Entity>>
  /** The form of answers where the request does not determine it. Default: `@odata.context`, dates in UTC. */
  readonly style?: (tenant: Tenant) => AnswerStyle
  /** See `Resource.exampleProperty`. */
  readonly exampleProperty?: keyof Entity & string
  readonly get?: Guarded
  readonly update?: Guarded & {
    readonly payload: EntityType<Update>
    readonly apply: (state: State, update: Static<TObject<Update>>) => State
  }
  /** By name; each answers 204. */
  readonly actions?: { readonly [Name in keyof Parameters]: Action<State, Parameters[Name]> }
}

/** What every operation declares. */
export interface Guarded {
  readonly permissions: RequiredPermissions
  readonly support: readonly Behaviour[]
}

export interface Action<State extends object = object, Parameters extends TProperties = TProperties> extends Guarded {
  /** A closed type; absent for none. */
  readonly parameters?: EntityType<Parameters>
  /** @throws GraphError to refuse the call; the state stays as it was */
  readonly apply: (state: State, call: ActionCall<Parameters>) => State
}

export interface ActionCall<Parameters extends TProperties = TProperties> {
  readonly operation: Operation
  readonly tenantId: string
  /** Milliseconds since 1970 on the clock of the tenant. */
  readonly now: number
  readonly parameters: Readonly<Static<TObject<Parameters>>>
}

const NO_PARAMETERS = entityType('none', {})

/** What may precede the name of an action in a path, with the evidence for it; `undefined`: that of the action itself. */
const PREFIXES: readonly (readonly [prefix: string, support: readonly Behaviour[] | undefined])[] = [
  ['', undefined],
  [
    'microsoft.graph.',
    [
      {
        behaviour: 'The same action by its qualified name',
        evidence: 'assumed',
        source: 'OData URL Conventions 4.01; the target that Intune prints for its actions in OpenIntuneBaseline'
      }
    ]
  ],
  [
    'graph.',
    [
      {
        behaviour: 'The same action, its name qualified by the alias that `$metadata` gives the namespace',
        evidence: 'assumed',
        source: 'OData URL Conventions 4.01; the alias is that of msgraph-metadata, schemas/beta-Prod.csdl'
      }
    ]
  ]
]

export function singleton<
  State extends object,
  Entity extends TProperties,
  Update extends TProperties,
  Parameters extends ParametersByAction
>(parts: Singleton<State, Entity, Update, Parameters>): Resource {
  const { path, versions, type, service, state, entityOf, get, update, style = () => OBSERVED_STYLE } = parts
  const actions = (parts.actions ?? {}) as unknown as Readonly<Record<string, Action<State>>>
  const name = path.slice(path.lastIndexOf('/') + 1)
  const operation = (
    own: Pick<Operation, 'kind' | 'method' | 'payload'>,
    verb: string,
    { permissions, support }: Guarded,
    suffix = ''
  ): Operation => ({ ...own, name: `${name}.${verb}`, path: path + suffix, service, permissions, support })

  const calls = Object.entries(actions).flatMap(([action, guarded]) => {
    const post = { kind: 'action', method: 'POST' } as const
    const readParameters = parametersReader(parametersOf(guarded), action)
    return PREFIXES.map(([prefix, support = guarded.support]) => ({
      operation: operation(post, action, { ...guarded, support }, `/${prefix}${action}`),
      readParameters,
      apply: guarded.apply
    }))
  })
  const answered: AnsweredEntity = { type: type as EntityType, path, actions: boundActions(actions) }
  return {
    ...answered,
    name,
    kind: 'singleton',
    versions,
    exampleProperty: parts.exampleProperty,
    state,
    operations: [
      ...(get ? [operation({ kind: 'get', method: 'GET' }, 'get', get)] : []),
      ...(update
        ? [operation({ kind: 'update', method: 'PATCH', payload: update.payload as EntityType }, 'update', update)]
        : []),
      ...calls.map((call) => call.operation)
    ],

    routes(scope, send) {
      if (get) {
        scope.get(`/${path}`, ({ tenant }, reply) => send(reply, answered, style(tenant), entityOf(state.read(tenant))))
      }
      if (update) {
        scope.patch(`/${path}`, { schema: { body: update.payload } }, ({ tenant, body }, reply) => {
          // The type provider cannot infer the type of the body from a schema that is a type parameter.
          const properties = body as Static<TObject<Update>>
          const updated = state.update(tenant, (current) => update.apply(current, properties))
          return send(reply, answered, style(tenant), entityOf(updated))
        })
      }
      for (const { operation, readParameters, apply } of calls) {
        scope.post(`/${operation.path}`, (request, reply) => {
          const { tenant } = request
          const parameters = readParameters(hasBody(request) ? readBody(request) : {})
          const call = { operation, tenantId: tenant.id, now: tenant.now(), parameters }
          state.update(tenant, (current) => apply(current, call))
          return reply.code(204).send()
        })
      }
    }
  }
}

function boundActions<State extends object>(actions: Readonly<Record<string, Action<State>>>): BoundAction[] {
  return Object.entries(actions).map(([name, action]) => ({ name, parameters: parametersOf(action) }))
}

function parametersOf<State extends object>({ parameters = NO_PARAMETERS }: Action<State>): EntityType {
  return parameters
}

/** Clients call actions without a body, under any content type or none, or with `{}` (captured, CIPP-API and others). */
function hasBody({ body }: FastifyRequest): boolean {
  return body !== undefined && (body as Buffer).length > 0
}
