import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'

/**
 * One step on the way of a request. It refuses the request by throwing, and ends when it returns or when its promise
 * resolves. If it has answered, or broken the connection, no further step runs.
 */
export type Step = (request: FastifyRequest, reply: FastifyReply) => undefined | Promise<unknown>

/** Runs steps in order as one hook, because Fastify's overhead for a hook is more than most of the steps take. */
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
