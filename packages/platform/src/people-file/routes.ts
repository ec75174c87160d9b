import { csvLine } from '@carrick/protocol';
import { loadViewer } from '../access/index.ts';
import { audit } from '../admin/index.ts';
import type { Context } from '../kernel/context.ts';
import type { HttpResponse, Route } from '../kernel/http.ts';
import { findEverybody, readQuery } from '../search/index.ts';
import { appRoute, type Session } from '../session/index.ts';
import { COLUMNS, readLines } from './lines.ts';

const CHUNK = 200;

/** The people found as a spreadsheet: the same search, the same access, all pages. */
export function peopleFileRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', '/app/api/search/export.csv', (session, { rawQuery }) =>
      writeFile(ctx, session, rawQuery),
    ),
  ];
}

/**
 * Who is in it is settled in one snapshot and noted in the audit log before the first line leaves; then it is read and written
 * chunk by chunk, so that neither the whole file nor a transaction stays around.
 */
async function writeFile(ctx: Context, session: Session, rawQuery: string): Promise<HttpResponse> {
  const hits = await ctx.db.transaction(session.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'indicator');
    const found = await findEverybody(tx, viewer, readQuery(rawQuery), ctx.clock.now());
    await tx.commitWith([
      audit(tx, ctx, session, { action: 'people-exported', subject: { people: found.length } }),
    ]);
    return found;
  });
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="people.csv"',
      'x-content-type-options': 'nosniff',
    },
    async stream(write, signal) {
      write(csvLine(COLUMNS));
      for (let from = 0; from < hits.length && !signal.aborted; from += CHUNK) {
        const lines = await ctx.db.read(session.tenantId, async (tx) =>
          readLines(tx, await loadViewer(tx, session, 'indicator'), hits.slice(from, from + CHUNK)),
        );
        write(lines.map(csvLine).join(''));
      }
    },
  };
}
