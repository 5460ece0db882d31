import { supportMarkdown } from '../support/markdown.js'
import type { ControlRoutes } from './control-routes.js'

/** `GET /_mock/support`: every behaviour with its evidence; as the README's table for `Accept: text/markdown`. */
export const supportRoutes: ControlRoutes = (control, { support }) => {
  control.get('/support', ({ headers }, reply) => {
    void reply.header('vary', 'Accept')
    if (!headers.accept?.includes('text/markdown')) return { support: support.rows() }
    return reply.type('text/markdown; charset=utf-8').send(supportMarkdown(support.rows()))
  })
}
