import { structuredPatch } from 'diff'
import type { Recorded } from './play.js'

/** Lines of one difference that are shown. */
const SHOWN = 60

/** Prints what differs, row by row. @returns how many rows do */
export function tellDifferences(
  group: string,
  recorded: Readonly<Record<string, Recorded>>,
  now: Readonly<Record<string, Recorded>>
): number {
  let different = 0
  for (const name of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
    const difference = differenceOf(recorded[name], now[name])
    if (difference.length === 0) continue
    different++
    console.log(`\n${group}: ${name}`)
    for (const line of difference.slice(0, SHOWN)) console.log(`  ${line}`)
    if (difference.length > SHOWN) console.log(`  … ${difference.length - SHOWN} lines more`)
  }
  return different
}

function differenceOf(recorded: Recorded | undefined, now: Recorded | undefined): string[] {
  if (!recorded) return ['is not recorded yet']
  if (!now) return ['is recorded, and nobody asks for it any more']
  const [before, after] = [recorded, now].map((answer) => `${JSON.stringify(answer, undefined, 2)}\n`)
  if (before === after) return []
  const { hunks } = structuredPatch('', '', before as string, after as string, '', '', { context: 2 })
  return hunks.flatMap(({ lines }, at) => (at === 0 ? lines : ['…', ...lines]))
}
