import t from 'tap'
import type { ResolvedPath, ResolvedSegment } from '../../../../src/graph/odata/path/resolved-path.js'
import { resolvePath } from '../../../../src/graph/odata/path/resolve-path.js'
import { smallGraph } from '../small-graph.js'

t.test('paths that the model has', (t) => {
  const rows: readonly (readonly [path: string, segments: string, target: string])[] = [
    ['', '', 'nothing'],
    ['/users', 'root users', 'Collection(microsoft.graph.user)'],
    ['/USERS/', 'root users', 'Collection(microsoft.graph.user)'],
    ['/users()', 'root users', 'Collection(microsoft.graph.user)'],
    ['/users/$count', 'root users, $count', 'Collection(microsoft.graph.user)'],
    ['/users/$COUNT', 'root users, $count', 'Collection(microsoft.graph.user)'],
    ['/users/1', 'root users, key id=1', 'microsoft.graph.user'],
    ["/users('1')", 'root users, key id=1', 'microsoft.graph.user'],
    ['/users(1)', 'root users, key id=1', 'microsoft.graph.user'],
    ["/users(id='1')", 'root users, key id=1', 'microsoft.graph.user'],
    ["/users(USERPRINCIPALNAME='a@b')", 'root users, alternate key userPrincipalName=a@b', 'microsoft.graph.user'],
    ["/users('delta')", 'root users, key id=delta', 'microsoft.graph.user'],
    ['/users/a.b@c.d', 'root users, key id=a.b@c.d', 'microsoft.graph.user'],
    ['/users/a%2Fb%00😀', 'root users, key id=a/b\0😀', 'microsoft.graph.user'],
    ['/users/__proto__', 'root users, key id=__proto__', 'microsoft.graph.user'],
    ['/users/foo(bar)', 'root users, key id=foo(bar)', 'microsoft.graph.user'],
    ["/devices(deviceId='x')", 'root devices, alternate key deviceId=x', 'microsoft.graph.device'],
    ['/devices(deviceId=@d)', 'root devices, alternate key deviceId=alias', 'microsoft.graph.device'],
    ["/pairs(right='2',left='1')", 'root pairs, key left=1 right=2', 'microsoft.graph.pair'],
    ['/me', 'root me', 'microsoft.graph.user'],
    ['/me/displayName', 'root me, property displayName', 'Edm.String'],
    ['/me/DISPLAYNAME/$value', 'root me, property displayName, $value', 'Edm.String'],
    ['/me/businessPhones', 'root me, property businessPhones', 'Collection(Edm.String)'],
    ['/me/businessPhones/$count', 'root me, property businessPhones, $count', 'Collection(Edm.String)'],
    ['/me/mailboxSettings/timeZone', 'root me, property mailboxSettings, property timeZone', 'Edm.String'],
    ['/me/photo/$value', 'root me, navigation photo, $value', 'microsoft.graph.profilePhoto'],
    ['/me/manager/$ref', 'root me, navigation manager, $ref', 'microsoft.graph.directoryObject'],
    [
      '/me/messages/1/attachments/2',
      'root me, navigation messages, key id=1, navigation attachments, key id=2',
      'microsoft.graph.attachment'
    ],
    ["/me/messages('1')", 'root me, navigation messages, key id=1', 'microsoft.graph.message'],
    [
      '/groups/1/members/$ref',
      'root groups, key id=1, navigation members, $ref',
      'Collection(microsoft.graph.directoryObject)'
    ],
    [
      '/groups/1/members/2/$ref',
      'root groups, key id=1, navigation members, key id=2, $ref',
      'microsoft.graph.directoryObject'
    ],
    [
      '/groups/1/members/microsoft.graph.user',
      'root groups, key id=1, navigation members, cast microsoft.graph.user',
      'Collection(microsoft.graph.user)'
    ],
    [
      '/groups/1/members/graph.user/$count',
      'root groups, key id=1, navigation members, cast microsoft.graph.user, $count',
      'Collection(microsoft.graph.user)'
    ],
    [
      '/groups/1/members/2/microsoft.graph.user/displayName',
      'root groups, key id=1, navigation members, key id=2, cast microsoft.graph.user, property displayName',
      'Edm.String'
    ],
    [
      "/groups/1/members/microsoft.graph.user('2')",
      'root groups, key id=1, navigation members, cast microsoft.graph.user, key id=2',
      'microsoft.graph.user'
    ],
    [
      '/users/1/microsoft.graph.directoryObject',
      'root users, key id=1, cast microsoft.graph.directoryObject',
      'microsoft.graph.directoryObject'
    ],
    ['/users/delta', 'root users, function delta()', 'Collection(microsoft.graph.user)'],
    ['/users/microsoft.graph.delta()', 'root users, function delta()', 'Collection(microsoft.graph.user)'],
    ['/users/delta/$count', 'root users, function delta(), $count', 'Collection(microsoft.graph.user)'],
    ['/me/getMemberGroups', 'root me, action getMemberGroups()', 'Collection(Edm.String)'],
    ['/me/graph.wipe()', 'root me, action wipe()', 'nothing'],
    [
      "/me/reminderView(startDateTime='a',EndDateTime=@e)",
      'root me, function reminderView(startDateTime=a,endDateTime=alias)',
      'Collection(microsoft.graph.message)'
    ],
    [
      '/me/reminderView(startDateTime=@none)',
      'root me, function reminderView(startDateTime=null)',
      'Collection(microsoft.graph.message)'
    ],
    ['/me/closest/displayName', 'root me, function closest(), property displayName', 'Edm.String'],
    [
      '/deviceManagement/windowsAutopilotSettings/microsoft.graph.sync',
      'root deviceManagement, navigation windowsAutopilotSettings, action sync()',
      'nothing'
    ]
  ]
  const aliases = new Map([
    ['@d', "'alias'"],
    ['@e', "'alias'"]
  ])
  for (const [path, segments, target] of rows) {
    const resolved = resolvePath(path, smallGraph, aliases)
    t.equal(resolved.segments.map(told).join(', '), segments, path)
    t.equal(targetOf(resolved), target, path)
  }
  t.end()
})

