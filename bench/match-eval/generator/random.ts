/** Seeded random numbers (sfc32). A stream and an index make a generator of their own, so that any person can be had without those before. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: number, stream = 0, index = 0) {
    this.#a = mix(seed ^ 0x9e3779b9);
    this.#b = mix(this.#a ^ stream);
    this.#c = mix(this.#b ^ index);
    for (let round = 0; round < 8; round++) this.next();
  }

  /** From 0, below 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** From 0, below `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  digits(count: number): string {
    let text = '';
    for (let n = 0; n < count; n++) text += this.below(10);
    return text;
  }
}

function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) | 0;
}

/** Picks by weight. */
export class Weighted<T> {
  readonly #items: readonly T[];
  readonly #sums: Float64Array;

  constructor(items: readonly T[], weightOf: (item: T, rank: number) => number) {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    this.#items = items;
    this.#sums = new Float64Array(items.length);
    let sum = 0;
    items.forEach((item, rank) => {
      sum += weightOf(item, rank);
      this.#sums[rank] = sum;
    });
  }

  pick(random: Random): T {
    const wanted = random.next() * (this.#sums.at(-1) ?? 0);
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return this.#items[low] as T; // low stays between the ends of a list that is not empty
  }
}

/** The usual frequencies of names and employers: a few frequent ones, and most of them rare. */
export function zipf<T>(items: readonly T[], offset: number): Weighted<T> {
  return new Weighted(items, (_, rank) => 1 / (rank + offset));
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const list = [...items];
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [list[last], list[other]] = [list[other] as T, list[last] as T]; // both lie within the list
  }
  return list;
}
