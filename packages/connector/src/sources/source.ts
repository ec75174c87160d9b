/** Where an ATS's rows come from. Rows arrive in the order of the kind's SELECT wrapped by `id`. */
export interface Source {
  /** Every row of the SELECT, streamed with back-pressure. */
  all(select: string): AsyncIterable<Record<string, unknown>>;
  /** Rows whose `cursor` is at or after the given value. */
  since(select: string, cursor: string): AsyncIterable<Record<string, unknown>>;
  count(select: string): Promise<number>;
  /** Column names, without reading rows. */
  columns(select: string): Promise<readonly string[]>;
  /** The cursor value `ms` earlier: cursors overlap, since rows commit out of order. */
  before(cursor: string, ms: number): string;
  close(): Promise<void>;
}
