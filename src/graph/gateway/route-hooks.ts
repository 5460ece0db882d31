import type { onRequestHookHandler, RouteOptions } from 'fastify'

/** Adds a step to a route, behind those that it has. */
export function addOnRequest(route: RouteOptions, hook: onRequestHookHandler): void {
  route.onRequest = [route.onRequest ?? [], hook].flat()
}
