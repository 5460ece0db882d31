import { median } from './server.mjs'

/**
 * Whether memory stayed flat: the median of the last third of the samples against that of the middle one, which a slow
 * leak parts and a single garbage collection does not.
 *
 * @param samples `{ heap, rss }` in MB
 * @returns what grew, in words; nothing when all is well
 */
export function growth(samples, { heap = 1, rss = 12 } = {}) {
  const third = Math.floor(samples.length / 3)
  const part = (from, name) => median(samples.slice(from, from + third).map((sample) => sample[name]))
  return Object.entries({ heap, rss }).flatMap(([name, most]) => {
    const [middle, last] = [part(third, name), part(samples.length - third, name)]
    const text = `${name} ${middle.toFixed(1)} MB in the middle, ${last.toFixed(1)} MB at the end`
    console.log(`  ${text}`)
    return last - middle > most ? [`${text}: more than ${most} MB of growth`] : []
  })
}
