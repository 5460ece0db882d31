import { Type } from '@sinclair/typebox'
import t from 'tap'
import { PublishedSchemas } from '../../src/lib/published-schemas.js'

t.test('schemas with a title are written once, their descriptions where they are used', (t) => {
  const schemas = new PublishedSchemas('#/$defs')
  const named = Type.Object({ title: Type.String() }, { title: 'Named', description: 'A thing.' })
  const $ref = '#/$defs/Named'
  t.strictSame(schemas.publish(Type.Array(named)), { type: 'array', items: { $ref, description: 'A thing.' } })
  t.strictSame(schemas.publish({ ...named, description: 'Another.' }), { $ref, description: 'Another.' })
  t.strictSame(schemas.publish(Type.Object(named.properties, { title: 'Named' })), { $ref })
  t.match(schemas.inPlace(named), { title: 'Named', type: 'object' })
  schemas.publish(Type.Null({ title: 'First' }))
  t.strictSame(schemas.named(), {
    First: { type: 'null' },
    Named: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } }
  })
  t.strictSame(Object.keys(schemas.named()), ['First', 'Named'])
  t.throws(() => schemas.publish(Type.Object({}, { title: 'Named' })), { message: 'two schemas are titled Named' })
  t.end()
})

t.test('what JSON Schema has no word for is left out or told otherwise', (t) => {
  const schemas = new PublishedSchemas('#/$defs')
  const named = Type.String({ title: 'Named' })
  t.match(schemas.publish(Type.Record(Type.String(), named)), {
    patternProperties: { '^(.*)$': { $ref: '#/$defs/Named' } }
  })
  t.strictSame(schemas.publish(Type.Union([Type.Null(), Type.Literal('a')])), { enum: [null, 'a'] })
  t.strictSame(schemas.publish(Type.String({ edmType: 'Edm.String', expected: 'a name', placeholder: 'NAME' })), {
    type: 'string'
  })
  const instant = schemas.publish(Type.String({ format: 'date-time' }))
  t.match('2026-01-01T00:00:00+14:00', new RegExp(String(instant['pattern'])))
  t.notMatch('0000-01-01T00:00:00Z', new RegExp(String(instant['pattern'])))
  t.end()
})
