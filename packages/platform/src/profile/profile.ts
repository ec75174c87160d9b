import type { AtsCard, AtsJob, AtsRecord, AtsTab, PersonRow, Profile } from '@carrick/protocol';
import { loadViewer, type Viewer, type ViewerSeat, visibleCandidate } from '../access/index.ts';
import { readConsents, sharedWith } from '../consent/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { type MemberRecord, readMembers } from '../members/index.ts';
import { countConversations } from '../messages/index.ts';
import { fileChunks, mediaTypeOf } from '../records/index.ts';
import { readPossible } from '../review/index.ts';
import {
  type CandidateSubject,
  candidatePersonId,
  type PersonSubject,
  personIdOf,
  positionsOf,
  readCandidateRows,
  readPeople,
  subjectOf,
  webUrl,
} from '../search/index.ts';
import { Refusal, type Session } from '../session/index.ts';
import { atsEntries, cardSections } from './ats-card.ts';
import { readAtsRecords } from './ats-records.ts';
import { attachmentStatement } from './ats-rows.ts';

const HOUR_MS = 3_600_000;

/**
 * A person's page: a member's, or of somebody whom only an ATS knows.
 * @throws Refusal NOT_FOUND for an id that is unknown, another organisation's, a closed account's or of a candidate the viewer may not
 * see: they cannot be told apart.
 */
export async function readProfile(ctx: Context, session: Session, personId: string): Promise<Profile> {
  return readPerson(ctx, session, personId, async (tx, viewer, person) => {
    const records = await readAtsRecords(tx, viewer, person.subject, ctx.clock.now());
    const jobs = records.flatMap((record) => record.jobs);
    const ofAts = {
      atsJobs: jobs.length,
      atsActiveJobs: jobs.filter((job) => job.isActive).length,
      atsUrl: records.find((record) => record.url !== null)?.url ?? null,
      atsEntries: atsEntries(records),
      feedback: jobs.flatMap((job) => job.feedback).length,
      attachments: [...records, ...jobs].flatMap(({ attachments }) => attachments).length,
    };
    if (!('member' in person)) {
      const row = await candidateRow(tx, viewer, person.subject, jobs);
      return { ...row, ...NO_PROFILE, ...ofAts };
    }
    const { member } = person;
    const [[row], [connections], [conversations], consents] = await Promise.all([
      readPeople(ctx, tx, viewer, [member.memberId]),
      connectionsOf(tx, member.memberId),
      countConversations(tx, session, member.memberId),
      readConsents(tx, session.tenantId, [member.memberId]),
    ]);
    if (!row) throw new Refusal('NOT_FOUND');
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
      ...ofAts,
      contact: sharedWith(consents.get(member.memberId), session.contractId),
      conversations: conversations?.count ?? 0,
    };
  });
}

/** What only the directory knows. */
const NO_PROFILE = {
  contact: null,
  conversations: 0,
  connections: 0,
  summary: null,
  skills: [],
  recommendations: [],
  websites: [],
  isOpenToWork: false,
} as const;

async function candidateRow(
  tx: Tx,
  viewer: Viewer,
  subject: CandidateSubject,
  jobs: readonly AtsJob[],
): Promise<PersonRow> {
  const lastAppliedAt = Math.max(...jobs.map((job) => job.appliedAt));
  const rows = await readCandidateRows(tx, viewer, [{ ...subject, lastAppliedAt }]);
  const row = rows.get(candidatePersonId(subject));
  // Without a visible application there is no record, and so no job.
  if (!row || jobs.length === 0) throw new Refusal('NOT_FOUND');
  return row;
}

export async function readAtsTab(ctx: Context, session: Session, personId: string): Promise<AtsTab> {
  return readPerson(ctx, session, personId, async (tx, viewer, person) => ({
    personId: idOf(ctx, session, person.subject),
    records: await readRecords(ctx, tx, viewer, person),
    answeredAt: ctx.clock.now(),
  }));
}

