import type { WriteStream } from 'node:tty';

const SHOWN_REFUSALS = 20;
const EVERY_MS = 5_000;

/** On a terminal one line that is redrawn; elsewhere a line every few seconds. Of refused lines the first are shown. */
export class Progress {
  readonly #out: WriteStream;
  readonly #refusals = new Map<string, number>();
  #shownAt = Number.NEGATIVE_INFINITY;
  #isOpen = false;

  constructor(out: WriteStream) {
    this.#out = out;
  }

  show(text: string): void {
    if (!this.#out.isTTY) {
      if (performance.now() - this.#shownAt < EVERY_MS) return;
      this.#shownAt = performance.now();
      this.#out.write(`${text}\n`);
      return;
    }
    this.#out.write(`\r\x1b[K${text}`);
    this.#isOpen = true;
  }

  refused(what: string, text: string): void {
    const count = (this.#refusals.get(what) ?? 0) + 1;
    this.#refusals.set(what, count);
    if (count > SHOWN_REFUSALS) return;
    this.end();
    this.#out.write(`${what}: ${text}\n`);
    if (count === SHOWN_REFUSALS) this.#out.write(`${what}: further refusals are only counted\n`);
  }

  end(): void {
    if (this.#isOpen) this.#out.write('\r\x1b[K');
    this.#isOpen = false;
  }
}
