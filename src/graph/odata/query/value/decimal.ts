import { trimEnd } from '../../../../lib/trim-end.js'

/** What .NET's decimal holds, which Graph runs on: 96 bits and 28 places. Results beyond that are unknown, so `null`. */
const LIMIT = 2n ** 96n
const MAX_SCALE = 28
const MAX_DIGITS = 29
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i

/** An exact decimal number: `units` divided by ten to the power of `scale`. */
export class Decimal {
  readonly #units: bigint
  readonly #scale: number

  private constructor(units: bigint, scale: number) {
    this.#units = units
    this.#scale = scale
  }

  /** `null` for what is no number, or none that a decimal holds. */
  static from(value: string | number | bigint): Decimal | null {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(String(value)) ?? []
    if (whole === '' && fraction === '') return null
    const digits = `${whole}${fraction}`.replace(/^0+/, '')
    const scale = fraction.length - Number(exponent)
    if (digits === '' || scale - digits.length > MAX_SCALE) return new Decimal(0n, 0)
    const excess = Math.max(0, scale - MAX_SCALE)
    if (digits.length - scale > MAX_DIGITS) return null
    // One digit more than fits, to round by; the rest of a long text is not worth reckoning with.
    const dropped = Math.max(0, excess - 1)
    const units = BigInt(digits.slice(0, digits.length - dropped))
    return Decimal.#fit(sign === '-' ? -units : units, scale - dropped)
  }

  static #fit(units: bigint, scale: number): Decimal | null {
    let [fitted, places] = scale < 0 ? [units * 10n ** BigInt(-scale), 0] : [units, scale]
    if (places > MAX_SCALE) {
      fitted = roundedQuotient(fitted, 10n ** BigInt(places - MAX_SCALE))
      places = MAX_SCALE
    }
    while (places > 0 && (fitted >= LIMIT || fitted <= -LIMIT)) {
      fitted = roundedQuotient(fitted, 10n)
      places--
    }
    return fitted >= LIMIT || fitted <= -LIMIT ? null : new Decimal(fitted, places)
  }

  compare(other: Decimal): number {
    const [left, right] = this.#aligned(other)
    return left < right ? -1 : left > right ? 1 : 0
  }

  add(other: Decimal): Decimal | null {
    const [left, right] = this.#aligned(other)
    return Decimal.#fit(left + right, Math.max(this.#scale, other.#scale))
  }

  subtract(other: Decimal): Decimal | null {
    return this.add(other.negate())
  }

  multiply(other: Decimal): Decimal | null {
    return Decimal.#fit(this.#units * other.#units, this.#scale + other.#scale)
  }

  /** `null` where the divisor is zero. */
  divide(other: Decimal): Decimal | null {
    if (other.#units === 0n) return null
    const scale = MAX_SCALE + 1 + other.#scale - this.#scale
    return Decimal.#fit((this.#units * 10n ** BigInt(scale)) / other.#units, MAX_SCALE + 1)
  }

  /** With the sign of the dividend; `null` where the divisor is zero. */
  modulo(other: Decimal): Decimal | null {
    if (other.#units === 0n) return null
    const [left, right] = this.#aligned(other)
    return Decimal.#fit(left % right, Math.max(this.#scale, other.#scale))
  }

  negate(): Decimal {
    return new Decimal(-this.#units, this.#scale)
  }

  /** To a whole number, half away from zero (OData 4.01 URL Conventions 5.1.1.9.1). */
  round(): Decimal {
    const unit = 10n ** BigInt(this.#scale)
    const half = this.#units < 0n ? -unit : unit
    return new Decimal((2n * this.#units + half) / (2n * unit), 0)
  }

  floor(): Decimal {
    const unit = 10n ** BigInt(this.#scale)
    const whole = this.#units / unit
    return new Decimal(this.#units < 0n && whole * unit !== this.#units ? whole - 1n : whole, 0)
  }

  ceiling(): Decimal {
    return this.negate().floor().negate()
  }

  /** Without its fraction. */
  truncate(): bigint {
    return this.#units / 10n ** BigInt(this.#scale)
  }

  toNumber(): number {
    return Number(this.toString())
  }

  /** Without an exponent and without zeros at the end of the fraction. */
  toString(): string {
    const sign = this.#units < 0n ? '-' : ''
    const digits = String(this.#units < 0n ? -this.#units : this.#units).padStart(this.#scale + 1, '0')
    const whole = digits.slice(0, digits.length - this.#scale)
    const fraction = trimEnd(digits.slice(whole.length), '0')
    return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
  }

  #aligned(other: Decimal): [bigint, bigint] {
    const scale = Math.max(this.#scale, other.#scale)
    return [this.#units * 10n ** BigInt(scale - this.#scale), other.#units * 10n ** BigInt(scale - other.#scale)]
  }
}

/** Half to even, as .NET rounds. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  const rest = dividend % divisor
  const twice = 2n * (rest < 0n ? -rest : rest)
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient
  return dividend < 0n ? quotient - 1n : quotient + 1n
}