export async function readAtsCard(ctx: Context, session: Session, personId: string): Promise<AtsCard> {
  return readPerson(ctx, session, personId, async (tx, viewer, person) => {
    const [records, possible] = await Promise.all([
      readRecords(ctx, tx, viewer, person),
      'member' in person ? readPossible(tx, viewer, person.member.memberId) : [],
    ]);
    return { personId: idOf(ctx, session, person.subject), sections: cardSections(records), possible };
  });
}

/** Of a member perhaps none; a candidate is its record, or not there. */
async function readRecords(ctx: Context, tx: Tx, viewer: Viewer, person: Person): Promise<AtsRecord[]> {
  const records = await readAtsRecords(tx, viewer, person.subject, ctx.clock.now());
  if (!('member' in person) && records.length === 0) throw new Refusal('NOT_FOUND');
  return records;
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
): Promise<{
  readonly fileName: string;
  readonly contentType: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}> {
  return readPerson(ctx, session, personId, async (tx, viewer, { subject }) => {
    const files = await attachmentStatement(tx, viewer, subject, ctx.clock.now());
    const file = files.find((each) => each.media_no === no);
    if (!file) throw new Refusal('NOT_FOUND');
    const chunks = await fileChunks(tx, session.tenantId, no);
    const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
    const { file_name: fileName, content_type: contentType } = file;
    return { fileName, contentType, mediaType: mediaTypeOf(contentType, bytes), bytes };
  });
}

/** Counts that somebody looked at a profile, once an hour for each seat: going back and forth is one look. */
export async function recordView(ctx: Context, seat: ViewerSeat, personId: string): Promise<void> {
  const { tenantId, contractId, seatId } = seat;
  const subject = subjectOf(ctx, tenantId, personId);
  if (!subject || !('memberId' in subject)) return;
  const { memberId } = subject;
  const hour = Math.floor(ctx.clock.now() / HOUR_MS) * HOUR_MS;
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`insert into profile_view (tenant_id, contract_id, member_id, seat_id, viewed_at)
       values (${tenantId}, ${contractId}, ${memberId}, ${seatId}, ${hour})
       on conflict do nothing`,
  ]);
}

type Person =
  | { readonly subject: { readonly memberId: number }; readonly member: MemberRecord }
  | { readonly subject: CandidateSubject };

async function readPerson<T>(
  ctx: Context,
  session: Session,
  personId: string,
  read: (tx: Tx, viewer: Viewer, person: Person) => Promise<T>,
): Promise<T> {
  const subject = subjectOf(ctx, session.tenantId, personId);
  if (!subject) throw new Refusal('NOT_FOUND');
  return ctx.db.read(session.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'indicator');
    const known = 'memberId' in subject ? subject : await memberOf(tx, viewer, subject);
    if (!('memberId' in known)) return read(tx, viewer, { subject: known });
    const { memberId } = known;
    const member = (await readMembers(tx, [memberId])).get(memberId);
    if (!member || member.isClosed) throw new Refusal('NOT_FOUND');
    return read(tx, viewer, { subject: { memberId }, member });
  });
}

/** Who kept a candidate's address comes to the member it was matched with since. */
async function memberOf(tx: Sql, viewer: Viewer, candidate: CandidateSubject): Promise<PersonSubject> {
  const [link] = await tx<{ member_id: number }>`
    select l.member_id from candidate_member l
    where l.tenant_id = ${viewer.tenantId} and l.ats_no = ${candidate.atsNo} and l.candidate_id = ${candidate.candidateId}
      and l.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[])
      and ${visibleCandidate(tx, viewer, { atsNo: tx`l.ats_no`, candidateId: tx`l.candidate_id` })}`;
  return link ? { memberId: link.member_id } : candidate;
}

function idOf(ctx: Context, { tenantId }: Session, subject: PersonSubject): string {
  return 'memberId' in subject ? personIdOf(ctx, tenantId, subject.memberId) : candidatePersonId(subject);
}

function connectionsOf(tx: Sql, memberId: number): Statement<{ count: number }> {
  return tx<{ count: number }>`
    select count(distinct member_id) as count from connections_of(${memberId})`;
}
