import { setImmediate } from 'node:timers/promises'

/** Runs long work in steps, one piece of work after the other, and yields to the event loop before each step. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /** @param step returns the result of the work, or `undefined` while there is more to do; it must not throw */
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
