import type { FastifyRequest } from 'fastify'
import { ConnectAnswer } from '../connect/connect-answer.js'
import type { ConnectFacts } from '../connect/recipe.js'
import { sdkNames } from '../connect/sdk-names.js'
import { profileSetting } from '../graph/profiles.js'
import type { Mock } from '../mock.js'
import type { ControlRoutes } from './control-routes.js'
import { Problem, ProblemDocument } from './problem.js'
import { closedObject, oneOf } from '../lib/schemas.js'

const ConnectPath = closedObject({
  sdk: oneOf(sdkNames, { description: 'Client to connect.' })
})

/** `GET /_mock/connect/{sdk}`: the lines that connect an SDK to this server. */
export const connectRoutes: ControlRoutes = (control, mock) => {
  const schema = {
    summary: 'Write the lines that connect an SDK to this server',
    params: ConnectPath,
    response: { 200: ConnectAnswer, 409: ProblemDocument }
  }
  control.get('/connect/:sdk', { schema }, async (request) => {
    const { sdk } = request.params
    const { recipes } = await import('../connect/recipes.js')
    const recipe = recipes[sdk]
    const facts = factsFor(mock, request)
    return {
      sdk,
      language: recipe.language,
      isRun: recipe.isTested,
      notes: notesFor(mock, recipe.isTested),
      shell: [...recipe.shell(facts)],
      code: recipe.code(facts)
    }
  })
}

/** @throws Problem 409 where there is no https, which every SDK's authority needs */
function factsFor(
  { options, origin, certificates, directory, tenants, graph }: Mock,
  request: FastifyRequest
): ConnectFacts {
  const base = origin(request)
  if (!certificates.enabled && !base.startsWith('https:')) {
    throw new Problem(409, 'SDKs take tokens by https only, and TLS is off; start without --tls off.')
  }
  const { appId, secretText } = directory.workingClient
  return {
    caUrl: `${base.replace(/^https:/, 'http:')}/_mock/ca.pem`,
    needsControlToken: options.controlToken !== undefined,
    // Libraries compare origins, and that of port 443 names no port.
    httpsUrl: new URL(base.replace(/^http:/, 'https:')).origin,
    tenantId: tenants.defaultId,
    clientId: appId,
    clientSecret: secretText,
    example: graph.example
  }
}

function notesFor({ tenants }: Mock, isTested: boolean): string[] {
  const { profile } = tenants.initialValues(tenants.defaultId).get(profileSetting)
  return [
    ...(isTested ? [] : ['Written from the sources of this SDK, not run.']),
    ...(profile === 'observed'
      ? []
      : [
          'This server has the profile documented, which refuses application tokens with 403; start it with --profile observed.'
        ])
  ]
}
