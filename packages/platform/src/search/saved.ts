import type { SavedSearch } from '@carrick/protocol';
import { loadViewer, type ViewerSeat } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../session/index.ts';
import { readQuery } from './read-query.ts';
import { findSince } from './search.ts';

const MOST_SAVED = 50;
const UNDO_MS = 86_400_000;

export interface NewSearch {
  readonly name: string;
  /** The address of the search, as the API takes it. */
  readonly query: string;
}
/** What is done to a saved search; only what is given changes. */
export interface SavedChange {
  readonly name?: string | undefined;
  readonly isDeleted?: boolean | undefined;
  /** True: it was opened, and nobody in it is new. */
  readonly isSeen?: boolean | undefined;
}

interface SavedRow {
  saved_no: number;
  name: string;
  query: string;
  seen_at: number;
  is_known: boolean;
}

/**
 * The seat's searches, each with how many it finds now and how many of them it did not when it was last opened. Counted through
 * today's access: who may see somebody since then finds a new person, too.
 */
export async function readSaved(ctx: Context, seat: ViewerSeat): Promise<SavedSearch[]> {
  const now = ctx.clock.now();
  return ctx.db.read(seat.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, seat, 'indicator');
    const rows = await tx<SavedRow>`
      select saved_no, name, query, seen_at, seen_keys is not null as is_known from saved_search
      where tenant_id = ${seat.tenantId} and seat_id = ${seat.seatId} and deleted_at is null order by lower(name), saved_no`;
    return Promise.all(
      rows.map(async ({ saved_no, name, query, seen_at: seenAt, is_known }): Promise<SavedSearch> => {
        const seen = tx`(select seen_keys from saved_search where tenant_id = ${seat.tenantId} and saved_no = ${saved_no})`;
        const found = await findSince(tx, viewer, readQuery(query), { seen, now });
        const newCount = is_known && !found.isCapped ? found.unseen : null;
        return {
          id: String(saved_no),
          name,
          query,
          seenAt,
          total: found.total,
          isCapped: found.isCapped,
          newCount,
        };
      }),
    );
  });
}

/** @throws Refusal TOO_MANY_SAVED */
export async function saveSearch(
  ctx: Context,
  seat: ViewerSeat,
  { name, query }: NewSearch,
): Promise<string> {
  const now = ctx.clock.now();
  return ctx.db.transaction(seat.tenantId, async (tx) => {
    const keys = await keysOf(ctx, tx, seat, query);
    await tx`
      delete from saved_search
      where tenant_id = ${seat.tenantId} and seat_id = ${seat.seatId} and deleted_at < ${now - UNDO_MS}`;
    const [row] = await tx<{ saved_no: number }>`
      insert into saved_search (tenant_id, seat_id, name, query, created_at, seen_at, seen_keys)
      select ${seat.tenantId}, ${seat.seatId}, ${name}, ${query}, ${now}, ${now}, ${keys}::bigint[]
      where (
        select count(*) from saved_search where tenant_id = ${seat.tenantId} and seat_id = ${seat.seatId} and deleted_at is null
      ) < ${MOST_SAVED}
      returning saved_no`;
    if (!row) throw new Refusal('TOO_MANY_SAVED');
    return String(row.saved_no);
  });
}

/** @throws Refusal NO_SUCH_SEARCH, also for somebody else's */
export async function changeSaved(
  ctx: Context,
  seat: ViewerSeat,
  id: string,
  { name, isDeleted, isSeen }: SavedChange,
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.transaction(seat.tenantId, async (tx) => {
    const [row] = await tx<{ query: string }>`
      select query from saved_search
      where tenant_id = ${seat.tenantId} and seat_id = ${seat.seatId} and saved_no = ${id}
        and (deleted_at is null or deleted_at >= ${now - UNDO_MS})
      for update`;
    if (!row) throw new Refusal('NO_SUCH_SEARCH');
    const here = tx`tenant_id = ${seat.tenantId} and saved_no = ${id}`;
    if (name !== undefined) await tx`update saved_search set name = ${name} where ${here}`;
    if (isDeleted !== undefined)
      await tx`update saved_search set deleted_at = ${isDeleted ? now : null}::bigint where ${here}`;
    if (isSeen) {
      const keys = await keysOf(ctx, tx, seat, row.query);
      await tx`update saved_search set seen_at = ${now}, seen_keys = ${keys}::bigint[] where ${here}`;
    }
  });
}

/** Null where more are found than are counted. */
async function keysOf(
  ctx: Context,
  tx: Tx,
  seat: ViewerSeat,
  query: string,
): Promise<readonly number[] | null> {
  const viewer = await loadViewer(tx, seat, 'indicator');
  const seen = tx`'{}'::bigint[]`;
  const { keys, isCapped } = await findSince(tx, viewer, readQuery(query), { seen, now: ctx.clock.now() });
  return isCapped ? null : keys;
}
