import t from 'tap'
import { contextTarget, contextUrl } from '../../../../src/graph/odata/path/context-url.js'
import { resolvePath } from '../../../../src/graph/odata/path/resolve-path.js'
import { bindQuery } from '../../../../src/graph/odata/query/bind/bind-query.js'
import { parseQueryOptions } from '../../../../src/graph/odata/query/parse/query-options.js'
import { smallGraph } from '../small-graph.js'

const ROOT = 'https://graph.microsoft.com/beta'

function context(path: string, query = ''): string | undefined {
  const resolved = resolvePath(path, smallGraph)
  const options = parseQueryOptions(query, { dollarOptional: false })
  const projection = resolved.target.type && bindQuery(options, resolved.target.type, smallGraph)
  return contextUrl(ROOT, contextTarget(resolved, smallGraph), projection)
}

t.test('context URLs of every shape', (t) => {
  const rows: readonly (readonly [path: string, query: string, fragment: string | undefined])[] = [
    // Captured: azure-cli's recordings, graph2otel, docs
    ['/groups', '', 'groups'],
    ['/groups/1', '', 'groups/$entity'],
    ["/groups('1')", '', 'groups/$entity'],
    ['/groups', '$select=id,deletedDateTime', 'groups(id,deletedDateTime)'],
    ['/users/1', '$select=id&$expand=manager', 'users(id,manager())/$entity'],
    ['/groups/1/members', '', 'directoryObjects'],
    ['/groups/1/members/2', '', 'directoryObjects/$entity'],
    ['/groups/1/members/microsoft.graph.user', '', 'users'],
    ['/groups/1/members/2/microsoft.graph.user', '', 'users/$entity'],
    ['/me/getMemberGroups', '', 'Collection(Edm.String)'],
    ['/me/revokeSignInSessions', '', 'Edm.Boolean'],
    ['/deviceManagement/windowsAutopilotSettings', '', 'deviceManagement/windowsAutopilotSettings/$entity'],
    ['/deviceManagement/managedDevices', '', 'deviceManagement/managedDevices'],
    ['/deviceManagement/managedDevices/1', '', 'deviceManagement/managedDevices/$entity'],
    [
      '/deviceManagement/policies/1/microsoft.graph.specialPolicy/assignments',
      '',
      "deviceManagement/policies('1')/microsoft.graph.specialPolicy/assignments"
    ],
    // Documented: OData 4.01 Protocol 10
    ['/groups', '$expand=members($select=id)', 'groups(members(id))'],
    ['/groups', '$expand=members/$ref', 'groups(members/$ref)'],
    ['/groups', '$expand=members/$count', 'groups(members/$count)'],
    ['/groups', '$select=*', 'groups'],
    ['/users', '$select=mailboxSettings/timeZone,displayName', 'users(mailboxSettings/timeZone,displayName)'],
    ['/users', '$expand=messages($expand=attachments)', 'users(messages(attachments()))'],
    [
      '/deviceManagement/policies/microsoft.graph.specialPolicy',
      '',
      'deviceManagement/policies/microsoft.graph.specialPolicy'
    ],
    [
      '/deviceManagement/policies/1/microsoft.graph.specialPolicy',
      '',
      'deviceManagement/policies/microsoft.graph.specialPolicy/$entity'
    ],
    ['/users/microsoft.graph.user', '', 'users/microsoft.graph.user'],
    ['/me', '', 'me'],
    ['/me', '$select=id', 'me(id)'],
    ['/me/messages', '', 'me/messages'],
    ['/users/a@b/messages/1/attachments', '', "users('a%40b')/messages('1')/attachments"],
    ["/users('O''Brien')/displayName", '', "users('O''Brien')/displayName"],
    ['/users/1/businessPhones', '', "users('1')/businessPhones"],
    ['/users/1/mailboxSettings', '', "users('1')/mailboxSettings"],
    ['/users/1/mailboxSettings/timeZone', '', "users('1')/mailboxSettings/timeZone"],
    ['/users/1/identities', '', "users('1')/identities"],
    ["/pairs(left='1',right='2')/left", '', "pairs(left='1',right='2')/left"],
    ['/deviceManagement/managedDevices/1/users', '', 'users'],
    ['/me/manager', '', 'directoryObjects/$entity'],
    ['/me/photo', '', 'me/photo/$entity'],
    ['/users/delta', '', 'users'],
    ['/me/closest', '', 'users/$entity'],
    ["/me/reminderView(startDateTime='x')", '', 'Collection(microsoft.graph.message)'],
    ['/me/manager/$ref', '', '$ref'],
    ['/groups/1/members/$ref', '', 'Collection($ref)'],
    ['/users/$count', '', undefined],
    ['/me/photo/$value', '', undefined],
    ['/me/wipe', '', undefined],
    ['', '', undefined]
  ]
  for (const [path, query, fragment] of rows) {
    t.equal(
      context(path, query),
      fragment === undefined ? undefined : `${ROOT}/$metadata#${fragment}`,
      `${path}?${query}`
    )
  }
  t.end()
})
