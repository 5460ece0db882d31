import { Type, type TSchema } from '@sinclair/typebox'
import t from 'tap'
import { dateTimeOffset } from '../../src/graph/odata/schema.js'
import { isoDuration } from '../../src/lib/iso-duration.js'
import { lazyCheck } from '../../src/lib/lazy-check.js'
import { explainMismatch } from '../../src/lib/schema-mismatch.js'

t.test('a mismatch in plain words', (t) => {
  const either = Type.Union([Type.Null(), Type.Integer(), isoDuration({})])
  const nested = Type.Union([Type.Null(), Type.Object({ a: Type.Object({ b: Type.Boolean() }) })])
  const name = Type.Union([Type.Literal('a'), Type.Literal('b')])
  const rows: [schema: TSchema, value: unknown, sentence: string][] = [
    [Type.Object({ a: Type.Integer() }), [], 'the document must be an object'],
    [Type.Object({ a: Type.Integer() }), {}, 'a is missing'],
    [Type.Object({ a: Type.Integer() }), { a: 1.5 }, 'a must be an integer'],
    [Type.Object({}, { additionalProperties: false }), { 'a/b~c': 1 }, 'a/b~c is not a known member'],
    [Type.Object({}, { minProperties: 1 }), {}, 'the document must have at least 1 member'],
    [Type.Integer({ minimum: 2 }), 1, 'the document must be at least 2'],
    [Type.Number({ minimum: 0 }), -0.5, 'the document must be at least 0'],
    [Type.Integer({ maximum: 2 }), 3, 'the document must be at most 2'],
    [Type.Number({ maximum: 1 }), 1.5, 'the document must be at most 1'],
    [Type.Number(), '1', 'the document must be a number'],
    [Type.String(), 1, 'the document must be a string'],
    [Type.String({ minLength: 1 }), '', 'the document must have at least 1 character'],
    [Type.String({ maxLength: 2 }), 'abc', 'the document must have at most 2 characters'],
    [Type.String({ pattern: '^a$' }), 'b', 'the document must match ^a$'],
    [dateTimeOffset({}), 'x', 'the document must be an instant such as 2017-01-01T00:02:49Z'],
    [isoDuration({}), 'P1Y', 'the document must be an ISO 8601 duration such as PT10M'],
    [Type.Array(Type.String(), { minItems: 2 }), ['a'], 'the document must have at least 2 items'],
    [Type.Array(Type.String(), { maxItems: 1 }), ['a', 'b'], 'the document must have at most 1 item'],
    [Type.Array(Type.String()), {}, 'the document must be an array'],
    [Type.Array(Type.String()), ['a', 1], '1 must be a string'],
    [Type.Boolean(), 1, 'the document must be true or false'],
    [Type.Null(), 1, 'the document must be null'],
    [Type.Literal(true), false, 'the document must be true'],
    [name, 'c', 'the document must be one of "a", "b"'],
    [either, 'x', 'the document must be null, an integer or an ISO 8601 duration such as PT10M'],
    [
      Type.Union([either, Type.Integer()]),
      true,
      'the document must be null, an integer or an ISO 8601 duration such as PT10M'
    ],
    [either, {}, 'the document must be null, an integer or an ISO 8601 duration such as PT10M'],
    [nested, 1, 'the document must be null or an object'],
    [nested, { a: { b: 1 } }, 'a.b must be true or false']
  ]
  for (const [schema, value, sentence] of rows) {
    t.equal(explainMismatch(lazyCheck(schema).errors(value)), sentence, sentence)
  }
  t.end()
})
