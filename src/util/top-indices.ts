/**
 * The positions of the `count` largest scores, largest first; equal scores keep their order. A heap of `count`
 * entries: O(n log count), where a full sort of 80,000 scores would cost more than computing them.
 */
export function topIndices(scores: ArrayLike<number>, count: number): number[] {
  const heap: number[] = [];
  const score = (index: number) => scores[index] as number;
  /** Whether `a` ranks behind `b`. */
  const behind = (a: number, b: number) => score(a) < score(b) || (score(a) === score(b) && a > b);
  const sink = () => {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const worst = right < heap.length && behind(heap[right] as number, heap[left] as number) ? right : left;
      if (!behind(heap[worst] as number, heap[at] as number)) return;
      [heap[at], heap[worst]] = [heap[worst] as number, heap[at] as number];
      at = worst;
    }
  };
  const rise = () => {
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!behind(heap[at] as number, heap[parent] as number)) return;
      [heap[at], heap[parent]] = [heap[parent] as number, heap[at] as number];
      at = parent;
    }
  };
  for (let index = 0; index < scores.length && count > 0; index++) {
    if (heap.length < count) {
      heap.push(index);
      rise();
    } else if (behind(heap[0] as number, index)) {
      heap[0] = index;
      sink();
    }
  }
  return heap.sort((a, b) => (behind(a, b) ? 1 : -1));
}
