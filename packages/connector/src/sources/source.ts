/** Where an ATS's rows come from. Every failure is a ConnectorError: the operator's database or SELECT is at fault. */
export interface Source {
  /** Every row of the SELECT, streamed with back-pressure. */
  all(select: string): AsyncIterable<Record<string, unknown>>;
  /** Rows whose `cursor` is at or after the given value. */
  since(select: string, cursor: string): AsyncIterable<Record<string, unknown>>;
  count(select: string): Promise<number>;
  /** Column names, without reading rows. */
  columns(select: string): Promise<readonly string[]>;
  /** How often it may be asked, where that is less often than a database of one's own. */
  readonly pace?: { readonly sweepMs: number };
  close(): Promise<void>;
}
