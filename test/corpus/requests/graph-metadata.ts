import { graph, on } from '../step.js'

const LEVELS = ['none', 'minimal', 'full']
const anonymous = { token: null }

export const sequences = [
  ...on('documented', [
    graph('$metadata', 'GET /beta/$metadata', anonymous),
    graph('$metadata, HEAD', 'HEAD /beta/$metadata', anonymous),
    graph('$metadata, another case', 'GET /BETA/$Metadata/', anonymous),
    graph('$metadata, encoded', 'GET /beta/%24metadata', anonymous),
    graph('$metadata as JSON', 'GET /beta/$metadata?$format=json', {
      ...anonymous,
      headers: { Accept: 'application/json' }
    }),
    graph('$metadata with a token that is none', 'GET /beta/$metadata', { token: 'nonsense' }),
    graph('service document', 'GET /beta', anonymous),
    graph('service document, a slash behind', 'GET /beta/', anonymous),
    graph('service document, HEAD', 'HEAD /beta', anonymous),
    graph('service document by https', 'GET /beta', { ...anonymous, isSecure: true }),
    ...LEVELS.map((level) =>
      graph(`service document, odata.metadata=${level}`, 'GET /beta', {
        ...anonymous,
        headers: { Accept: `application/json;odata.metadata=${level}` }
      })
    )
  ]),
  ...on('observed', [graph('service document', 'GET /beta', anonymous)]),
  ...on('public url', [graph('service document', 'GET /beta', anonymous)])
]
