import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import { Miss } from '../journal/misses.js'
import { RequestCount, RequestFilter, RequestList } from '../journal/request-list.js'
import { UnmetWait, type WaitClosed } from '../journal/unmet-wait.js'
import { readWait, WaitRequest, type Wanted } from '../journal/wait-request.js'
import type { TooManyWaits } from '../journal/waits.js'
import { NoContent, type ControlRoutes } from './control-routes.js'
import { Problem, ProblemDocument } from './problem.js'
import { scopeOf, scopes } from './tenant-path.js'
import { sendJson } from './send-json.js'

const OFF = { 409: ProblemDocument }
const UnmetProblem = Type.Object({ ...ProblemDocument.properties, misses: Type.Array(Miss) })

/** The journal of a tenant and of all tenants: list, count, wait, clear. */
export const requestRoutes: ControlRoutes = (control, { tenants, journal }) => {
  for (const { prefix, whose, params } of scopes) {
    const path = `${prefix}/requests`
    const listed = { params, querystring: RequestFilter, response: { 200: RequestList, ...OFF } }
    control.get(
      path,
      { schema: { summary: `List the requests ${whose}, newest last`, ...listed } },
      (request, reply) => {
        demandOn()
        sendJson(reply, journal.find(scopeOf(request, tenants), request.query).json())
      }
    )

    const counted = { params, querystring: RequestFilter, response: { 200: RequestCount, ...OFF } }
    control.get(`${path}/count`, { schema: { summary: `Count the requests ${whose}`, ...counted } }, (request) => {
      demandOn()
      return journal.count(scopeOf(request, tenants), request.query)
    })

    const unmatched = {
      summary: `List the requests ${whose} for Graph paths that the mock lacks`,
      params,
      response: { 200: RequestList, ...OFF }
    }
    control.get(`${path}/unmatched`, { schema: unmatched }, (request, reply) => {
      demandOn()
      sendJson(reply, journal.unmatched(scopeOf(request, tenants)).json())
    })

    const clear = { summary: `Forget the requests ${whose}`, params, response: { 204: NoContent } }
    control.delete(path, { schema: clear }, async (request, reply) => {
      journal.clear(scopeOf(request, tenants))
      return reply.code(204).send()
    })

    const waited = {
      summary: `Wait until requests ${whose} that match are over`,
      params,
      description:
        'Requests that the journal has already count. 422 tells the nearest misses when the time is up. 429, with Retry-After, when too many wait already: 100 for the same tenant or for all tenants, 1000 in all.',
      body: Type.Optional(WaitRequest),
      response: { 200: RequestList, 422: UnmetProblem, 429: ProblemDocument, 503: ProblemDocument, ...OFF }
    }
    control.post(`${path}/wait`, { schema: waited }, (request, reply) => {
      demandOn()
      wait(scopeOf(request, tenants), read(request.body), reply)
    })
  }

  function demandOn(): void {
    if (!journal.isOn) throw new Problem(409, 'The journal is off; start without --journal-size 0.')
  }

  function wait(scope: string | undefined, wanted: Wanted, reply: FastifyReply): void {
    const { found, cancel } = begin(scope, wanted)
    reply.raw.once('close', cancel)
    found.then(
      (requests) => {
        sendJson(reply, requests.json())
      },
      (error: unknown) => {
        void reply.send(
          error instanceof UnmetWait ? new UnmetWaitProblem(error) : new Problem(503, (error as WaitClosed).message)
        )
      }
    )
  }

  /** @throws Problem 429, not 409: the same request will succeed later */
  function begin(scope: string | undefined, wanted: Wanted): ReturnType<typeof journal.wait> {
    try {
      return journal.wait(scope, wanted)
    } catch (error) {
      const { message, retryAfter } = error as TooManyWaits
      throw new Problem(429, `${message}.`, { 'retry-after': String(retryAfter) })
    }
  }
}

/** @throws Problem 400 */
function read(body: WaitRequest): Wanted {
  try {
    return readWait(body)
  } catch (error) {
    throw new Problem(400, `${(error as RangeError).message}.`)
  }
}

/** A problem with the nearest misses as an extension member. */
class UnmetWaitProblem extends Problem {
  readonly #misses: readonly Miss[]

  constructor({ summary, misses }: UnmetWait) {
    super(422, summary)
    this.#misses = misses
  }

  override toJSON(): object {
    return { ...super.toJSON(), misses: this.#misses }
  }
}
