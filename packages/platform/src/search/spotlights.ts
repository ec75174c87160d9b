import { SPOTLIGHTS, type SpotlightCount, type SpotlightId } from '@carrick/protocol';
import { type Viewer, visibleJob } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';

/** Who has a spotlight: queries with the one column `member_id`, each member once. */
export type MemberSet = Statement<{ member_id: number }>;

/** Narrows a set while it is made: a condition on the member id at hand. Without it, the set of all. */
export type Among = (memberId: Statement) => Statement;

/** Matched members with an application the viewer may see that advanced or closed; a job may close without its applications. */
export function pastApplicants(tx: Sql, viewer: Viewer, among: Among = () => tx`true`): MemberSet {
  const row = { atsNo: tx`p.ats_no`, jobId: tx`p.job_id`, isRestricted: tx`p.is_restricted` };
  return tx<{ member_id: number }>`
    select distinct p.member_id
    from applicant p
    left join job j on j.tenant_id = p.tenant_id and j.ats_no = p.ats_no and j.id = p.job_id
    where p.tenant_id = ${viewer.tenantId} and (p.has_advanced or p.is_closed or j.state = 'CLOSED')
      and ${among(tx`p.member_id`)} and ${visibleJob(tx, viewer, row)}`;
}

/** Members connected with somebody who holds an active seat in the viewer's organisation. */
export function companyConnections(tx: Sql, viewer: Viewer, among: Among = () => tx`true`): MemberSet {
  return tx<{ member_id: number }>`
    select distinct c.other_id as member_id
    from seat s join connected_member c on c.member_id = s.member_id
    where s.tenant_id = ${viewer.tenantId} and s.is_active and ${among(tx`c.other_id`)}`;
}

/** Members who follow the viewer's organisation. */
export function engagedWithBrand(tx: Sql, viewer: Viewer, among: Among = () => tx`true`): MemberSet {
  return tx<{ member_id: number }>`
    select m.member_id
    from member m
    where m.doc -> 'followsOrganizations' ? (select o.urn from organisation o where o.tenant_id = ${viewer.tenantId})
      and ${among(tx`m.member_id`)}`;
}

export type SpotlightFlags = Readonly<Record<SpotlightId, boolean>>;

/** The spotlights a person has, in their order on the screen. */
export function spotlightsOf(flags: SpotlightFlags): SpotlightId[] {
  return SPOTLIGHTS.filter((id) => flags[id]);
}

/** The counts as the panel shows them, each with the reason why it cannot be chosen. */
export function spotlightCounts(viewer: Viewer, counts: Readonly<Record<SpotlightId, number>>): SpotlightCount[] {
  return SPOTLIGHTS.map((id): SpotlightCount => {
    const count = counts[id];
    // Nothing on record says who answers messages: no message has been sent yet.
    if (id === 'likelyToRespond') return { id, count: 0, unavailable: 'no-data' };
    if (id === 'pastApplicants' && viewer.atss.length === 0) return { id, count: 0, unavailable: 'no-ats' };
    return count === 0 ? { id, count, unavailable: 'nobody' } : { id, count };
  });
}
