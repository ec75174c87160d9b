export type Row = Record<string, unknown>;

/** Where an ATS's rows come from. Every failure is a ConnectorError: the operator's database or SELECT is at fault. */
export interface Source {
  /** Every row of the SELECT, streamed with back-pressure. */
  all(select: string): AsyncIterable<Row>;
  /** Rows whose `cursor` is at or after the given value. */
  since(select: string, cursor: string): AsyncIterable<Row>;
  count(select: string): Promise<number>;
  /** Column names, without reading rows. */
  columns(select: string): Promise<readonly string[]>;
  /** How often it may be asked, where that is less often than a database of one's own. */
  readonly pace?: { readonly sweepMs: number };
  close(): Promise<void>;
}

export type Dialect = 'postgres' | 'mysql';

/** The ATS's own database: rows are found by a value, and triggers can note what changes (`capture`). */
export interface DatabaseSource extends Source {
  readonly dialect: Dialect;
  /** Rows whose column has one of these values, given as text. */
  having(select: string, column: string, values: readonly string[]): AsyncIterable<Row>;
  /** One statement without parameters, for the capture's own table and triggers. */
  run(statement: string): Promise<readonly Row[]>;
}

export function isDatabase(source: Source): source is DatabaseSource {
  return 'having' in source;
}
