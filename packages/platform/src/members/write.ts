import { createHash } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { logFeedChanges } from './changes.ts';
import type { MemberFacts, MemberHook } from './hooks.ts';
import { type OwnChoices, ownChoicesOf, withOwnChoices } from './own-choices.ts';
import { readMembers } from './read.ts';
import {
  currentTitles,
  type MemberChoices,
  type MemberRecord,
  memberDoc,
  memberFacts,
  NO_CHOICE,
} from './record.ts';
import type { MemberLine } from './schema.ts';
import { searchDocument } from './search-document.ts';

/** Raised when what is stored for the same line changes: then the next import writes every line again. */
const STORED_FORM = 1;

export interface WrittenMember {
  readonly memberId: number;
  readonly outcome: 'created' | 'changed' | 'unchanged';
}

/**
 * Stores the lines that differ from what is stored, and lets the hooks react, all in `tx`. Of two lines with one id the later
 * holds; what the member chose for himself or herself holds over both. The answer is by external id.
 */
export async function writeMembers(
  ctx: Context,
  tx: Tx,
  hooks: readonly MemberHook[],
  lines: readonly MemberLine[],
): Promise<Map<string, WrittenMember>> {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const stored = await holdMembers(tx, [...byId.keys()]);
  const written = new Map<string, WrittenMember>();
  const changed: { line: MemberLine; sha: string }[] = [];
  for (const given of byId.values()) {
    const before = stored.get(given.id);
    const line = before ? withOwnChoices(given, before.own) : given;
    const sha = fingerprint(line, before ?? NO_CHOICE);
    if (before?.sha === sha) written.set(line.id, { memberId: before.memberId, outcome: 'unchanged' });
    else changed.push({ line, sha });
  }
  if (changed.length === 0) return written;

  const factsOf = (line: MemberLine, memberId: number) =>
    memberFacts(memberId, line, stored.get(line.id) ?? NO_CHOICE);
  const incoming = changed.map(({ line }) => factsOf(line, stored.get(line.id)?.memberId ?? 0));
  const former = await formerFacts(tx, incoming);
  for (const hook of hooks) await hook.before?.(tx, incoming, former);
  const now = ctx.clock.now();
  const ids = await upsert(
    tx,
    changed.map(({ line, sha }) => ({ line, sha, choices: stored.get(line.id) ?? NO_CHOICE })),
    now,
  );
  for (const { line } of changed) {
    const memberId = ids.get(line.id);
    if (memberId === undefined) throw new Error('a member was not stored');
    written.set(line.id, { memberId, outcome: stored.has(line.id) ? 'changed' : 'created' });
  }
  await writeConnections(
    tx,
    changed.map(({ line }) => ({ line, memberId: ids.get(line.id) ?? 0 })),
    former.map(({ memberId }) => memberId),
  );
  const facts = changed.map(({ line }) => factsOf(line, ids.get(line.id) ?? 0));
  for (const hook of hooks) await hook.after?.(tx, facts, former);
  await logFeedChanges(tx, former, changed, stored, now);
  return written;
}

function fingerprint(line: MemberLine, { isFoundByEmail, isFoundByPhone }: MemberChoices): string {
  const hidden = `${isFoundByEmail ? '' : ' not by e-mail'}${isFoundByPhone ? '' : ' not by phone'}`;
  return createHash('sha256')
    .update(`${STORED_FORM}${hidden}\n${JSON.stringify(line)}`)
    .digest('hex');
}

interface HeldMember extends MemberChoices {
  readonly memberId: number;
  readonly sha: string;
  readonly own: OwnChoices;
}

interface HeldRow {
  readonly member_id: number;
  readonly external_id: string;
  readonly sha: string;
  readonly choices: Readonly<Record<string, boolean>> | null;
  readonly emails: OwnChoices['emails'] | null;
}

/**
 * Two imports of one person run one after the other, new persons too: a row lock would not hold those. So what is read here
 * stays true until the transaction ends.
 */
export async function holdMembers(tx: Tx, externalIds: readonly string[]): Promise<Map<string, HeldMember>> {
  const [, rows] = await tx.flight([
    tx`
      select pg_advisory_xact_lock(key)
      from (
        select distinct hashtextextended('member ' || id, 0) as key from unnest(${externalIds}::text[]) as id order by key offset 0
      ) sorted`,
    tx<HeldRow>`
      select m.member_id, m.external_id, encode(m.doc_sha256, 'hex') as sha,
        (select jsonb_object_agg(c.choice, c.is_on) from member_choice c where c.member_id = m.member_id) as choices,
        (
          select jsonb_agg(jsonb_build_object('email', e.email, 'isConfirmed', e.is_confirmed) order by e.changed_at, e.email)
          from member_email_choice e where e.member_id = m.member_id
        ) as emails
      from unnest(${externalIds}::text[]) as wanted(id)
      cross join lateral (select * from member where external_id = wanted.id offset 0) m`,
  ]);
  return new Map(
    rows.map(({ member_id: memberId, external_id, sha, choices, emails }) => {
      const own = ownChoicesOf(choices ?? {}, emails ?? []);
      const { isFoundByEmail, isFoundByPhone } = own;
      return [external_id, { memberId, sha, own, isFoundByEmail, isFoundByPhone }];
    }),
  );
}

