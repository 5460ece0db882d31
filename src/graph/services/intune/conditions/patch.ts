import type { FastifyRequest } from 'fastify'
import { noMethodMatch } from '../../../errors.js'
import { because, ofIntune } from './condition.js'

export const patchNoRoute = ofIntune(
  {
    behaviour: 'PATCH without a route: 400 `No method match route template`',
    evidence: 'observed',
    source: 'microsoft-graph-docs-contrib#4235 for other Autopilot resources'
  },
  (request, { template, path }) =>
    request.method === 'PATCH'
      ? noMethodMatch(request.method, template, path, because('patchNoRoute', request, 'this path has no PATCH'))
      : undefined
)

/** Nothing is refused: see {@link answersNoContent}. */
export const patchNoContent = ofIntune(
  {
    behaviour: 'PATCH that is done and answers 204 without a body',
    evidence: 'observed',
    source: 'microsoft-graph-docs#11317, microsoft-graph-docs-contrib#8701 for other Intune resources'
  },
  () => undefined
)

/** Whether a request that succeeded is answered by 204 instead of 200 and the entity. */
export function answersNoContent({ method, tenant }: FastifyRequest): boolean {
  return method === 'PATCH' && tenant.state.condition === 'patchNoContent'
}
