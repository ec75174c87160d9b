import { isUtf8 } from 'node:buffer';

export const MAX_LINE_BYTES = 1024 * 1024;

/** One line, or why it could not be read. `number` counts from 1, blank lines included. */
export type Line = { readonly number: number } & ({ readonly text: string } | { readonly refused: string });

/** The bytes of a line, or of an element that is read like one, as they come: of one that is too long nothing is kept. */
export class LineBytes {
  #parts: Buffer[] = [];
  #bytes = 0;

  keep(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > MAX_LINE_BYTES) this.#parts = [];
    else this.#parts.push(part);
  }

  /** What was kept since the last time; null where that is blank. */
  take(number: number): Line | null {
    const [parts, bytes] = [this.#parts, this.#bytes];
    this.#parts = [];
    this.#bytes = 0;
    if (bytes > MAX_LINE_BYTES) return { number, refused: 'longer than 1 MB' };
    const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    if (!isUtf8(whole)) return { number, refused: 'not UTF-8' };
    const text = whole
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim();
    return text ? { number, text } : null;
  }
}
