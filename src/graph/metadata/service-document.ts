import type { AnsweredEntity } from '../gateway/send-entity.js'
import { edmModel } from './edm-model.js'

/** @param serviceRoot origin and version that the request came to; `undefined` for an answer without annotations */
export function serviceDocument(resources: readonly AnsweredEntity[], serviceRoot: string | undefined): object {
  const names = [...edmModel(resources).singletons.keys()]
  return {
    ...(serviceRoot !== undefined && { '@odata.context': `${serviceRoot}/$metadata` }),
    value: names.map((name) => ({ name, kind: 'Singleton', url: name }))
  }
}
