import type { Statement, Tx } from '../kernel/db.ts';
import { slices } from '../kernel/pace.ts';
import type { MemberFacts } from '../members/index.ts';
import { int8Array } from './key-rows.ts';
import { lockDirectory } from './locks.ts';
import type { Matcher } from './matcher.ts';
import { FORM_VERSION, memberOfForm } from './member-form.ts';
import { type MemberRow, memberFactsOf } from './member-rows.ts';
import type { MemberPerson } from './person.ts';

/** A member with what it is compared by; null where there is no form of this version, or the account is closed. */
export interface ComparedRow {
  readonly member_id: number;
  readonly form: string | null;
}

/** Members by id, as they are compared; those of closed accounts are not among them. */
export async function readCompared(
  matcher: Matcher,
  tx: Tx,
  memberIds: readonly number[],
): Promise<MemberPerson[]> {
  if (memberIds.length === 0) return [];
  const rows = await tx<{ member_id: number; form: string }>`
    select member_id, form from member_forms(${int8Array(memberIds)}::bigint[], ${FORM_VERSION})`;
  const forms = new Map(rows.map((row) => [row.member_id, row.form]));
  return comparedMembers(
    matcher,
    tx,
    memberIds.map((memberId) => ({ member_id: memberId, form: forms.get(memberId) ?? null })),
  );
}

/** Profiles are read of whom there is no form: until all forms are of this version of the program. */
export async function comparedMembers(
  matcher: Matcher,
  tx: Tx,
  rows: readonly ComparedRow[],
): Promise<MemberPerson[]> {
  const members: MemberPerson[] = [];
  const slice = slices();
  for (const { member_id, form } of rows) {
    await slice();
    if (form !== null) members.push(memberOfForm(member_id, form));
  }
  if (members.length === rows.length) return members;
  const lacking = rows.filter(({ form }) => form === null).map((row) => row.member_id);
  const profiles = await tx<MemberRow>`select * from match_members(${int8Array(lacking)}::bigint[])`;
  return [...members, ...profiles.map((row) => matcher.member(memberFactsOf(row)))];
}

/** With the members themselves, in the transaction that writes them. */
export function writeForms(
  matcher: Matcher,
  tx: Tx,
  members: readonly MemberFacts[],
  personOf: (facts: MemberFacts) => MemberPerson = matcher.member,
): Statement[] {
  const open = members.filter(({ isClosed }) => !isClosed);
  const closed = members.filter(({ isClosed }) => isClosed);
  return [
    ...(open.length > 0
      ? [
          tx`
            insert into member_form (member_id, version, form)
            select g.member_id, ${FORM_VERSION}, g.form
            from unnest(${int8Array(open.map(({ memberId }) => memberId))}::bigint[], ${open.map((facts) => matcher.form(facts, personOf(facts)))}::text[])
              as g(member_id, form)
            order by g.member_id
            on conflict (member_id) do update set version = excluded.version, form = excluded.form`,
        ]
      : []),
    ...(closed.length > 0
      ? [
          tx`delete from member_form where member_id = any(${int8Array(closed.map(({ memberId }) => memberId))}::bigint[])`,
        ]
      : []),
  ];
}

const PAGE = 500;

/** Makes the forms that are missing or of another version. Members are not written meanwhile, so that none is overwritten. */
export async function fillForms(matcher: Matcher, signal: AbortSignal): Promise<void> {
  const { db } = matcher.ctx;
  for (let after = 0; ; ) {
    signal.throwIfAborted();
    const lacking = await db.lookup<{ member_id: number }>`
      select m.member_id from member m
      where m.member_id > ${after} and not m.is_closed
        and not exists (select from member_form f where f.member_id = m.member_id and f.version = ${FORM_VERSION})
      order by m.member_id limit ${PAGE}`;
    const last = lacking.at(-1);
    if (!last) return;
    after = last.member_id;
    await db.transaction(null, async (tx) => {
      await lockDirectory(tx, []);
      const rows = await tx<MemberRow>`
        select * from match_members(${int8Array(lacking.map((row) => row.member_id))}::bigint[])`;
      await tx.commitWith(writeForms(matcher, tx, rows.map(memberFactsOf)));
    });
  }
}
