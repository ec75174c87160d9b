import { ConnectorError } from '../connector-error.ts';

/** A table whose changes concern records of a kind: rows with the value of `column` are those whose `as` is that value. */
export interface Watch {
  readonly table: string;
  readonly column: string;
  /** A column of the kind's SELECT. */
  readonly as: string;
}

/** How a change names what it is about. */
export const watchedName = ({ table, column }: Pick<Watch, 'table' | 'column'>) => `${table}.${column}`;

const LONGEST_NAME = 120;

/** `capture` of a kind: a list of `{ table, column, as }`, `as` being `id` where it is left out. */
export function parseWatches(given: unknown, where: string): readonly Watch[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw new ConnectorError(`Mapping: ${where} must be a list.`);
  return given.map((each: unknown) => {
    const { table, column, as = 'id' } = (each ?? {}) as Record<string, unknown>; // looked at just below
    if (!isName(table) || !isName(column) || !isName(as))
      throw new ConnectorError(
        `Mapping: each of ${where} needs a "table" and a "column", such as { table: person, column: person_no }.`,
      );
    return { table, column, as };
  });
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_NAME && /^[^\\'"`]+$/.test(value);
