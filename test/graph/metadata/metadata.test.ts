import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Type } from '@sinclair/typebox'
import t from 'tap'
import { validateXML } from 'xmllint-wasm'
import { csdl } from '../../../src/graph/metadata/csdl.js'
import { edmModel } from '../../../src/graph/metadata/edm-model.js'
import {
  complexType,
  dateTimeOffset,
  entityType,
  enumeration,
  int32,
  key,
  nullable
} from '../../../src/graph/odata/schema.js'
import { SupportTable, type SupportRow } from '../../../src/support/support-table.js'
import { supportMarkdown } from '../../../src/support/markdown.js'
import { testApp } from '../../helper.js'

const require = createRequire(import.meta.url)
// OASIS's converter of CSDL, which knows the rules that no XML Schema can say. It has no types.
const { xml2json } = require('odata-csdl') as { xml2json: (xml: string, options: object) => Record<string, unknown> }
const schemaFile = (name: string) => readFileSync(require.resolve(`odata-csdl/schemas/${name}`), 'utf8')

/** Holds a document against OASIS's XML Schemas of CSDL and against its converter. */
async function demandValid(t: Parameters<typeof testApp>[0], xml: string): Promise<Record<string, unknown>> {
  const { valid, errors } = await validateXML({
    xml: { fileName: 'metadata.xml', contents: xml },
    schema: { fileName: 'edmx.xsd', contents: schemaFile('edmx.xsd') },
    preload: { fileName: 'edm.xsd', contents: schemaFile('edm.xsd') }
  })
  t.ok(valid, 'valid by edmx.xsd and edm.xsd', { errors })
  const messages: unknown[] = []
  const model = xml2json(xml, { strict: true, messages })
  t.strictSame(messages, [], 'no message of the converter')
  return model
}

t.test('$metadata is valid CSDL, and says what the server enforces', async (t) => {
  const { call } = await testApp(t)
  const answer = await call('GET', '/beta/$metadata', { token: null })
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'application/xml')
  t.equal(answer.headers['odata-version'], '4.0')
  t.notMatch(
    answer.body.replace(/xmlns(?::edmx)?="[^"]*"/g, ''),
    /:\/\/|Reference/,
    'nothing is to be fetched from elsewhere'
  )
  t.match(await demandValid(t, answer.body), {
    $Version: '4.0',
    $EntityContainer: 'microsoft.graph.GraphService',
    'microsoft.graph': {
      $Alias: 'graph',
      windowsAutopilotSyncStatus: { $Kind: 'EnumType', unknown: 0, inProgress: 1, completed: 2, failed: 3 },
      entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
      deviceManagement: {
        $BaseType: 'graph.entity',
        windowsAutopilotSettings: {
          $Kind: 'NavigationProperty',
          $Type: 'graph.windowsAutopilotSettings',
          $ContainsTarget: true
        }
      },
      windowsAutopilotSettings: {
        $BaseType: 'graph.entity',
        lastSyncDateTime: { $Type: 'Edm.DateTimeOffset' },
        lastManualSyncTriggerDateTime: { $Type: 'Edm.DateTimeOffset' },
        syncStatus: { $Type: 'graph.windowsAutopilotSyncStatus' }
      },
      sync: [{ $Kind: 'Action', $IsBound: true, $Parameter: [{ $Type: 'graph.windowsAutopilotSettings' }] }],
      GraphService: { deviceManagement: { $Type: 'graph.deviceManagement' } }
    }
  })
})

t.test('another resource adds itself', async (t) => {
  const color = enumeration('color', ['red', 'green'], {})
  const place = complexType('place', {
    row: int32({}),
    within: complexType('building', { finish: enumeration('finish', ['matt'], {}) })
  })
  const thing = entityType(
    'thing',
    {
      id: key({}),
      color,
      otherColor: nullable(color),
      place: nullable(place),
      seen: Type.Union([dateTimeOffset({}), Type.Null()], {
        edmType: 'Edm.DateTimeOffset',
        description: '"<seen>" & heard'
      })
    },
    { description: 'A thing.' }
  )
  const paint = entityType('paint', {
    with: color,
    coats: int32({ description: 'How many.' }),
    at: nullable(dateTimeOffset({})),
    where: place
  })
  const model = edmModel([
    { path: 'things/only', type: thing, actions: [] },
    {
      path: 'thing',
      type: thing,
      actions: [
        { name: 'paint', parameters: paint },
        { name: 'sell', parameters: entityType('none', {}) }
      ]
    }
  ])
  const parsed = await demandValid(t, csdl(model))
  t.match(parsed, {
    'microsoft.graph': {
      color: { red: 0, green: 1 },
      thing: {
        color: { $Type: 'graph.color' },
        otherColor: { $Type: 'graph.color', $Nullable: true },
        place: { $Type: 'graph.place', $Nullable: true },
        seen: { $Nullable: true, '@Org.OData.Core.V1.Description': '"<seen>" & heard' },
        '@Org.OData.Core.V1.Description': 'A thing.'
      },
      place: { $Kind: 'ComplexType', row: { $Type: 'Edm.Int32' }, within: { $Type: 'graph.building' } },
      building: { $Kind: 'ComplexType', finish: { $Type: 'graph.finish' } },
      finish: { $Kind: 'EnumType', matt: 0 },
      paint: [
        {
          $Kind: 'Action',
          $Parameter: [
            { $Name: 'bindingParameter', $Type: 'graph.thing' },
            { $Name: 'with', $Type: 'graph.color' },
            { $Name: 'coats', $Type: 'Edm.Int32', '@Org.OData.Core.V1.Description': 'How many.' },
            { $Name: 'at', $Type: 'Edm.DateTimeOffset', $Nullable: true },
            { $Name: 'where', $Type: 'graph.place' }
          ]
        }
      ],
      sell: [{ $Kind: 'Action' }],
      GraphService: { things: { $Type: 'graph.things' }, thing: { $Type: 'graph.thing' } }
    }
  })
})

