import type { Tx } from '../kernel/db.ts';
import type { OwnChoices } from './own-choices.ts';
import type { MemberRecord } from './record.ts';
import type { MemberLine } from './schema.ts';

/** What a member reads about what became of his or her settings. */
export interface MemberChange {
  readonly choice: 'sharing' | 'found-by-email' | 'found-by-phone' | 'account' | 'erased' | 'email';
  readonly isOn: boolean;
  readonly origin: 'member' | 'directory';
  readonly changedAt: number;
}

export function logChanges(
  tx: Tx,
  changes: readonly (MemberChange & { readonly memberId: number })[],
): PromiseLike<unknown> {
  return tx`
    insert into member_change (member_id, choice, is_on, origin, changed_at)
    select r."memberId", r.choice, r."isOn", r.origin, r."changedAt"
    from jsonb_to_recordset(${JSON.stringify(changes)}::text::jsonb)
      as r("memberId" bigint, choice text, "isOn" boolean, origin text, "changedAt" bigint)`;
}

/** What an import changed of a known member's settings, where the member had not chosen. What the member chooses is logged where it is chosen. */
export async function logFeedChanges(
  tx: Tx,
  former: readonly MemberRecord[],
  changed: readonly { readonly line: MemberLine }[],
  held: ReadonlyMap<string, { readonly memberId: number; readonly own: OwnChoices }>,
  changedAt: number,
): Promise<void> {
  const before = new Map(former.map((record) => [record.memberId, record]));
  const changes = changed.flatMap(({ line }) => {
    const member = held.get(line.id);
    const record = member && before.get(member.memberId);
    if (!member || !record) return [];
    const { memberId, own } = member;
    const entry = (choice: MemberChange['choice'], isOn: boolean) =>
      ({ memberId, choice, isOn, origin: 'directory', changedAt }) as const;
    const isSharing = line.shareWithThirdParties === true;
    const isOpen = line.closed !== true;
    return [
      ...(own.isSharing === null && isSharing !== record.sharesWithThirdParties
        ? [entry('sharing', isSharing)]
        : []),
      ...(own.isAccountOpen === null && !own.isErased && isOpen === record.isClosed
        ? [entry('account', isOpen)]
        : []),
    ];
  });
  if (changes.length > 0) await logChanges(tx, changes);
}

/** Newest first. */
export async function readChanges(tx: Tx, memberId: number): Promise<MemberChange[]> {
  const rows = await tx<{
    choice: MemberChange['choice'];
    is_on: boolean;
    origin: MemberChange['origin'];
    changed_at: number;
  }>`
    select choice, is_on, origin, changed_at from member_change where member_id = ${memberId} order by change_no desc limit 1000`;
  return rows.map(({ choice, is_on, origin, changed_at }) => ({
    choice,
    isOn: is_on,
    origin,
    changedAt: changed_at,
  }));
}
