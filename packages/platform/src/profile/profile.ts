import type { AtsCard, AtsTab, Profile } from '@carrick/protocol';
import { loadViewer, type Viewer } from '../access/index.ts';
import { readConsents } from '../consent/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import { type MemberRecord, readMembers } from '../members/index.ts';
import { countConversations } from '../messages/index.ts';
import { fileChunks, mediaTypeOf } from '../records/index.ts';
import { readPossible } from '../review/index.ts';
import { personIdOf, positionsOf, readPeople, webUrl } from '../search/index.ts';
import { Refusal, type Session } from '../session/index.ts';
import { cardSections } from './ats-card.ts';
import { readAtsRecords } from './ats-records.ts';
import { attachmentStatement } from './ats-rows.ts';

const HOUR_MS = 3_600_000;

/**
 * A member's page.
 * @throws Refusal NOT_FOUND for an id that is unknown, another organisation's or a closed account's: the three cannot be told apart.
 */
export async function readProfile(ctx: Context, session: Session, personId: string): Promise<Profile> {
  return readPerson(ctx, session, personId, async (tx, viewer, member) => {
    const [[row], records, [connections], [conversations], consents] = await Promise.all([
      readPeople(ctx, tx, viewer, [member.memberId]),
      readAtsRecords(tx, viewer, member.memberId, ctx.clock.now()),
      connectionsOf(tx, member.memberId),
      countConversations(tx, session, member.memberId),
      readConsents(tx, session.tenantId, [member.memberId]),
    ]);
    const consent = consents.get(member.memberId);
    const isShared = consent?.state === 'given' && consent.contractId === session.contractId;
    if (!row) throw new Refusal('NOT_FOUND');
    const jobs = records.flatMap((record) => record.jobs);
    return {
      ...row,
      ...positionsOf(member),
      educations: member.educations,
      connections: connections?.count ?? 0,
      summary: member.summary,
      skills: member.skills,
      recommendations: member.recommendations,
      websites: member.websites.flatMap((address) => webUrl(address) ?? []),
      isOpenToWork: member.isOpenToWork,
      atsJobs: jobs.length,
      atsActiveJobs: jobs.filter((job) => job.isActive).length,
      atsUrl: records.find((record) => record.url !== null)?.url ?? null,
      contact: isShared ? consent.contact : null,
      conversations: conversations?.count ?? 0,
    };
  });
}

export async function readAtsTab(ctx: Context, session: Session, personId: string): Promise<AtsTab> {
  return readPerson(ctx, session, personId, async (tx, viewer, member) => ({
    personId: personIdOf(ctx, session.tenantId, member.memberId),
    records: await readAtsRecords(tx, viewer, member.memberId, ctx.clock.now()),
    answeredAt: ctx.clock.now(),
  }));
}

export async function readAtsCard(ctx: Context, session: Session, personId: string): Promise<AtsCard> {
  return readPerson(ctx, session, personId, async (tx, viewer, member) => {
    const [records, possible] = await Promise.all([
      readAtsRecords(tx, viewer, member.memberId, ctx.clock.now()),
      readPossible(tx, viewer, member.memberId),
    ]);
    return {
      personId: personIdOf(ctx, session.tenantId, member.memberId),
      sections: cardSections(records),
      possible,
    };
  });
}

/**
 * A file of the person's, for one who may see what it is attached to.
 * @throws Refusal NOT_FOUND, the same for a file that is hidden and one that is not there
 */
export async function readAttachment(
  ctx: Context,
  session: Session,
  personId: string,
  no: number,
): Promise<{ readonly fileName: string; readonly mediaType: string; readonly bytes: Buffer }> {
  return readPerson(ctx, session, personId, async (tx, viewer, member) => {
    const files = await attachmentStatement(tx, viewer, member.memberId, ctx.clock.now());
    const file = files.find((each) => each.media_no === no);
    if (!file) throw new Refusal('NOT_FOUND');
    const chunks = await fileChunks(tx, session.tenantId, no);
    const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
    return { fileName: file.file_name, mediaType: mediaTypeOf(file.content_type, bytes), bytes };
  });
}

/** Counts that somebody looked at a profile, once an hour for each seat: going back and forth is one look. */
export async function recordView(ctx: Context, session: Session, personId: string): Promise<void> {
  const { tenantId, contractId, seatId } = session;
  const memberId = memberIdOf(ctx, session, personId);
  const hour = Math.floor(ctx.clock.now() / HOUR_MS) * HOUR_MS;
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`insert into profile_view (tenant_id, contract_id, member_id, seat_id, viewed_at)
       values (${tenantId}, ${contractId}, ${memberId}, ${seatId}, ${hour})
       on conflict do nothing`,
  ]);
}

async function readPerson<T>(
  ctx: Context,
  session: Session,
  personId: string,
  read: (tx: Tx, viewer: Viewer, member: MemberRecord) => Promise<T>,
): Promise<T> {
  const memberId = memberIdOf(ctx, session, personId);
  return ctx.db.read(session.tenantId, async (tx) => {
    const [viewer, members] = await Promise.all([
      loadViewer(tx, session, 'indicator'),
      readMembers(tx, [memberId]),
    ]);
    const member = members.get(memberId);
    if (!member || member.isClosed) throw new Refusal('NOT_FOUND');
    return read(tx, viewer, member);
  });
}

function memberIdOf(ctx: Context, { tenantId }: Session, personId: string): number {
  const memberId = decodePersonId(ctx.keys.personKey(`app:${tenantId}`), personId);
  if (memberId === null) throw new Refusal('NOT_FOUND');
  return memberId;
}

function connectionsOf(tx: Sql, memberId: number): Statement<{ count: number }> {
  return tx<{ count: number }>`
    select count(distinct member_id) as count from connections_of(${memberId})`;
}
