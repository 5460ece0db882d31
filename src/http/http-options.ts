/** Bytes. A larger body gets 413. */
export const BODY_LIMIT = 1024 * 1024
/** Bytes. A larger header block gets 431. */
const HEADER_LIMIT = 64 * 1024
/** Milliseconds in which the header block and the whole of a request must arrive; after that it gets 408. */
const TIMEOUTS = { headers: 20_000, request: 30_000, checkedEvery: 1000 }

/** Response schemas only describe: answers are serialised as they are, without removing members. */
export const writeJson = () => JSON.stringify

/** Options of Fastify: limits and routing. */
export const httpOptions = {
  bodyLimit: BODY_LIMIT,
  requestTimeout: TIMEOUTS.request,
  http: {
    maxHeaderSize: HEADER_LIMIT,
    // Node's own answer would not have Graph's shape; host-header.ts checks instead.
    requireHostHeader: false,
    headersTimeout: TIMEOUTS.headers,
    connectionsCheckingInterval: TIMEOUTS.checkedEvery
  },
  // The service accepts doubled slashes: Microsoft's SDK for Python sends /beta//deviceManagement/… by default.
  routerOptions: {
    caseSensitive: false,
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    // Only the header limit bounds a parameter here, so that its schema can refuse it.
    maxParamLength: HEADER_LIMIT
  },
  return503OnClosing: false
}
