import type { Context } from '../kernel/context.ts';
import type { OpenContext } from '../kernel/open-context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { applyBatch, type RecordStore } from '../records/index.ts';
import { setApplicationAccess } from '../tenancy/index.ts';
import { eraseMember, type MemberHooks } from './erase-member.ts';
import {
  ERASURE_LANE,
  type Erasure,
  holdErasure,
  insertErasure,
  markConfirmed,
  markErased,
  noteCounts,
} from './erasures.ts';
import { keeperOf, type Subject, type SubjectRow } from './subject.ts';
import { type Counts, countPlaces, findSubject, sweepPlaces } from './sweep.ts';

/** What erasing needs: the slices' own doors first, so that whoever listens hears of it, then the owner's account for the rest. */
export interface ErasureDesk extends MemberHooks {
  readonly ctx: Context;
  readonly ownerUrl: OpenContext['ownerUrl'];
  readonly outbox: Outbox;
  readonly records: RecordStore;
}

/** Fit for the user. */
export class ErasureError extends Error {
  readonly code: 'NO_SUBJECT' | 'HAS_SEAT' | 'NO_ERASURE' | 'NOT_ASKED' | 'LEFT_OVER';
  constructor(code: ErasureError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Counts what would go, and keeps the request until somebody confirms it. Nothing is erased yet.
 * @throws ErasureError NO_SUBJECT, HAS_SEAT
 */
export async function askErasure(
  { ctx, ownerUrl }: Pick<ErasureDesk, 'ctx' | 'ownerUrl'>,
  subject: Subject,
  seatId: number | null,
): Promise<{ readonly id: string; readonly counts: Counts; readonly row: SubjectRow }> {
  const row = await subjectOf({ ctx, ownerUrl }, subject);
  const counts = await countPlaces(ownerUrl, subject.kind, row);
  const id = await ctx.db.transaction(keeperOf(subject), async (tx) => {
    const inserted = insertErasure(ctx, tx, { subject, row, counts, seatId });
    await tx.commitWith([inserted.statement]);
    return inserted.id;
  });
  return { id, counts, row };
}

/** @throws ErasureError NO_SUBJECT; HAS_SEAT for a member who could sign in: the seat is ended first */
export async function subjectOf(
  { ctx, ownerUrl }: Pick<ErasureDesk, 'ctx' | 'ownerUrl'>,
  subject: Subject,
): Promise<SubjectRow> {
  const row = await findSubject(ownerUrl, subject);
  if (!row) throw new ErasureError('NO_SUBJECT', 'Nothing is stored of this subject.');
  if (subject.kind === 'member') {
    const seats = await ctx.db.lookup<{
      organisation: string;
    }>`select organisation from seats_of_member(${subject.memberId})`;
    if (seats.length > 0)
      throw new ErasureError('HAS_SEAT', 'This member holds a seat: erase the seat first.');
  }
  return row;
}

/**
 * A person said yes. The work waits in the outbox; whoever has no platform running calls `runErasure` too.
 * @throws ErasureError NO_ERASURE, NOT_ASKED
 */
export async function confirmErasure(
  { ctx, outbox }: Pick<ErasureDesk, 'ctx' | 'outbox'>,
  tenantId: number,
  id: string,
): Promise<void> {
  await ctx.db.transaction(tenantId, async (tx) => {
    const erasure = await holdErasure(tx, id);
    if (!erasure) throw new ErasureError('NO_ERASURE', 'There is no such request.');
    if (erasure.state !== 'asked' && erasure.state !== 'failed')
      throw new ErasureError('NOT_ASKED', 'This request was confirmed already.');
    await tx.commitWith([
      markConfirmed(tx, id, ctx.clock.now()),
      outbox.append(tx, ERASURE_LANE, { erasureId: id }),
    ]);
  });
  outbox.signal();
}

/**
 * Does what was confirmed. Every step can be done again, so a process that dies in between loses nothing: what the subject was known
 * by is kept in the request until the end.
 * @throws ErasureError LEFT_OVER when something came meanwhile; it is done again
 */
export async function runErasure(desk: ErasureDesk, tenantId: number, id: string): Promise<Erasure | null> {
  const { ctx, ownerUrl } = desk;
  const erasure = await ctx.db.transaction(tenantId, (tx) => holdErasure(tx, id));
  if (!erasure || (erasure.state !== 'confirmed' && erasure.state !== 'failed') || !erasure.target)
    return erasure;
  const { subject } = erasure.target;
  const row = merged(erasure.target.row, await findSubject(ownerUrl, subject));
  const found = await countPlaces(ownerUrl, subject.kind, row);
  const counts = larger(erasure.counts, found);
  await ctx.db.pipeline(tenantId, (tx) => [noteCounts(tx, { id, counts, row, subject })]);
  await throughDoors(desk, subject, row);
  await sweepPlaces(ownerUrl, subject.kind, row);
  const left = Object.keys(await countPlaces(ownerUrl, subject.kind, row));
  if (left.length > 0)
    throw new ErasureError('LEFT_OVER', `something was stored meanwhile: ${left.join(', ')}`);
  await ctx.db.pipeline(tenantId, (tx) => [markErased(ctx, tx, { ...erasure, counts }, subject)]);
  desk.outbox.signal();
  return ctx.db.transaction(tenantId, (tx) => holdErasure(tx, id));
}

/** What came since the request is found too; what an interrupted attempt deleted already is still known. */
function merged(known: SubjectRow, now: SubjectRow | null): SubjectRow {
  if (!now) return known;
  const both = <T>(one: readonly T[], other: readonly T[]): T[] => [...new Set([...one, ...other])];
  return {
    ...known,
    seat_ids: both(known.seat_ids, now.seat_ids),
    lonely_ids: both(known.lonely_ids, now.lonely_ids),
    application_ids: both(known.application_ids, now.application_ids),
    media_ids: both(known.media_ids, now.media_ids),
    project_ids: both(known.project_ids, now.project_ids),
    oauth_ids: both(known.oauth_ids, now.oauth_ids),
    texts: both(known.texts, now.texts),
  };
}

function larger(one: Counts, other: Counts): Counts {
  const places = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(places.map((place) => [place, Math.max(one[place] ?? 0, other[place] ?? 0)]));
}

/** Deletes by the doors that tell others: projections, links, open pages, ATSs that were given contact data. */
async function throughDoors(desk: ErasureDesk, subject: Subject, row: SubjectRow): Promise<void> {
  const { ctx, records } = desk;
  switch (subject.kind) {
    case 'candidate': {
      const scope = { tenantId: subject.tenantId, atsNo: subject.atsNo };
      if (row.application_ids.length > 0)
        await applyBatch(
          records,
          scope,
          'application',
          'delete',
          row.application_ids.map((key) => ({ key: [key] })),
        );
      await applyBatch(records, scope, 'candidate', 'delete', [{ key: [subject.candidateId] }]);
      return;
    }
    case 'member':
      return eraseMember(ctx, desk, subject.memberId);
    case 'organisation': {
      // Blocked first: processes that remember its tokens are told.
      const applications = await ctx.db.read(
        subject.tenantId,
        async (tx) => tx<{ client_id: string }>`
          select a.client_id from ats_instance i, lateral ats_client_id(i.tenant_id, i.ats_no) a
          where i.tenant_id = ${subject.tenantId}`,
      );
      for (const { client_id: clientId } of applications)
        await setApplicationAccess(ctx, clientId, 'blocked');
      for (const memberId of row.lonely_ids) await eraseMember(ctx, desk, memberId);
      return;
    }
    case 'seat':
    case 'contract':
      for (const memberId of row.lonely_ids) await eraseMember(ctx, desk, memberId);
  }
}
