import { outboxSql } from '@carrick/connector';
import postgres from 'postgres';
import { SCHEMA } from './schema.ts';

export type Sql = postgres.Sql;
export type Tx = postgres.TransactionSql;
/** What the connector's outbox may be written with. */
export type Queries = Sql | Tx;

/** A row that a page lists or offers. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Opens the ATS's database and makes its tables where they are missing. */
export async function openDatabase(url: string): Promise<Sql> {
  const sql = postgres(url, { max: 6, onnotice: () => {} });
  await sql.unsafe(SCHEMA);
  // The connector's outbox stands in this database, so that rows and what the platform is told of them commit together.
  const [outbox] = await sql`select to_regclass('connector_change') as name`;
  if (outbox?.name === null) await sql.unsafe(outboxSql('postgres'));
  return sql;
}