t.test('the service document', async (t) => {
  const { call, mock } = await testApp(t)
  const roots = mock.graph.resources.flatMap(({ versions, path }) =>
    versions.includes('beta') ? path.split('/')[0] : []
  )
  const value = [...new Set(roots)].map((name) => ({ name, kind: 'Singleton', url: name }))
  t.ok(roots.includes('deviceManagement'))
  for (const url of ['/beta', '/beta/', '/BETA']) {
    const answer = await call('GET', url, { token: null, headers: { host: 'graph.example' } })
    t.strictSame(answer.json(), { '@odata.context': 'http://graph.example/beta/$metadata', value }, url)
    t.match(answer.headers, { 'content-type': /^application\/json;odata\.metadata=minimal;/, 'odata-version': '4.0' })
  }
  const none = await call('GET', '/beta', { token: null, headers: { accept: 'application/json;odata.metadata=none' } })
  t.strictSame(none.json(), { value })
  t.equal((await call('HEAD', '/beta', { token: null })).statusCode, 200)
  for (const [method, url] of [
    ['POST', '/beta'],
    ['DELETE', '/beta/$metadata']
  ] as const) {
    const answer = await call(method, url)
    t.match(
      { status: answer.statusCode, ...answer.json<object>() },
      {
        status: 405,
        error: { code: 'Request_BadRequest', message: 'Specified HTTP method is not allowed for the request target.' }
      }
    )
  }
})

t.test('the support table', async (t) => {
  const { call } = await testApp(t)
  const answer = await call('GET', '/_mock/support', { token: null })
  const { counts, support } = answer.json<{ counts: Record<string, number>; support: SupportRow[] }>()
  const subjects = [...new Set(support.map(({ subject }) => subject))]
  for (const route of [
    'GET /beta',
    'GET /beta/$metadata',
    'POST /beta/$batch',
    'GET /beta/deviceManagement/windowsAutopilotSettings',
    'PATCH /beta/deviceManagement/windowsAutopilotSettings',
    'POST /beta/deviceManagement/windowsAutopilotSettings/sync',
    'POST /beta/deviceManagement/windowsAutopilotSettings/microsoft.graph.sync',
    'POST /beta/deviceManagement/windowsAutopilotSettings/graph.sync'
  ]) {
    t.ok(subjects.includes(route), route)
  }
  t.equal(new Set(support.map((row) => JSON.stringify(row))).size, support.length, 'nothing stands there twice')
  for (const { behaviour, evidence, source } of support) {
    t.ok(behaviour && source && evidence in counts, behaviour)
  }
  t.match(support.at(-1), { subject: 'any other path', evidence: 'modelled' })
  t.equal(counts['modelled'], 1)
  t.equal(
    Object.values(counts).reduce((sum, count) => sum + count),
    support.length
  )

  const markdown = await call('GET', '/_mock/support', { token: null, headers: { accept: 'text/markdown' } })
  t.equal(markdown.headers['content-type'], 'text/markdown; charset=utf-8')
  t.equal(markdown.body.split('\n').length, support.length + 2)
  const readme = new URL('../../../README.md', import.meta.url)
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : ''
  const table = /<!-- support:begin -->([\s\S]*)<!-- support:end -->/.exec(text)?.[1]
  if (table === undefined) t.pass('README.md has no support table yet')
  else t.ok(table.includes(`\n${markdown.body}\n`), 'the table of README.md is up to date; npm run docs writes it')
})

t.test('a table names each subject once, and cells stay cells', (t) => {
  const table = new SupportTable()
  table.add('a', [
    { behaviour: 'x|y', evidence: 'assumed', source: 'no\ncapture' },
    { behaviour: 'z', evidence: 'observed', source: 's' }
  ])
  t.equal(
    supportMarkdown(table.rows()),
    '| Where | Behaviour | Evidence | Source |\n| --- | --- | --- | --- |\n| `a` | x\\|y | assumed | no capture |\n|  | z | observed | s |'
  )
  t.end()
})
