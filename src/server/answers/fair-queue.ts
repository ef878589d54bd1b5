/**
 * Items that wait, each under a path of names such as [owner, address, connection]. They are taken in turn over the
 * first names, within one over the second, and so on; where the path ends, first come first served. So anyone who has
 * a thousand items in line delays nobody of another name by more than one.
 */
export class FairQueue<Item> {
  /** In the order of their next turn. */
  readonly #lines = new Map<string, FairQueue<Item>>();
  readonly #items = new Set<Item>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add([name, ...rest]: readonly string[], item: Item): void {
    this.#size += 1;
    if (name === undefined) {
      this.#items.add(item);
      return;
    }
    const line = this.#lines.get(name) ?? new FairQueue<Item>();
    this.#lines.set(name, line);
    line.add(rest, item);
  }

  /** Takes the item whose turn it is, if any. */
  take(): Item | undefined {
    const [item] = this.#items;
    if (item !== undefined) {
      this.#items.delete(item);
      this.#size -= 1;
      return item;
    }
    const [next] = this.#lines;
    if (next === undefined) return undefined;
    const [name, line] = next;
    const taken = line.take();
    this.#size -= 1;
    this.#lines.delete(name);
    if (line.size > 0) this.#lines.set(name, line);
    return taken;
  }

  /** Takes an item out of its line; tells whether it was there. */
  remove([name, ...rest]: readonly string[], item: Item): boolean {
    const line = name === undefined ? undefined : this.#lines.get(name);
    const removed = name === undefined ? this.#items.delete(item) : (line?.remove(rest, item) ?? false);
    if (removed) this.#size -= 1;
    if (name !== undefined && line?.size === 0) this.#lines.delete(name);
    return removed;
  }

  /**
   * Whether one more under this path is within its fair share of `room` places, at any of its names: where two owners
   * wait, each has half; of that half each of an owner's addresses has its part.
   */
  hasShare([name, ...rest]: readonly string[], room: number): boolean {
    if (name === undefined) return false;
    const line = this.#lines.get(name);
    const share = room / (this.#lines.size + (line === undefined ? 1 : 0));
    if ((line?.size ?? 0) + 1 <= share) return true;
    return line?.hasShare(rest, share) ?? false;
  }
}