function told(segment: ResolvedSegment): string {
  switch (segment.kind) {
    case 'root':
      return `root ${segment.root.name}`
    case 'key':
      return `${segment.alternate ? 'alternate ' : ''}key ${segment.values.map(({ name, value }) => `${name}=${value}`).join(' ')}`
    case 'navigation':
    case 'property':
      return `${segment.kind} ${segment.property.name}`
    case 'cast':
      return `cast ${segment.type.name}`
    case 'operation': {
      const { operation } = segment
      const given = [...segment.arguments].map(([name, { value }]) => `${name}=${value}`)
      return `${operation.kind} ${operation.name}(${given.join(',')})`
    }
    default:
      return `$${segment.kind}`
  }
}

function targetOf({ target: { typeName, collection } }: ResolvedPath): string {
  if (typeName === undefined) return 'nothing'
  return collection ? `Collection(${typeName})` : typeName
}

t.test('paths that it lacks', (t) => {
  const unknown = (segment: string) => `Resource not found for the segment '${segment}'.`
  const malformed = 'Bad Request - Error in query syntax.'
  const noKey = (name: string) =>
    `The request URI is not valid. The segment '${name}' cannot include key predicates, however it may end with empty parenthesis.`
  const mismatch = (type: string) =>
    `The key in the request URI is not valid for resource '${type}'. Ensure that the names and number of key properties match the declared or alternate key properties for the resource '${type}'.`
  const last = (segment: string) =>
    new RegExp(`^The request URI is not valid\\. The segment '${segment}' must be the last`)
  const rows: readonly (readonly [
    path: string,
    kind: string,
    message: string | RegExp,
    candidates?: readonly string[]
  ])[] = [
    ['/user', 'unknown', unknown('user'), ['users']],
    ['/nothingLikeIt', 'unknown', unknown('nothingLikeIt'), []],
    [`/${'x'.repeat(1000)}`, 'unknown', unknown('x'.repeat(1000)), []],
    ['/__proto__', 'unknown', unknown('__proto__'), []],
    ['/users%3Fa', 'unknown', unknown('users?a'), ['users']],
    ["/user('1')", 'unknown', unknown("user('1')"), ['users']],
    ['/$metadata', 'unknown', unknown('$metadata')],
    ['/me/displayNam', 'unknown', unknown('displayNam'), ['displayName']],
    ['/me/message/1/attachments', 'unknown', unknown('message'), ['messages']],
    ['/users/$query', 'unknown', unknown('$query'), []],
    ['/me/$links', 'unknown', unknown('$links'), []],
    ['/me/1', 'unknown', unknown('1'), []],
    ['/pairs/1', 'unknown', unknown('1'), []],
    ['/me/microsoft.graph.group', 'unknown', unknown('microsoft.graph.group'), []],
    ['/me/microsoft.graph.nothing', 'unknown', unknown('microsoft.graph.nothing'), []],
    ['/groups/1/wipe', 'unknown', unknown('wipe')],
    ['/me/reminderView', 'unknown', unknown('reminderView'), []],
    ["/me/reminderView(x='1')", 'unknown', unknown("reminderView(x='1')"), []],
    ["/me/wipe(x='1')", 'unknown', unknown("wipe(x='1')"), []],
    ['/me/reminderView(x)', 'malformed', malformed],
    ["/users('1)", 'malformed', malformed],
    ["/users('1'", 'malformed', malformed],
    ['/me/manager(', 'malformed', malformed],
    ['/users(abc)', 'malformed', malformed],
    ['/users([1])', 'malformed', malformed],
    ["/users('1','2')", 'malformed', malformed],
    ['/users(@none)', 'malformed', malformed],
    ['/users(@two)', 'malformed', malformed],
    ['/users(@loop)', 'malformed', malformed],
    ['/users(@named)', 'malformed', malformed],
    ["/pairs('1')", 'misplaced', "Segments with multiple key values must specify them in 'name=value' form."],
    ["/pairs(left='1')", 'misplaced', mismatch('microsoft.graph.pair')],
    ["/users(mail='1')", 'misplaced', mismatch('microsoft.graph.user')],
    ["/me('1')", 'misplaced', noKey('me')],
    ["/users('1')/displayName('2')", 'misplaced', noKey('displayName')],
    ["/me/identities('2')", 'misplaced', noKey('identities')],
    [
      '/me/identities/1',
      'misplaced',
      /^The request URI is not valid\. Since the segment 'identities' refers to a collection/
    ],
    [
      '/me/displayName/x',
      'misplaced',
      /^The segment 'x' in the request URI is not valid\. The segment 'displayName' refers/
    ],
    ['/me/$count', 'misplaced', /^The request URI is not valid\. \$count cannot be applied to the segment 'me'/],
    [
      '/me/displayName/$ref',
      'misplaced',
      /^The request URI is not valid\. \$ref cannot be applied to the segment 'displayName'/
    ],
    ['/me/mailboxSettings/$ref', 'misplaced', /^The request URI is not valid\. \$ref cannot/],
    ['/users/$value', 'misplaced', '$value cannot be applied to a collection.'],
    ['/users/$count/x', 'misplaced', last('\\$count')],
    ['/me/manager/$ref/x', 'misplaced', last('\\$ref')],
    ['/me/photo/$value/x', 'misplaced', last('\\$value')],
    ['/users/delta/x', 'misplaced', last('delta')],
    ['/me/wipe/x', 'misplaced', last('wipe')],
    ['/me/getMemberGroups/$count', 'misplaced', last('getMemberGroups')]
  ]
  const aliases = new Map([
    ['@two', "'1','2'"],
    ['@loop', '@loop'],
    ['@named', "a='1'"]
  ])
  for (const [path, kind, message, candidates] of rows) {
    try {
      resolvePath(path, smallGraph, aliases)
      t.fail(path)
    } catch (error) {
      t.match(error, { name: 'PathError', kind, message, ...(candidates && { candidates }) }, path)
      if (candidates?.length === 0) t.same((error as { candidates: unknown }).candidates, [], path)
    }
  }
  t.end()
})

t.test('a path of many segments', (t) => {
  const path = `/me${'/closest'.repeat(10_000)}`
  t.equal(resolvePath(path, smallGraph).segments.length, 10_001)
  t.end()
})
