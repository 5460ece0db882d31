import fc from 'fast-check'
import t from 'tap'
import { convert, less } from '../../../../src/graph/odata/query/value/convert.js'
import { Decimal } from '../../../../src/graph/odata/query/value/decimal.js'
import { propertyType } from '../../../../src/graph/odata/query/value/value-type.js'
import { things } from '../things.js'
import {
  dateTimeOfTicks,
  durationTicks,
  instantKey,
  ticksOf,
  timeKey
} from '../../../../src/graph/odata/query/value/instant.js'

t.test('decimals', (t) => {
  const rows: readonly (readonly [text: string, value: string | null])[] = [
    ['0', '0'],
    ['-0', '0'],
    ['1.50', '1.5'],
    ['-1.5', '-1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+5', '5'],
    ['0001', '1'],
    ['1e3', '1000'],
    ['1.5E-3', '0.0015'],
    ['0e999', '0'],
    ['1e28', '10000000000000000000000000000'],
    ['1e29', null],
    ['79228162514264337593543950335', '79228162514264337593543950335'],
    ['79228162514264337593543950336', null],
    ['9.9e28', null],
    ['1e-28', '0.0000000000000000000000000001'],
    ['1e-29', '0'],
    ['1.5e-28', '0.0000000000000000000000000002'],
    ['2.5e-28', '0.0000000000000000000000000002'],
    ['-1.5e-28', '-0.0000000000000000000000000002'],
    ['1e-999', '0'],
    [`0.${'3'.repeat(1000)}`, `0.${'3'.repeat(28)}`],
    ['12345678901234567890.123456789012', '12345678901234567890.123456789'],
    ['1'.repeat(1000), null],
    ['', null],
    ['.', null],
    ['-', null],
    ['x', null],
    ['1e', null],
    ['1e1000', null],
    ['Infinity', null]
  ]
  for (const [text, value] of rows) t.equal(Decimal.from(text)?.toString() ?? null, value, text)
  t.equal(Decimal.from(0.1)?.toString(), '0.1')
  t.equal(Decimal.from(5n)?.toString(), '5')
  t.end()
})

t.test('arithmetic of decimals', (t) => {
  const of = (text: string): Decimal => Decimal.from(text) as Decimal
  const most = of('79228162514264337593543950335')
  t.equal(most.add(of('1')), null)
  t.equal(most.negate().subtract(of('1')), null)
  t.equal(String(most.add(of('0.4'))), '79228162514264337593543950335')
  t.equal(most.multiply(most), null)
  t.equal(String(of('0.00000000000001').multiply(of('0.000000000000001'))), '0')
  t.equal(String(of('1').divide(of('3'))), `0.${'3'.repeat(28)}`)
  t.equal(String(of('2').divide(of('-3'))), `-0.${'6'.repeat(27)}7`)
  t.equal(String(of('1e-20').divide(of('1e20'))), '0')
  t.equal(most.divide(of('0.1')), null)
  t.equal(of('1').divide(of('0.0')), null)
  t.equal(String(of('-7.5').modulo(of('2'))), '-1.5')
  t.equal(of('1').modulo(of('0')), null)
  const rounded: readonly (readonly [text: string, round: string, floor: string, ceiling: string])[] = [
    ['2.5', '3', '2', '3'],
    ['-2.5', '-3', '-3', '-2'],
    ['2.4', '2', '2', '3'],
    ['-2.4', '-2', '-3', '-2'],
    ['-2', '-2', '-2', '-2'],
    ['0', '0', '0', '0']
  ]
  for (const [text, round, floor, ceiling] of rounded) {
    t.same([of(text).round(), of(text).floor(), of(text).ceiling()].map(String), [round, floor, ceiling], text)
  }
  t.equal(of('-2.9').truncate(), -2n)
  t.equal(of('0.1').toNumber(), 0.1)
  t.end()
})

