import type { Decimal } from './decimal.js'

/**
 * A single value while it is evaluated: integers are numbers as long as those are exact, else `bigint`; date-times their
 * text; durations ticks of 100 ns; enumerations the value of the member; GUIDs in lower case.
 */
export type Scalar = null | boolean | string | number | bigint | Decimal
