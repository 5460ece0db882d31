/** One way to call a function: the types of its arguments, and what it gives. */
export interface Signature {
  readonly parameters: readonly string[]
  readonly returns: string
}

const DATE_TIME = 'Edm.DateTimeOffset'
const [STRING, INT, DATE, TIME, DECIMAL, DOUBLE] = [
  'Edm.String',
  'Edm.Int32',
  'Edm.Date',
  'Edm.TimeOfDay',
  'Edm.Decimal',
  'Edm.Double'
]

const signature = (returns: string, ...parameters: string[]): Signature => ({ parameters, returns })
const ofDate = [signature(INT, DATE_TIME), signature(INT, DATE)]
const ofTime = [signature(INT, DATE_TIME), signature(INT, TIME)]
const ofNumber = [signature(DECIMAL, DECIMAL), signature(DOUBLE, DOUBLE)]

/**
 * The functions of `$filter` and `$orderby` beside `isof` and `cast` (documented: OData 4.01 URL Conventions 5.1.1.5 to
 * 5.1.1.9). Names are in lower case. Graph names no `matchesPattern` (documented: concepts/filter-query-parameter.md).
 */
export const FUNCTIONS: ReadonlyMap<string, readonly Signature[]> = new Map([
  ['contains', [signature('Edm.Boolean', STRING, STRING)]],
  ['startswith', [signature('Edm.Boolean', STRING, STRING)]],
  ['endswith', [signature('Edm.Boolean', STRING, STRING)]],
  ['length', [signature(INT, STRING)]],
  ['indexof', [signature(INT, STRING, STRING)]],
  ['substring', [signature(STRING, STRING, INT), signature(STRING, STRING, INT, INT)]],
  ['tolower', [signature(STRING, STRING)]],
  ['toupper', [signature(STRING, STRING)]],
  ['trim', [signature(STRING, STRING)]],
  ['concat', [signature(STRING, STRING, STRING)]],
  ['year', ofDate],
  ['month', ofDate],
  ['day', ofDate],
  ['hour', ofTime],
  ['minute', ofTime],
  ['second', ofTime],
  ['fractionalseconds', [signature(DECIMAL, DATE_TIME), signature(DECIMAL, TIME)]],
  ['date', [signature(DATE, DATE_TIME)]],
  ['time', [signature(TIME, DATE_TIME)]],
  ['totaloffsetminutes', [signature(INT, DATE_TIME)]],
  ['totalseconds', [signature(DECIMAL, 'Edm.Duration')]],
  ['now', [signature(DATE_TIME)]],
  ['maxdatetime', [signature(DATE_TIME)]],
  ['mindatetime', [signature(DATE_TIME)]],
  ['round', ofNumber],
  ['floor', ofNumber],
  ['ceiling', ofNumber]
])
