import { noMethodMatch } from '../intune-error.js'
import { routeTemplate } from '../intune-service.js'
import { because, ofIntune } from './condition.js'

export const patchNoRoute = ofIntune(
  {
    behaviour: 'PATCH without a route: 400 `No method match route template`',
    evidence: 'observed',
    source: 'microsoft-graph-docs-contrib#4235 for other Autopilot resources'
  },
  (request, operation, backendPath) =>
    request.method === 'PATCH'
      ? noMethodMatch(
          request.method,
          routeTemplate(operation),
          backendPath,
          because('patchNoRoute', request, 'this path has no PATCH')
        )
      : undefined
)

/** Refuses nothing; `IntuneService.answersNoContent` reads the condition. */
export const patchNoContent = ofIntune(
  {
    behaviour: 'PATCH that is done and answers 204 without a body',
    evidence: 'observed',
    source: 'microsoft-graph-docs#11317, microsoft-graph-docs-contrib#8701 for other Intune resources'
  },
  () => undefined
)
