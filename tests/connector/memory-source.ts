import { type Mapping, parseMapping, type Source } from '../../packages/connector/src/daemon.ts';

type Row = Readonly<Record<string, unknown>>;

/** An ATS in memory: rows by record kind, which the test changes at will. */
export function memoryAts(tables: Record<string, Row[]>): { mapping: Mapping; source: Source } {
  const of = (select: string): Row[] => tables[select] ?? [];
  async function* rows(list: readonly Row[]): AsyncGenerator<Row> {
    yield* list;
  }
  return {
    mapping: parseMapping(
      JSON.stringify({
        name: 'memory',
        kinds: Object.fromEntries(Object.keys(tables).map((kind) => [kind, { select: kind }])),
      }),
    ),
    source: {
      all: (select) => rows(of(select)),
      since: (select, cursor) => rows(of(select).filter((row) => String(row.cursor) >= cursor)),
      count: async (select) => of(select).length,
      columns: async (select) => [...new Set(of(select).flatMap((row) => Object.keys(row)))],
      close: async () => {},
    },
  };
}
