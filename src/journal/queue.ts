/** Items by ascending sequence. Adding one that arrives about in order, and taking the oldest, take constant time. */
export class Queue<Item extends { readonly sequence: number }> {
  #items: (Item | undefined)[] = []
  /** How many places at the beginning are empty, because their items were taken. */
  #taken = 0

  get length(): number {
    return this.#items.length - this.#taken
  }

  add(item: Item): void {
    const items = this.#items
    let at = items.push(item) - 1
    for (let before = items[at - 1]; before && before.sequence > item.sequence; before = items[--at - 1]) {
      items[at] = before
    }
    items[at] = item
  }

  find(sequence: number): Item | undefined {
    let low = this.#taken
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#items[middle] as Item).sequence < sequence) low = middle + 1
      else high = middle
    }
    const item = this.#items[low]
    return item?.sequence === sequence ? item : undefined
  }

  /** Takes the oldest. */
  shift(): Item | undefined {
    const item = this.#items[this.#taken]
    this.#items[this.#taken++] = undefined
    if (this.#taken > this.#items.length / 2) {
      this.#items = this.#items.slice(this.#taken)
      this.#taken = 0
    }
    return item
  }

  /** Takes all items that `isToTake` accepts. */
  take(isToTake: (item: Item) => boolean): Item[] {
    const items = this.toArray()
    this.#items = items.filter((item) => !isToTake(item))
    this.#taken = 0
    return items.filter(isToTake)
  }

  /** Oldest first. */
  toArray(): Item[] {
    return this.#items.slice(this.#taken) as Item[]
  }
}
