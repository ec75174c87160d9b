/**
 * So many calls at the same time, over all customers. One whose platform was slow or failed last may take a quarter of the
 * places only: however many such there are, the others find a place.
 */
export class Slots {
  readonly #most: number;
  readonly #mostAiling: number;
  #taken = 0;
  #takenByAiling = 0;
  readonly #waiting: { readonly isAiling: boolean; readonly go: () => void }[] = [];

  constructor(most: number) {
    this.#most = most;
    this.#mostAiling = Math.max(1, Math.floor(most / 4));
  }

  /** A place; call the result to give it back. */
  async take(isAiling: boolean): Promise<() => void> {
    if (!this.#fits(isAiling)) await new Promise<void>((go) => this.#waiting.push({ isAiling, go }));
    else this.#count(isAiling, 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#count(isAiling, -1);
      const next = this.#waiting.findIndex((each) => this.#fits(each.isAiling));
      const [waiter] = next < 0 ? [] : this.#waiting.splice(next, 1);
      if (!waiter) return;
      this.#count(waiter.isAiling, 1);
      waiter.go();
    };
  }

  #fits(isAiling: boolean): boolean {
    return this.#taken < this.#most && (!isAiling || this.#takenByAiling < this.#mostAiling);
  }

  #count(isAiling: boolean, by: 1 | -1): void {
    this.#taken += by;
    if (isAiling) this.#takenByAiling += by;
  }
}
