import { consentsOfMember, type OwnConsent } from '../consent/index.ts';
import { type MemberChange, type MemberRecord, readChanges, readMembers } from '../members/index.ts';
import type { MemberPage, OwnExport } from './member-page.ts';

/** What one ATS holds that is tied to the member. */
export interface AtsRecords {
  readonly organisation: string;
  readonly ats: string;
  readonly records: number;
  readonly receivedAt: number;
}

export interface Settings {
  readonly member: MemberRecord;
  /** Newest first. */
  readonly changes: readonly MemberChange[];
  readonly consents: readonly OwnConsent[];
  readonly exports: readonly OwnExport[];
  /** Null where the deployment does not show them. */
  readonly records: readonly AtsRecords[] | null;
  /** Organisations in which the member has a seat. */
  readonly seats: readonly string[];
}

/** Null: there is no such member any more. */
export async function readSettings(page: MemberPage, memberId: number): Promise<Settings | null> {
  const { ctx } = page;
  const stored = await ctx.db.read(null, async (tx) => {
    const member = (await readMembers(tx, [memberId])).get(memberId);
    if (!member) return null;
    const changes = await readChanges(tx, memberId);
    const consents = await consentsOfMember(tx, memberId);
    const [records, seats] = await tx.flight([
      tx<{ organisation: string; ats: string; records: number; received_at: number }>`
        select organisation, ats, records, received_at from ats_records_of_member(${memberId})
        where ${ctx.config.memberSeesRecords}`,
      tx<{ organisation: string }>`select organisation from seats_of_member(${memberId})`,
    ]);
    return {
      member,
      changes,
      consents,
      seats: seats.map(({ organisation }) => organisation),
      records: ctx.config.memberSeesRecords
        ? records.map(({ received_at: receivedAt, ...row }) => ({ ...row, receivedAt }))
        : null,
    };
  });
  return stored && { ...stored, exports: await page.exportsOf(memberId) };
}

/** Everything about the member, for the file that he or she downloads. */
export async function readOwnData(page: MemberPage, memberId: number): Promise<object | null> {
  const settings = await readSettings(page, memberId);
  if (!settings) return null;
  const { member, seats, ...rest } = settings;
  const { memberId: _own, ...profile } = member; // a number of ours that says nothing
  const conversations = (await page.conversations?.ofMember(memberId)) ?? [];
  return { createdAt: page.ctx.clock.now(), profile, ...rest, seats, conversations };
}
