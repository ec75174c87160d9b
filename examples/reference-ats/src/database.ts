import postgres from 'postgres';
import { SCHEMA } from './schema.ts';

export type Sql = postgres.Sql;
export type Tx = postgres.TransactionSql;

/** Opens the ATS's database and makes its tables where they are missing. */
export async function openDatabase(url: string): Promise<Sql> {
  const sql = postgres(url, { max: 6, onnotice: () => {} });
  await sql.unsafe(SCHEMA);
  return sql;
}
