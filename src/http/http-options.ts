/** Bytes. A larger body gets 413. */
export const BODY_LIMIT = 1024 * 1024
/** Bytes. A larger header block gets 431. */
const HEADER_LIMIT = 64 * 1024
/** Milliseconds that a request gets to arrive, its header block and the whole of it; after them it gets 408. */
const TIMEOUTS = { headers: 20_000, request: 30_000, checkedEvery: 1000 }

/** Response schemas describe, they do not strip: what a route answers is written as it is. */
export const writeJson = () => JSON.stringify

/** How Fastify takes and routes requests here. */
export const httpOptions = {
  bodyLimit: BODY_LIMIT,
  requestTimeout: TIMEOUTS.request,
  http: {
    maxHeaderSize: HEADER_LIMIT,
    // Node would answer in no shape of ours; see host-header.ts.
    requireHostHeader: false,
    headersTimeout: TIMEOUTS.headers,
    connectionsCheckingInterval: TIMEOUTS.checkedEvery
  },
  // Microsoft's SDK for Python sends /beta//deviceManagement/… by default, so the service takes it.
  routerOptions: {
    caseSensitive: false,
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    // A parameter is as long as the request line lets it be, and refused by its schema.
    maxParamLength: HEADER_LIMIT
  },
  return503OnClosing: false
}
