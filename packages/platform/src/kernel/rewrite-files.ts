import { identifier } from './backup/tables.ts';
import { connect, type SqlClient } from './connect.ts';

/** What became of the bytes of deleted rows. `partly`: the server is somebody else's, and its log and statistics are not ours to renew. */
export type Rewritten = 'all' | 'partly';

/** Somebody who holds a table for so long is in the way of everybody else too: tried again later. */
const LOCK_TIMEOUT = '10s';
const ATTEMPTS = 10;

/**
 * Writes tables anew, so that no free space of their files holds what was deleted, and lets go of the write-ahead log before that. An
 * ordinary VACUUM only marks the space as free: what stood there is found in the file for as long as nobody needs it. What the planner
 * noted of values (pg_statistic) is renewed too. Each table is locked while it is written.
 * @throws Error of PostgreSQL: a lock that was not had in time (55P03)
 */
export async function rewriteFiles(ownerUrl: string, tables: readonly string[]): Promise<Rewritten> {
  const sql = connect(ownerUrl, { max: 1, applicationName: 'carrick-rewrite' });
  try {
    await sql.unsafe(`set lock_timeout = '${LOCK_TIMEOUT}'`);
    for (const table of tables) await sql.unsafe(`vacuum (full, analyze) ${identifier(table)}`);
    const [account] = await sql<{ isSuperuser: boolean }[]>`
      select rolsuper as "isSuperuser" from pg_roles where rolname = current_user`;
    if (!account?.isSuperuser) return 'partly';
    await sql.unsafe('vacuum (full) pg_catalog.pg_statistic');
    await renewLog(sql);
    return 'all';
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * A checkpoint keeps segments of the log for reuse, with what stands in them, under names to come. So reuse is switched off, the log is
 * taken past the last of these names, and the next checkpoint removes everything before it.
 */
async function renewLog(sql: SqlClient): Promise<void> {
  await sql.unsafe('alter system set wal_recycle = off');
  try {
    await sql`select pg_reload_conf()`;
    for (let attempt = 1; ; attempt++) {
      const last = (await segments(sql)).at(-1) ?? '';
      // A segment in which nothing stands is not left.
      while ((await currentSegment(sql)) <= last) await leaveSegment(sql);
      await sql.unsafe('checkpoint');
      const current = await currentSegment(sql);
      if ((await segments(sql)).every((name) => name === current)) return;
      // The checkpointer has not heard yet.
      if (attempt >= ATTEMPTS) throw new Error('the write-ahead log still holds segments of before');
    }
  } finally {
    await sql.unsafe('alter system reset wal_recycle');
    await sql`select pg_reload_conf()`;
  }
}

async function segments(sql: SqlClient): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' order by name`;
  return rows.map(({ name }) => name);
}

async function currentSegment(sql: SqlClient): Promise<string> {
  const [row] = await sql<{ name: string }[]>`select pg_walfile_name(pg_current_wal_insert_lsn()) as name`;
  return row?.name ?? '';
}

async function leaveSegment(sql: SqlClient): Promise<void> {
  await sql`select pg_logical_emit_message(false, 'carrick', 'renewed')`;
  await sql`select pg_switch_wal()`;
  await sql`select pg_logical_emit_message(false, 'carrick', 'renewed')`;
}
