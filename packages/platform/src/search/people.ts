import type { Ats, PersonRow } from '@carrick/protocol';
import { type Viewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { openProposals } from '../matching/index.ts';
import { type MemberRecord, readMembers } from '../members/index.ts';
import { atsWords } from '../session/index.ts';
import { type Degree, readDegrees } from './degrees.ts';
import { personIdOf } from './person-ids.ts';
import { engagedWithBrand, isCompanyConnection, pastApplicants, spotlightsOf } from './spotlights.ts';
import { webUrl } from './web-url.ts';

/** People as the lists show them, in the order asked for. Closed and unknown members are left out. */
export async function readPeople(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  memberIds: readonly number[],
): Promise<PersonRow[]> {
  if (memberIds.length === 0) return [];
  const [members, standings, degrees] = await Promise.all([
    readMembers(tx, memberIds),
    standingsOf(tx, viewer, memberIds),
    readDegrees(tx, viewer.memberId, memberIds),
  ]);
  const standingById = new Map(standings.map((row) => [row.member_id, row]));
  const { atss } = atsWords(viewer);
  return memberIds.flatMap((memberId) => {
    const member = members.get(memberId);
    const standing = standingById.get(memberId);
    if (!member || !standing || member.isClosed) return [];
    return [
      personRow(
        personIdOf(ctx, viewer.tenantId, memberId),
        member,
        standing,
        degrees.get(memberId) ?? null,
        atss,
      ),
    ];
  });
}

/** What the viewer's organisation has to do with a person. */
interface Standing {
  member_id: number;
  is_past: boolean;
  is_connected: boolean;
  is_engaged: boolean;
  views: number;
  notes: number;
  ats_nos: number[];
  maybe_ats_nos: number[];
}

function standingsOf(tx: Sql, viewer: Viewer, memberIds: readonly number[]): Statement<Standing> {
  const { tenantId, contractId } = viewer;
  const enabled = viewer.atss.map((ats) => ats.atsNo);
  const application = {
    atsNo: tx`a.ats_no`,
    jobId: tx`a.job_id`,
    isRestricted: tx`coalesce(a.access_restricted, false)`,
  };
  return tx<Standing>`
    with held as materialized (
      select l.member_id, l.ats_no, l.candidate_id
      from candidate_member l
      where l.tenant_id = ${tenantId} and l.member_id = any(${memberIds}::bigint[]) and l.ats_no = any(${enabled}::int[])
    ),
    note as (
      select h.member_id
      from held h
      join candidate_note n on n.tenant_id = ${tenantId} and n.ats_no = h.ats_no and n.candidate_id = h.candidate_id
      union all
      select h.member_id
      from held h
      join application a on a.tenant_id = ${tenantId} and a.ats_no = h.ats_no and a.candidate_id = h.candidate_id
      join application_note n on n.tenant_id = a.tenant_id and n.ats_no = a.ats_no and n.application_id = a.id
      where ${visibleJob(tx, viewer, application)}
    )
    select asked.member_id,
      asked.member_id in (${pastApplicants(tx, viewer, memberIds)}) as is_past,
      ${isCompanyConnection(tx, viewer, tx`asked.member_id`)} as is_connected,
      asked.member_id in (${engagedWithBrand(tx, viewer, memberIds)}) as is_engaged,
      (
        select count(*) from profile_view v
        where v.tenant_id = ${tenantId} and v.contract_id = ${contractId} and v.member_id = asked.member_id
      ) as views,
      (select count(*) from note where note.member_id = asked.member_id) as notes,
      array(select distinct h.ats_no from held h where h.member_id = asked.member_id order by h.ats_no) as ats_nos,
      array(
        select distinct p.ats_no from (${openProposals(tx, viewer, memberIds)}) p
        where p.member_id = asked.member_id and (p.member_id, p.ats_no) not in (select h.member_id, h.ats_no from held h)
        order by p.ats_no
      ) as maybe_ats_nos
    from unnest(${memberIds}::bigint[]) as asked (member_id)`;
}

const IN_ROW = { positions: 3, educations: 2 };

function personRow(
  id: string,
  member: MemberRecord,
  standing: Standing,
  degree: Degree | null,
  atss: readonly Ats[],
): PersonRow {
  return {
    id,
    name: nameOf(member),
    degree,
    headline: member.headline,
    location: member.location,
    industry: member.industry,
    pictureUrl: webUrl(member.pictureUrl),
    ...positionsOf(member, IN_ROW.positions),
    educations: member.educations.slice(0, IN_ROW.educations),
    spotlights: spotlightsOf({
      pastApplicants: standing.is_past,
      openToWork: member.isOpenToWork,
      companyConnections: standing.is_connected,
      engagedWithBrand: standing.is_engaged,
      likelyToRespond: false,
    }),
    activity: { views: standing.views, notes: standing.notes },
    inAts: atss.filter((ats) => standing.ats_nos.includes(ats.atsNo)),
    maybeInAts: atss.filter((ats) => standing.maybe_ats_nos.includes(ats.atsNo)),
    isExportable: member.sharesWithThirdParties,
  };
}

function nameOf(member: MemberRecord): string {
  return [member.firstName, member.lastName, member.suffix].filter(Boolean).join(' ');
}

/** Positions held today and before, each at most `most`. */
export function positionsOf(
  member: MemberRecord,
  most = Number.POSITIVE_INFINITY,
): Pick<PersonRow, 'current' | 'past'> {
  return {
    current: member.positions.filter((position) => position.endDate === null).slice(0, most),
    past: member.positions.filter((position) => position.endDate !== null).slice(0, most),
  };
}
