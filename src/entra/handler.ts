import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../lib/log.js'
import type { Mock } from '../mock.js'

/** Answers a request to the authority. @throws AadstsError */
export type Handler = (mock: Mock, request: FastifyRequest, reply: FastifyReply, log: Log) => unknown
