import { Type } from '@sinclair/typebox'
import { supportMarkdown } from '../support/markdown.js'
import { grades } from '../support/behaviour.js'
import { SupportRow } from '../support/support-table.js'
import type { ControlRoutes } from './control-routes.js'
import { closedObject } from '../lib/schemas.js'

const Support = closedObject({
  counts: closedObject(Object.fromEntries(grades.map((grade) => [grade, Type.Integer()])), {
    description: 'Rows of each grade of evidence.'
  }),
  support: Type.Array(SupportRow)
})

/** `GET /_mock/support`: every behaviour with its evidence; as the README's table for `Accept: text/markdown`. */
export const supportRoutes: ControlRoutes = (control, { graph: { support } }) => {
  const schema = {
    summary: 'List what is mocked, and what each bit of it rests on',
    description: 'As a Markdown table for Accept: text/markdown.',
    response: {
      200: {
        description: 'The support table.',
        content: { 'application/json': { schema: Support }, 'text/markdown': { schema: Type.String() } }
      }
    }
  }
  control.get('/support', { schema }, async ({ headers }, reply) => {
    void reply.header('vary', 'Accept')
    if (!headers.accept?.includes('text/markdown')) return { counts: support.counts(), support: [...support.rows()] }
    return reply.type('text/markdown; charset=utf-8').send(supportMarkdown(support.rows()))
  })
}
