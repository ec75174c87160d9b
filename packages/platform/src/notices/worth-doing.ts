import type { WorthDoing } from '@carrick/protocol';
import { loadViewer, visibleJob } from '../access/index.ts';
import { listedExports } from '../exports/index.ts';
import type { Context } from '../kernel/context.ts';
import { waitingMatches } from '../review/index.ts';
import type { Session } from '../session/index.ts';

const EXPORTS_FOR_MS = 7 * 86_400_000;
const MOST_JOBS = 3;
/** More than a seat may export in that time. */
const MOST_EXPORTS = 300;

/** What waits for this seat, each with as much as the viewer may see. */
export async function readWorthDoing(ctx: Context, session: Session): Promise<WorthDoing> {
  const now = ctx.clock.now();
  const { tenantId, seatId } = session;
  return ctx.db.read(tenantId, async (tx) => {
    const exporter = await loadViewer(tx, session, 'export');
    const viewer = await loadViewer(tx, session, 'indicator');
    const ofJob = { atsNo: tx`j.ats_no`, jobId: tx`j.id`, isRestricted: tx`false` };
    const [openJobs, [matches], [answers], exports] = await tx.flight([
      tx<{ atsNo: number; id: string; title: string }>`
        select j.ats_no as "atsNo", j.id, j.title
        from job j
        where j.tenant_id = ${tenantId} and ${viewer.hasSpotlight}::boolean
          and j.state <> 'CLOSED' and coalesce(j.expires_at > ${now}, true) and ${visibleJob(tx, viewer, ofJob)}
        order by j.listed_at desc, j.ats_no, j.id limit ${MOST_JOBS}`,
      waitingMatches(tx, viewer),
      tx<{ unread: number }>`
        select count(*) as unread from conversation c
        where c.tenant_id = ${tenantId} and c.seat_id = ${seatId} and c.is_unread`,
      listedExports(
        tx,
        exporter,
        tx`e.seat_id = ${seatId} and e.exported_at > ${now - EXPORTS_FOR_MS}`,
        now,
        MOST_EXPORTS,
      ),
    ]);
    const exportsThat = (wanted: 'complete' | 'not-picked-up') =>
      exports.filter(({ state }) => state === wanted).length;
    return {
      openJobs,
      matches: matches?.waiting ?? null,
      answers: answers?.unread ?? 0,
      exports: { complete: exportsThat('complete'), failed: exportsThat('not-picked-up') },
      answeredAt: now,
    };
  });
}
