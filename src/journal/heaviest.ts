/** An item of the heap, which alone writes `place`. */
export interface Weighed {
  /** Call `changed` after each change. */
  bytes: number
  place: number
}

/** A binary heap with the largest item on top. A change of an item takes O(log n). */
export class Heaviest<Item extends Weighed> {
  readonly #items: Item[] = []

  /** `undefined` where there is none. */
  get first(): Item | undefined {
    return this.#items[0]
  }

  add(item: Item): void {
    item.place = this.#items.length
    this.#items.push(item)
    this.changed(item)
  }

  remove(item: Item): void {
    const last = this.#items.pop() as Item
    if (last === item) return
    this.#put(last, item.place)
    this.changed(last)
  }

  /** Call it after `bytes` of an item has changed. */
  changed(item: Item): void {
    while (item.place > 0) {
      const parent = this.#items[(item.place - 1) >> 1] as Item
      if (parent.bytes >= item.bytes) break
      this.#swap(parent, item)
    }
    for (;;) {
      const left = this.#items[2 * item.place + 1]
      const right = this.#items[2 * item.place + 2]
      const heavier = right && left && right.bytes > left.bytes ? right : left
      if (!heavier || heavier.bytes <= item.bytes) break
      this.#swap(item, heavier)
    }
  }

  #swap(a: Item, b: Item): void {
    const { place } = a
    this.#put(a, b.place)
    this.#put(b, place)
  }

  #put(item: Item, place: number): void {
    this.#items[place] = item
    item.place = place
  }
}
