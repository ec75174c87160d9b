import { loadViewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Session } from '../session/index.ts';
import { PLACES } from './places.ts';
import type { SubjectRow } from './subject.ts';
import { type Counts, countPlaces } from './sweep.ts';

/** What a person became in the search: by job, and no application of its own. It is not counted for anybody. */
const DERIVED = new Set(['applicant']);

/**
 * Of what hangs on a candidate's applications, as much as this administrator may see: a number over all of it would tell that
 * somebody applied for a job that is secured.
 */
export async function countSeen(
  { ctx, ownerUrl }: { readonly ctx: Context; readonly ownerUrl: string },
  session: Session,
  row: SubjectRow,
): Promise<Counts> {
  const { tenantId } = session;
  const seen = await ctx.db.read(tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'indicator');
    const [found] = await tx<{ application_ids: string[]; media_ids: string[] }>`
      with seen as (
        select a.id from application a
        where a.tenant_id = ${tenantId} and a.ats_no = ${row.ats_no} and a.id = any(${row.application_ids}::text[])
          and ${visibleJob(tx, viewer, {
            atsNo: tx`a.ats_no`,
            jobId: tx`a.job_id`,
            isRestricted: tx`coalesce(a.access_restricted, false)`,
          })}
      )
      select array(select id from seen) as application_ids, array(
        select f.media_id from attachment f
        where f.tenant_id = ${tenantId} and f.ats_no = ${row.ats_no} and f.media_id = any(${row.media_ids}::uuid[])
          and (f.entity_type = 'CANDIDATE' or f.entity_id in (select id from seen))
      ) as media_ids`;
    if (!found) throw new Error('a statement of aggregates returned no row');
    return found;
  });
  const counts = await countPlaces(ownerUrl, 'candidate', { ...row, ...seen });
  return Object.fromEntries(
    Object.entries(counts).filter(([place]) => PLACES[place]?.isSecured && !DERIVED.has(place)),
  );
}
