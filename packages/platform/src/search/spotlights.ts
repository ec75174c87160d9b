import { SPOTLIGHTS, type SpotlightCount, type SpotlightId } from '@carrick/protocol';
import { type Viewer, visibleJob } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';

/** Who has a spotlight: queries with the one column `member_id`, each member once. */
export type MemberSet = Statement<{ member_id: number }>;

/** Matched members with an application the viewer may see that advanced or closed; a job may close without its applications. */
export function pastApplicants(tx: Sql, viewer: Viewer, among: readonly number[] | 'all' = 'all'): MemberSet {
  const row = { atsNo: tx`p.ats_no`, jobId: tx`p.job_id`, isRestricted: tx`p.is_restricted` };
  const isAmong = among === 'all' ? tx`true` : tx`p.member_id = any(${among}::bigint[])`;
  return tx<{ member_id: number }>`
    select distinct p.member_id
    from applicant p
    left join job j on j.tenant_id = p.tenant_id and j.ats_no = p.ats_no and j.id = p.job_id
    where p.tenant_id = ${viewer.tenantId} and ${viewer.hasSpotlight}::boolean and ${isAmong} and (p.has_advanced or p.is_closed or j.state = 'CLOSED')
      and ${visibleJob(tx, viewer, row)}`;
}

/** Whether a member is connected with somebody who holds an active seat in the viewer's organisation. */
export function isCompanyConnection(tx: Sql, viewer: Viewer, memberId: Statement): Statement {
  return tx`exists (
    select from connections_of(${memberId}) c join seat s on s.tenant_id = ${viewer.tenantId} and s.member_id = c.member_id
    where s.is_active
  )`;
}

/** Members who follow the viewer's organisation. */
export function engagedWithBrand(
  tx: Sql,
  viewer: Viewer,
  among: readonly number[] | 'all' = 'all',
): MemberSet {
  const isAmong = among === 'all' ? tx`true` : tx`m.member_id = any(${among}::bigint[])`;
  return tx<{ member_id: number }>`
    select m.member_id
    from member m
    where m.doc -> 'followsOrganizations' ? (select o.urn from organisation o where o.tenant_id = ${viewer.tenantId}) and ${isAmong}`;
}

export type SpotlightFlags = Readonly<Record<SpotlightId, boolean>>;

/** The spotlights a person has, in their order on the screen. */
export function spotlightsOf(flags: SpotlightFlags): SpotlightId[] {
  return SPOTLIGHTS.filter((id) => flags[id]);
}

/** The counts as the panel shows them, each with the reason why it cannot be chosen. */
export function spotlightCounts(
  viewer: Viewer,
  counts: Readonly<Record<SpotlightId, number>>,
): SpotlightCount[] {
  return SPOTLIGHTS.map((id): SpotlightCount => {
    const count = counts[id];
    // Nothing on record says who answers messages: no message has been sent yet.
    if (id === 'likelyToRespond') return { id, count: 0, unavailable: 'no-data' };
    if (id === 'pastApplicants' && viewer.atss.length === 0) return { id, count: 0, unavailable: 'no-ats' };
    if (id === 'pastApplicants' && !viewer.hasSpotlight) return { id, count: 0, unavailable: 'switched-off' };
    return count === 0 ? { id, count, unavailable: 'nobody' } : { id, count };
  });
}
