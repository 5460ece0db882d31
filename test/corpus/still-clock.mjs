// Loaded into the server before all else: its wall clock stands still, so that no answer depends on when it was asked for.
// Timers run on. Node writes the header `Date` by a clock of its own, which this does not reach.
const NOW = Date.UTC(2026, 2, 4, 5, 6, 7, 89)
const RealDate = Date

globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(NOW)
    else super(...parts)
  }

  static now() {
    return NOW
  }
}
