import type { TransactionSql } from 'postgres';

export interface BackupTable {
  readonly name: string;
  /** Without generated ones, and without transaction ids: those mean nothing on another server. */
  readonly columns: readonly string[];
  /** Its owner, too, is held by row-level security. */
  readonly isForced: boolean;
}

/** Every table of the schema but the list of migrations; one that refers to another comes behind it. */
export async function listTables(tx: TransactionSql): Promise<BackupTable[]> {
  const tables = await tx<{ name: string; columns: string[]; isForced: boolean }[]>`
    select c.relname as name, c.relforcerowsecurity as "isForced",
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype
        order by a.attnum
      ) as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
    order by c.relname`;
  const references = await tx<{ from: string; to: string }[]>`
    select c.relname as "from", r.relname as "to"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conrelid <> k.confrelid`;
  const targets = Map.groupBy(references, ({ from }) => from);
  const ordered = new Map<string, BackupTable>();
  const visit = (table: BackupTable, path: readonly string[]): void => {
    if (ordered.has(table.name)) return;
    if (path.includes(table.name))
      throw new Error(`tables refer to each other in a circle: ${path.join(', ')}`);
    for (const { to } of targets.get(table.name) ?? []) {
      const target = tables.find(({ name }) => name === to);
      if (target) visit(target, [...path, table.name]);
    }
    ordered.set(table.name, table);
  };
  for (const table of tables) visit(table, []);
  return [...ordered.values()];
}

export interface SequenceState {
  readonly name: string;
  readonly lastValue: number | null;
}

/** A sequence that gave no number yet has none. */
export async function readSequences(tx: TransactionSql): Promise<SequenceState[]> {
  const rows = await tx<{ name: string; lastValue: number | null }[]>`
    select sequencename as name, last_value as "lastValue" from pg_sequences where schemaname = 'public' order by sequencename`;
  return [...rows];
}

/** For names from PostgreSQL's own catalogue. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function columnList({ columns }: Pick<BackupTable, 'columns'>): string {
  return columns.map(identifier).join(', ');
}