t.test('decimals are exact', (t) => {
  const small = fc.tuple(fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }), fc.integer({ min: 0, max: 6 }))
  const text = ([units, scale]: readonly [bigint, number]) => {
    const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
    return `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`
  }
  fc.assert(
    fc.property(small, small, (left, right) => {
      const [first, second] = [Decimal.from(text(left)), Decimal.from(text(right))]
      if (!first || !second) return false
      const [a, b] = [left[0] * 10n ** BigInt(6 - left[1]), right[0] * 10n ** BigInt(6 - right[1])]
      const exactly = (units: bigint, scale: number) => Decimal.from(text([units, scale])) as Decimal
      return (
        first.compare(second) === (a < b ? -1 : a > b ? 1 : 0) &&
        first.add(second)?.compare(exactly(a + b, 6)) === 0 &&
        first.subtract(second)?.compare(exactly(a - b, 6)) === 0 &&
        first.multiply(second)?.compare(exactly(a * b, 12)) === 0 &&
        Decimal.from(first.toString())?.compare(first) === 0
      )
    })
  )
  t.end()
})

t.test('instants', (t) => {
  const keys: readonly (readonly [text: string, key: string | null])[] = [
    ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00'],
    ['2024-01-01T00:00:00.0Z', '2024-01-01T00:00:00'],
    ['2024-01-01T00:00:00.1230000Z', '2024-01-01T00:00:00.123'],
    ['2024-01-01T00:00Z', '2024-01-01T00:00:00'],
    ['2024-01-01T00:00:00.123456789Z', '2024-01-01T00:00:00.1234567'],
    ['2024-01-01T00:30:00+01:00', '2023-12-31T23:30:00'],
    ['2024-01-01', null],
    ['x', null]
  ]
  for (const [text, key] of keys) t.equal(instantKey(text), key, text)
  const instant = fc.tuple(
    fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 9999 })
  )
  fc.assert(
    fc.property(instant, instant, ([left, leftTicks], [right, rightTicks]) => {
      const ticks = (date: Date, more: number) => BigInt(date.getTime()) * 10_000n + BigInt(more)
      const [first, second] = [ticks(left, leftTicks), ticks(right, rightTicks)]
      const [one, other] = [instantKey(dateTimeOfTicks(first) ?? ''), instantKey(dateTimeOfTicks(second) ?? '')]
      if (one === null || other === null) return false
      return ticksOf(one) === first && one < other === first < second && (one === other) === (first === second)
    })
  )
  t.equal(dateTimeOfTicks(-62135596800_0000000n), '0001-01-01T00:00:00Z')
  t.equal(dateTimeOfTicks(-62135596800_0000001n), null)
  t.equal(dateTimeOfTicks(253402300799_9999999n), '9999-12-31T23:59:59.9999999Z')
  t.equal(dateTimeOfTicks(253402300800_0000000n), null)
  t.equal(timeKey('12:30'), '12:30:00')
  t.equal(timeKey('12:30:00.500'), '12:30:00.5')
  t.end()
})

t.test('durations', (t) => {
  const rows: readonly (readonly [text: string, ticks: bigint | null])[] = [
    ['PT1S', 10_000_000n],
    ['-PT1S', -10_000_000n],
    ['P1D', 864_000_000_000n],
    ['P1DT1H1M1.0000001S', 900_610_000_001n],
    ['PT0.00000019S', 1n],
    ['pt1m', 600_000_000n],
    ['P1Y', null],
    ['1', null]
  ]
  for (const [text, ticks] of rows) t.equal(durationTicks(text), ticks, text)
  t.end()
})

t.test('types that the model does not know', (t) => {
  for (const kind of ['enum', 'complex', 'navigation'] as const) {
    const property = { name: 'x', kind, type: 'microsoft.graph.gone', collection: true, nullable: true }
    t.match(propertyType(property, things), { name: 'microsoft.graph.gone', family: 'untyped', collection: true })
  }
  t.end()
})

t.test('values of unlike kinds', (t) => {
  t.equal(less('a', true), false)
  t.equal(less(1, 2n), true)
  t.equal(less(false, true), true)
  t.equal(convert(1, 'integer', 'double'), 1)
  t.equal(convert('x', 'string', 'enum'), 'x', 'what the binder lets through stays')
  t.end()
})
