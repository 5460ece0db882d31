import { createHash, timingSafeEqual } from 'node:crypto'
import type { onRequestHookHandler } from 'fastify'
import { Problem } from './problem.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route below `/_mock`: it answers without the token of `--control-token`. */
    withoutControlToken?: true
  }
}

/** An `onRequest` hook that refuses requests without the token. */
export function demandControlToken(token: string): onRequestHookHandler {
  const expected = digest(token)
  return ({ headers, routeOptions }, _reply, done) => {
    const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
    if (routeOptions.config.withoutControlToken) done()
    else if (given === undefined) {
      done(refusal('This server was started with --control-token; send that token as Authorization: Bearer TOKEN.'))
    } else if (timingSafeEqual(digest(given), expected)) done()
    else done(refusal('The bearer token is not that of --control-token.'))
  }
}

function refusal(detail: string): Problem {
  return new Problem(401, detail, { 'www-authenticate': 'Bearer' })
}

/** A digest has the same length for every text, as a comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
