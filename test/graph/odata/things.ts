import { smallModel } from './small-model.js'

/** A type with a property of each kind that queries tell apart. */
export const things = smallModel({
  types: {
    'microsoft.graph.thing': {
      keys: ['id'],
      properties: {
        id: 'Edm.String',
        text: 'Edm.String',
        other: 'Edm.String',
        flag: 'Edm.Boolean',
        number: 'Edm.Int32',
        big: 'Edm.Int64',
        price: 'Edm.Decimal',
        ratio: 'Edm.Double',
        uid: 'Edm.Guid',
        day: 'Edm.Date',
        at: 'Edm.DateTimeOffset',
        until: 'Edm.DateTimeOffset',
        clock: 'Edm.TimeOfDay',
        span: 'Edm.Duration',
        data: 'Edm.Binary',
        picture: 'Edm.Stream',
        anything: 'Edm.Untyped',
        mixed: 'Collection(Edm.Untyped)',
        state: 'microsoft.graph.state',
        rights: 'microsoft.graph.rights',
        mystery: 'microsoft.graph.unknownComplex',
        address: 'microsoft.graph.address',
        tags: 'Collection(Edm.String)',
        numbers: 'Collection(Edm.Int32)',
        dates: 'Collection(Edm.DateTimeOffset)',
        states: 'Collection(microsoft.graph.state)',
        addresses: 'Collection(microsoft.graph.address)',
        parent: '-> microsoft.graph.thing',
        children: '=> Collection(microsoft.graph.thing)'
      }
    },
    'microsoft.graph.specialThing': { base: 'microsoft.graph.thing', properties: { extra: 'Edm.String' } },
    'microsoft.graph.openThing': { keys: ['id'], open: true, properties: { id: 'Edm.String' } },
    'microsoft.graph.address': {
      properties: {
        city: 'Edm.String',
        zip: 'Edm.Int32',
        place: 'microsoft.graph.place',
        owner: '-> microsoft.graph.thing'
      }
    },
    'microsoft.graph.foreignAddress': { base: 'microsoft.graph.address', properties: { country: 'Edm.String' } },
    'microsoft.graph.place': { properties: { latitude: 'Edm.Double' } }
  },
  enums: {
    'microsoft.graph.state': { unknown: 0, on: 1, off: 2 },
    'microsoft.graph.rights': { none: 0, read: 1, write: 2, all: 3 }
  },
  flags: ['microsoft.graph.rights']
})

/** An entity of `microsoft.graph.thing`, in Graph's JSON; the properties that it lacks are null. */
export const thing = {
  id: 't1',
  text: "O'Brien",
  other: 'Zürich ☃',
  flag: true,
  number: 42,
  big: '9007199254740993',
  price: 0.3,
  ratio: 1.5,
  uid: '184EFA21-98C3-4E5D-95AB-D07053A96E67',
  day: '2024-02-29',
  at: '2024-03-01T00:30:15.1234567+02:00',
  until: '2024-03-01T00:00:00Z',
  clock: '12:30:00.5000000',
  span: 'PT12H30M',
  data: 'AQID+/8=',
  anything: 'x',
  mixed: ['x', 5],
  state: 'on',
  rights: 'read,write',
  address: { city: 'Bern', zip: 3000, place: { latitude: 46.9 } },
  tags: ['Red', 'green'],
  numbers: [1, 2, 3],
  dates: ['2024-01-01T00:00:00.0Z'],
  states: ['off'],
  addresses: [
    { city: 'Basel', zip: 4000 },
    { '@odata.type': '#microsoft.graph.foreignAddress', city: 'Paris', zip: 75000, country: 'FR' }
  ],
  parent: { '@odata.type': '#microsoft.graph.specialThing', id: 'p', text: 'Parent', extra: 'more' },
  children: [
    { id: 'c1', number: 1 },
    { '@odata.type': '#microsoft.graph.specialThing', id: 'c2', number: 2, extra: 'x' }
  ]
}
