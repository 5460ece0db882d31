import type { BatchPart } from './plan.js'

/** One member of `responses`. */
export interface PartAnswer {
  readonly id: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON, a string, or `null` for none. */
  readonly body: unknown
}

/**
 * Runs the parts of a plan, each as soon as its dependencies have succeeded. A part whose dependency failed is not run, and
 * counts as failed itself; other parts are not affected.
 *
 * @param send answers a part
 * @param failDependency the answer to a part whose dependency failed
 * @returns the answers in the order in which they were completed
 */
export async function runBatch(
  plan: readonly BatchPart[],
  send: (part: BatchPart) => Promise<PartAnswer>,
  failDependency: (part: BatchPart, failed: BatchPart) => PartAnswer
): Promise<PartAnswer[]> {
  const answers: PartAnswer[] = []
  const running = new Map<BatchPart, Promise<PartAnswer>>()
  const start = (part: BatchPart): Promise<PartAnswer> => {
    const known = running.get(part)
    if (known) return known
    const answer = run(part)
    running.set(part, answer)
    return answer
  }
  const run = async (part: BatchPart): Promise<PartAnswer> => {
    const dependencies = await Promise.all(part.dependsOn.map(start))
    const failed = part.dependsOn.find((_, at) => (dependencies[at] as PartAnswer).status >= 400)
    const answer = failed ? failDependency(part, failed) : await send(part)
    answers.push(answer)
    return answer
  }
  await Promise.all(plan.map(start))
  return answers
}
