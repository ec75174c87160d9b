import { formatUrn, type WidgetMember } from '@carrick/protocol';
import type { Viewer } from '../../access/index.ts';
import { readConsents, sharedWith } from '../../consent/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { encodePersonId } from '../../kernel/secrets.ts';
import { readMembers } from '../../members/index.ts';
import { readTeamMessages } from '../../messages/index.ts';
import { followedStatement, noteStatement, toNote } from '../../recruiter-notes/index.ts';
import { personIdOf, positionsOf, readPaths, webUrl } from '../../search/index.ts';
import { activityOf, activityStatement } from './team-activity.ts';

/** Everything the widget shows of a member, as it is now; null for a closed account. */
export async function readWidgetMember(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  {
    memberId,
    applicationId,
    emails,
  }: { readonly memberId: number; readonly applicationId: number; readonly emails: readonly string[] },
): Promise<WidgetMember | null> {
  const { tenantId } = viewer;
  const [members, paths, consents, messages, activities, notes, followed] = await Promise.all([
    readMembers(tx, [memberId]),
    readPaths(tx, viewer.memberId, memberId),
    readConsents(tx, tenantId, [memberId]),
    readTeamMessages(tx, viewer, memberId),
    activityStatement(tx, viewer, memberId),
    noteStatement(tx, viewer, memberId),
    followedStatement(tx, viewer, memberId),
  ]);
  const member = members.get(memberId);
  if (!member || member.isClosed) return null;
  const shared = sharedWith(consents.get(memberId), viewer.contractId)?.email ?? null;
  return {
    id: personIdOf(ctx, tenantId, memberId),
    urn: personUrn(ctx, applicationId, memberId),
    name: [member.firstName, member.lastName, member.suffix].filter(Boolean).join(' '),
    degree: paths.degree,
    headline: member.headline,
    location: member.location,
    industry: member.industry,
    pictureUrl: webUrl(member.pictureUrl),
    ...positionsOf(member),
    educations: member.educations,
    websites: member.websites.flatMap((address) => webUrl(address) ?? []),
    summary: member.summary,
    skills: member.skills,
    recommendations: member.recommendations,
    emails: [
      ...(shared === null ? [] : [{ address: shared, source: 'member' as const }]),
      ...emails
        .filter((address) => address.toLowerCase() !== shared?.toLowerCase())
        .map((address) => ({ address, source: 'ats' as const })),
    ],
    paths: paths.ways.map((way) =>
      way.map(({ memberId: id, name }) => ({ id: personIdOf(ctx, tenantId, id), name })),
    ),
    activities: activities.map((row) => activityOf(row, viewer)),
    messages,
    notes: notes.map((row) => toNote(row, viewer)),
    isFollowed: followed.length > 0,
  };
}

/** As the customer's ATS knows the member, and nobody else. */
export function personUrn(ctx: Context, applicationId: number, memberId: number): string {
  return formatUrn('person', encodePersonId(ctx.keys.personKey(applicationId), memberId));
}
