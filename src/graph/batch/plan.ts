import { badRequest, requestTypeNotSupported } from '../errors.js'
import { isDeeperThan } from '../../lib/json.js'
import { demandAcyclic } from './cycles.js'
import { malformed, type BatchPayload } from './payload.js'

/** Documented: concepts/json-batching.md. */
const MAX_REQUESTS = 20
/** OData JSON Format 4.01, section 19.1; matched in any case, as it says there. */
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
/** Bodies are serialised again for their parts, and a deeper one could overflow the stack. No type of Graph is as deep. */
const MAX_DEPTH = 64
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])
/** Characters of names and values of headers (RFC 9110, 5.6.2 and 5.5). */
const FIELD_NAME = /^[\w!#$%&'*+.^`|~-]+$/
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** A valid request of a batch. */
export interface BatchPart {
  readonly id: string
  readonly method: string
  /** Path and query below the version, without leading slash. */
  readonly url: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** `undefined` for none. */
  readonly body: unknown
  /** Parts that must succeed before this one runs. */
  readonly dependsOn: readonly BatchPart[]
}

/**
 * Validates a batch, and resolves the dependencies of its parts. A mistake in one part refuses the whole batch, before any
 * part runs.
 *
 * @throws GraphError 400 `BadRequest`. Captured: an id given twice (msgraph-sdk-java#559), too many requests
 *   (microsoftgraph-postman-collections#9), a write without content type or body (msgraph-sdk-dotnet#2628 and
 *   ms-365-mcp-server#677), the beginning of the text for a bad `dependsOn` (msgraph-sdk-dotnet-core#891)
 */
export function planBatch({ requests }: BatchPayload): BatchPart[] {
  if (requests.length > MAX_REQUESTS) {
    throw badRequest(
      'Number of requests inside batch exceeds the limit.',
      `The batch has ${requests.length} requests; at most ${MAX_REQUESTS} are allowed.`
    )
  }
  const parts = new Map<string, BatchPart & { dependsOn: BatchPart[] }>()
  for (const request of requests) {
    const part = readPart(request)
    if (parts.has(part.id.toLowerCase())) {
      throw badRequest(`Request Id ${part.id} has to be unique in a batch.`, 'Ids are compared without regard to case.')
    }
    parts.set(part.id.toLowerCase(), { ...part, dependsOn: [] })
  }
  for (const { id, dependsOn } of requests) {
    const part = parts.get(id.toLowerCase())
    for (const name of dependsOn ?? []) {
      const dependency = parts.get(name.toLowerCase())
      if (!dependency) throw invalidDependency(id, `No request of the batch has the id ${JSON.stringify(name)}.`)
      part?.dependsOn.push(dependency)
    }
  }
  const plan = [...parts.values()]
  demandAcyclic(plan, (part) => invalidDependency(part.id, 'It depends on itself, through dependsOn.'))
  return plan
}

function readPart({ id, method, url, headers, body }: BatchPayload['requests'][number]): Omit<BatchPart, 'dependsOn'> {
  const verb = method.toUpperCase()
  if (!METHODS.has(verb)) {
    throw requestTypeNotSupported(
      `Request ${id} has the method ${JSON.stringify(method)}; GET, POST, PUT, PATCH and DELETE exist.`
    )
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    throw malformed(
      `The url of request ${id} is absolute; it must be relative to the version, such as /deviceManagement.`
    )
  }
  const own = Object.entries(headers ?? {}).map(([name, value]) => {
    if (!FIELD_NAME.test(name))
      throw malformed(`Request ${id} has the header ${JSON.stringify(name)}, which is not a token (RFC 9110, 5.6.2).`)
    // The value may be a secret, so the reason does not repeat it.
    if (!FIELD_VALUE.test(value)) {
      throw malformed(`The header ${name} of request ${id} has a character that a header cannot have.`)
    }
    return [name.toLowerCase(), value]
  })
  const part = {
    id,
    method: verb,
    url: url.replace(/^\/+/, ''),
    headers: Object.fromEntries(own) as Record<string, string>
  }
  if (isDeeperThan(body, MAX_DEPTH)) {
    throw malformed(`The body of request ${id} is nested deeper than ${MAX_DEPTH} levels.`)
  }
  if (!WITH_BODY.has(verb)) return { ...part, body: undefined }
  demandContent(id, part.headers, body)
  return { ...part, body }
}

/** A write needs content type and body, even an action without parameters, for which `{}` will do. */
function demandContent(id: string, headers: BatchPart['headers'], body: unknown): void {
  const reason = `Request ${id} is a write. Give it "headers": {"Content-Type": "application/json"} and a "body", {} at least.`
  if (body === undefined || body === null) {
    throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`, reason)
  }
  if (headers['content-type'] === undefined) {
    throw badRequest(`Write request with id '${id}' does not contain a Content-Type header.`, reason)
  }
}

function invalidDependency(id: string, reason: string): Error {
  return badRequest(`Invalid dependency for request Id ${id}.`, reason)
}
