import fc from 'fast-check'

const { FUZZ_RUNS, FUZZ_SEED } = process.env

/**
 * How often a search for an input that fails tries. FUZZ_RUNS=N looks longer than a suite can wait; what fails is told with
 * its seed, which FUZZ_SEED=N repeats.
 */
export function fuzzing(usual: number): { readonly numRuns: number; readonly seed?: number } {
  return {
    numRuns: FUZZ_RUNS === undefined ? usual : Number(FUZZ_RUNS),
    // In the suite the same values are drawn in every run, so that the same lines are covered.
    ...((FUZZ_SEED !== undefined || FUZZ_RUNS === undefined) && { seed: Number(FUZZ_SEED ?? 1) })
  }
}

export function codeUnits(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map((code) => String.fromCharCode(code))
}

/** A character of any plane. `unit: 'binary'` of fast-check is the same, and takes a second of each process for its table. */
export const anyCharacter: fc.Arbitrary<string> = fc.oneof(
  codeUnits(0, 0x7f),
  codeUnits(0x80, 0xd7ff),
  fc.integer({ min: 0xe000, max: 0x10ffff }).map((code) => String.fromCodePoint(code))
)
