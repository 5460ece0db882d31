import type { ResolvedPath } from '../odata/path/resolved-path.js'
import { EngineError } from './engine-error.js'
import type { Work } from './work.js'

/**
 * A path that begins with `/me`, as that of the user of the token (documented:
 * https://learn.microsoft.com/graph/api/user-get, where the context of the answer is `users/$entity`). The refusal of
 * applications is widely quoted (assumed).
 *
 * @throws EngineError 400 where the token is of no user
 */
export function withoutMe(path: ResolvedPath, { model, request }: Work): ResolvedPath {
  const [first, ...others] = path.segments
  const users = model.root('users')
  if (first?.kind !== 'root' || first.root.name !== 'me' || !users) return path
  const { userId } = request.caller
  if (userId === undefined) {
    throw new EngineError({
      kind: 'badRequest',
      status: 400,
      code: 'Request_BadRequest',
      message: '/me request is only valid with delegated authentication flow.'
    })
  }
  const key = { kind: 'key', values: [{ name: 'id', value: userId }], alternate: false } as const
  return { ...path, segments: [{ kind: 'root', root: users }, key, ...others] }
}
