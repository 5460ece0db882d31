import { setImmediate } from 'node:timers/promises'

/** Does what takes long in steps, one piece of work after the other, and lets all else have its turn before every step. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /** @param step gives what the work comes to, or `undefined` as long as there is more to do; it does not throw */
  take<Result>(step: () => Result | undefined): Promise<Result> {
    const done = this.#last.then(() => untilDone(step))
    this.#last = done
    return done
  }
}

async function untilDone<Result>(step: () => Result | undefined): Promise<Result> {
  for (;;) {
    await setImmediate()
    const result = step()
    if (result !== undefined) return result
  }
}
