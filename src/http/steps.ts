import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'

/**
 * One step on the way of a request. It refuses by throwing, and is over when it returns or when its promise resolves;
 * where it has answered, or taken the connection away, no further step is run.
 */
export type Step = (request: FastifyRequest, reply: FastifyReply) => undefined | Promise<unknown>

/** The steps in their order, as one hook: Fastify's own bookkeeping of a hook costs more than most of them. */
export function inOrder(...steps: readonly Step[]): onRequestHookHandler {
  return (request, reply, done) => {
    runFrom(0)

    function runFrom(first: number): void {
      try {
        for (let at = first; at < steps.length; at++) {
          const pending = (steps[at] as Step)(request, reply)
          if (pending) {
            pending.then(() => {
              if (!reply.sent) runFrom(at + 1)
            }, done)
            return
          }
          if (reply.sent) return
        }
      } catch (error) {
        done(error as Error)
        return
      }
      done()
    }
  }
}