async function formerFacts(tx: Tx, incoming: readonly MemberFacts[]): Promise<MemberRecord[]> {
  const members = await readMembers(
    tx,
    incoming.map(({ memberId }) => memberId).filter((id) => id > 0),
  );
  return [...members.values()];
}

async function upsert(
  tx: Tx,
  changed: readonly { line: MemberLine; sha: string; choices: MemberChoices }[],
  now: number,
): Promise<Map<string, number>> {
  const rows = changed.map(({ line, sha, choices }) => ({
    external_id: line.id,
    first_name: line.firstName?.trim() ?? '',
    last_name: line.lastName?.trim() ?? '',
    headline: line.headline ?? null,
    industry: line.industry ?? null,
    location: line.location ?? null,
    titles: currentTitles(line),
    open_to_work: line.openToWork === true,
    shares_with_third_parties: line.shareWithThirdParties === true,
    is_closed: line.closed === true,
    is_found_by_email: choices.isFoundByEmail,
    is_found_by_phone: choices.isFoundByPhone,
    doc: memberDoc(line),
    sha,
    ...searchDocument(line),
  }));
  const stored = await tx<{ member_id: number; external_id: string }>`
    insert into member (
      external_id, first_name, last_name, headline, industry, location, titles, open_to_work, shares_with_third_parties,
      is_closed, is_found_by_email, is_found_by_phone, doc, doc_sha256, search_doc, updated_at
    )
    select r.external_id, r.first_name, r.last_name, r.headline, r.industry, r.location, r.titles, r.open_to_work,
           r.shares_with_third_parties, r.is_closed, r.is_found_by_email, r.is_found_by_phone, r.doc, decode(r.sha, 'hex'),
           setweight(to_tsvector('simple', r.a), 'A') || setweight(to_tsvector('simple', r.b), 'B')
             || setweight(to_tsvector('simple', r.c), 'C') || setweight(to_tsvector('simple', r.d), 'D'),
           ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(
      external_id text, first_name text, last_name text, headline text, industry text, location text, titles text[],
      open_to_work boolean, shares_with_third_parties boolean, is_closed boolean, is_found_by_email boolean,
      is_found_by_phone boolean, doc jsonb, sha text, a text, b text, c text, d text
    )
    order by r.external_id
    on conflict (external_id) do update set
      first_name = excluded.first_name, last_name = excluded.last_name, headline = excluded.headline,
      industry = excluded.industry, location = excluded.location, titles = excluded.titles,
      open_to_work = excluded.open_to_work, shares_with_third_parties = excluded.shares_with_third_parties,
      is_closed = excluded.is_closed, is_found_by_email = excluded.is_found_by_email,
      is_found_by_phone = excluded.is_found_by_phone, doc = excluded.doc, doc_sha256 = excluded.doc_sha256,
      search_doc = excluded.search_doc, updated_at = excluded.updated_at
    returning member_id, external_id`;
  return new Map(stored.map((row) => [row.external_id, row.member_id]));
}

/** `former`: ids of the members that were there before; only they can have connections to lose. */
async function writeConnections(
  tx: Tx,
  members: readonly { line: MemberLine; memberId: number }[],
  former: readonly number[],
): Promise<void> {
  const rows = members.map(({ line, memberId }) => ({
    member_id: memberId,
    others: (line.connections ?? []).filter((other) => other !== line.id),
  }));
  await tx`
    with given as materialized (
      select distinct r.member_id, o.other
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(member_id bigint, others text[])
      cross join lateral unnest(r.others) as o(other)
    ), removed as (
      delete from member_connection c
      where c.ctid = any(array(
        select found.ctid
        from unnest(${former}::bigint[]) as f(member_id)
        cross join lateral (select k.ctid, k.* from member_connection k where k.member_id = f.member_id offset 0) found
        where not exists (select from given g where g.member_id = found.member_id and g.other = found.other_external_id)
      ))
    )
    insert into member_connection (member_id, other_external_id)
    select member_id, other from given order by member_id, other
    on conflict do nothing`;
}
