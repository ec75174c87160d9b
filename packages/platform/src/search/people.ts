import type { Ats, PersonRow } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { openProposals } from '../matching/index.ts';
import { type MemberRecord, readMembers } from '../members/index.ts';
import { atsWords } from '../session/index.ts';
import { type Degree, readDegrees } from './degrees.ts';
import { personIdOf } from './person-ids.ts';
import { spotlightsOf } from './spotlights.ts';
import { viewerTerms } from './viewer-terms.ts';
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
      personRow(personIdOf(ctx, viewer.tenantId, memberId), member, standing, degrees.get(memberId) ?? null, {
        atss,
        hasSpotlight: viewer.hasSpotlight,
      }),
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

/** Who of these members is in the viewer's ATSs, and what else the organisation has to do with them. */
export function standingsOf(tx: Sql, viewer: Viewer, memberIds: readonly number[]): Statement<Standing> {
  const { atsNos, acls, organisation } = viewerTerms(tx, viewer);
  return tx<Standing>`
    with maybe as materialized (${openProposals(tx, viewer, { memberIds })})
    select s.*, array(
      select distinct p.ats_no from maybe p where p.member_id = s.member_id and p.ats_no <> all(s.ats_nos) order by p.ats_no
    ) as maybe_ats_nos
    from standings_of(${memberIds}::bigint[], ${atsNos}::int[], ${viewer.openAts}::int[], ${acls}::text[], ${viewer.contractId},
      ${organisation}, ${viewer.isStrict}) s`;
}

const IN_ROW = { positions: 3, educations: 2 };

function personRow(
  id: string,
  member: MemberRecord,
  standing: Standing,
  degree: Degree | null,
  { atss, hasSpotlight }: { atss: readonly Ats[]; hasSpotlight: boolean },
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
      pastApplicants: standing.is_past && hasSpotlight,
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
