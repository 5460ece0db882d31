import type { GraphMockRequests, RequestMatch as PublishedMatch } from '../api/api.js'
import { lazyCheck } from '../lib/lazy-check.js'
import { explainMismatch } from '../lib/schema-mismatch.js'
import type { Journal } from '../journal/journal.js'
import { RequestFilter } from '../journal/request-list.js'
import { readWait, WaitRequest } from '../journal/wait-request.js'

const filterCheck = lazyCheck(RequestFilter)
const waitCheck = lazyCheck(WaitRequest)

/** The journal for the in-process API: what `/_mock/requests` and `/_mock/tenants/{t}/requests` do, as methods. */
export function requestsHandle(journal: Journal, tenantId: string | undefined): GraphMockRequests {
  const on = () => {
    if (journal.isOn) return journal
    throw new Error('The journal is off; leave out journalSize: 0.')
  }
  return {
    list: (filter = {}) => on().list(tenantId, demand(filter, filterCheck)).requests,
    count: (filter = {}) => on().count(tenantId, demand(filter, filterCheck)).count,
    unmatched: () => on().unmatched(tenantId).list().requests,
    dropped: () => on().count(tenantId).dropped,
    clear: () => {
      journal.clear(tenantId)
    },
    waitFor: async (match: PublishedMatch, options = {}) => {
      // A copy by JSON, without undefined members, that the caller cannot change later.
      const asked = JSON.parse(JSON.stringify({ ...match, ...options })) as WaitRequest
      const wanted = readWait(demand(asked, waitCheck))
      return (await on().wait(tenantId, wanted).found).list().requests
    }
  }
}

/** @throws TypeError naming the member */
function demand<Value>(value: Value, check: typeof filterCheck): Value {
  if (check.accepts(value)) return value
  throw new TypeError(explainMismatch(check.errors(value)))
}
