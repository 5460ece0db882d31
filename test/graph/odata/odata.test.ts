import fc from 'fast-check'
import t from 'tap'
import { isDateTimeOffset, normaliseDateTimeOffset } from '../../../src/lib/date-time-offset.js'

t.test('literals', (t) => {
  const good = [
    '2017-01-01T00:02:49.3205976-08:00',
    '2017-01-01T00:02:49Z',
    '2017-01-01T00:02Z',
    '2017-01-01T23:59:59.123456789012+14:00',
    '2017-01-01T23:59:59-14:00',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00-00:00',
    '0001-01-01T00:00:00Z',
    '0001-01-01T14:00:00+14:00',
    '9999-12-31T23:59:59.9999999Z',
    '9999-12-31T09:59:59-14:00'
  ]
  const bad = [
    '',
    'yesterday',
    '14.04.2021 14:11:27 +02:00',
    '2017-01-01',
    '2017-01-01T00:02:49',
    '2017-01-01 00:02:49Z',
    '2017-01-01t00:02:49z',
    ' 2017-01-01T00:02:49Z',
    '2017-01-01T00:02:49Z\n',
    '2017-1-1T00:02:49Z',
    '2017-00-01T00:00:00Z',
    '2017-13-01T00:00:00Z',
    '2017-01-00T00:00:00Z',
    '2017-04-31T00:00:00Z',
    '2017-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2017-01-01T24:00:00Z',
    '2017-01-01T00:60:00Z',
    '2017-01-01T00:00:60Z',
    '2017-01-01T00:00:00.Z',
    '2017-01-01T00:00:00.1234567890123Z',
    '2017-01-01T00:00:00+14:01',
    '2017-01-01T00:00:00-15:00',
    '2017-01-01T00:00:00+08:60',
    '2017-01-01T00:00:00+0800',
    '2017-01-01T00:00:00+08',
    '0000-12-31T23:00:00-02:00',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '10000-01-01T00:00:00Z'
  ]
  for (const literal of good) t.ok(isDateTimeOffset(literal), literal)
  for (const literal of bad) t.notOk(isDateTimeOffset(literal), JSON.stringify(literal))
  t.end()
})

t.test('normalised: UTC, seven digits at most, no trailing zeros', (t) => {
  const rows = [
    ['2017-01-01T00:02:49.3205976-08:00', '2017-01-01T08:02:49.3205976Z'],
    ['2017-01-01T00:02Z', '2017-01-01T00:02:00Z'],
    ['2017-01-01T00:02:49.0000000Z', '2017-01-01T00:02:49Z'],
    ['2017-01-01T00:02:49.123456789Z', '2017-01-01T00:02:49.1234567Z'],
    ['2017-01-01T00:02:49.7162010+05:30', '2016-12-31T18:32:49.716201Z'],
    ['0001-01-01T00:00:00-14:00', '0001-01-01T14:00:00Z']
  ] as const
  for (const [literal, normalised] of rows) t.equal(normaliseDateTimeOffset(literal), normalised)
  t.throws(() => normaliseDateTimeOffset('yesterday'), { message: 'not an Edm.DateTimeOffset: yesterday' })
  t.end()
})

t.test('any date at any offset keeps its instant, and normalising twice changes nothing', (t) => {
  const two = (value: number) => String(value).padStart(2, '0')
  const literal = fc
    .record({
      date: fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
      offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
      ticks: fc.integer({ min: 0, max: 9_999_999 })
    })
    .map(({ date, offset, ticks }) => {
      const local = new Date(Math.floor(date.getTime() / 1000) * 1000 + offset * 60_000).toISOString().slice(0, 19)
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
      const text = `${local}.${String(ticks).padStart(7, '0')}${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`
      return { text, second: Math.floor(date.getTime() / 1000) * 1000, ticks }
    })
  fc.assert(
    fc.property(literal, ({ text, second, ticks }) => {
      if (!isDateTimeOffset(text)) return false
      const normalised = normaliseDateTimeOffset(text)
      const [whole = '', fraction = ''] = normalised.slice(0, -1).split('.')
      return (
        Date.parse(`${whole}Z`) === second &&
        Number(fraction.padEnd(7, '0')) === ticks &&
        !fraction.endsWith('0') &&
        normaliseDateTimeOffset(normalised) === normalised
      )
    })
  )
  fc.assert(fc.property(fc.string(), (text) => typeof isDateTimeOffset(text) === 'boolean'))
  const upTo = (max: number) => fc.nat(max).map((number) => String(number).padStart(2, '0'))
  const offset = fc.oneof(
    fc.constant('Z'),
    fc.tuple(fc.constantFrom('+', '-'), upTo(15), upTo(61)).map(([sign, h, m]) => `${sign}${h}:${m}`)
  )
  const year = fc.oneof(
    fc.constantFrom('0000', '0001', '9999', '2000', '1900', '2024'),
    fc.integer({ min: 1000, max: 9998 })
  )
  fc.assert(
    fc.property(year, upTo(13), upTo(32), upTo(25), upTo(61), offset, (year, month, day, hour, minute, offset) => {
      const local = `${year}-${month}-${day}T${hour}:${minute}:00`
      // Date knows how long months are, by what it makes of a day too many; and the calendar ends where years get a sign.
      const isReal = !isNaN(Date.parse(`${local}Z`)) && new Date(`${local}Z`).toISOString().startsWith(local)
      const [hours = 0, minutes = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number)
      const instant =
        new Date(`${local}Z`).getTime() -
        Number(`${offset.startsWith('-') ? '-' : ''}1`) * (hours * 60 + minutes) * 60_000
      const isInside = instant >= Date.parse('0001-01-01T00:00:00Z') && instant <= Date.parse('9999-12-31T23:59:59Z')
      const expected = isReal && hours * 60 + minutes <= 840 && minutes < 60 && Number(year) > 0 && isInside
      return isDateTimeOffset(`${local}${offset}`) === expected
    }),
    { numRuns: 2000 }
  )
  t.end()
})
