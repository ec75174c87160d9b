import { NOTE_LIMITS, type PersonActivities } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { Refusal, type Session } from '../session/index.ts';
import { noteStatement, toNote } from './notes.ts';
import { requirePerson } from './person.ts';
import { colleagueStatement, shareStatement, toShare } from './shares.ts';

const MOST_VIEWS = 100;
const MOST_KNOWN_TAGS = 200;

/** What the viewer's contract did with a person: the tab "Recruiting activities". */
export async function readActivities(
  ctx: Context,
  session: Session,
  personId: string,
): Promise<PersonActivities> {
  const { tenantId, contractId, seatId } = session;
  return ctx.db.read(tenantId, async (tx) => {
    const memberId = await requirePerson(ctx, tx, session, personId);
    const [notes, tags, views, followed, known, shares, colleagues] = await tx.flight([
      noteStatement(tx, session, memberId),
      tx<{ tag: string; by: string; added_at: number }>`
        select t.tag, m.first_name || ' ' || m.last_name as by, t.added_at
        from person_tag t
        join seat s on s.tenant_id = t.tenant_id and s.seat_id = t.seat_id
        join member m on m.member_id = s.member_id
        where t.tenant_id = ${tenantId} and t.contract_id = ${contractId} and t.member_id = ${memberId}
        order by lower(t.tag), t.tag`,
      tx<{ seat_id: number; by: string; viewed_at: number }>`
        select v.seat_id, m.first_name || ' ' || m.last_name as by, v.viewed_at
        from profile_view v
        join seat s on s.tenant_id = v.tenant_id and s.seat_id = v.seat_id
        join member m on m.member_id = s.member_id
        where v.tenant_id = ${tenantId} and v.contract_id = ${contractId} and v.member_id = ${memberId}
        order by v.viewed_at desc, v.seat_id limit ${MOST_VIEWS}`,
      followedStatement(tx, session, memberId),
      tx<{ tag: string }>`
        select tag from person_tag where tenant_id = ${tenantId} and contract_id = ${contractId}
        group by tag order by count(*) desc, tag limit ${MOST_KNOWN_TAGS}`,
      shareStatement(tx, session, memberId),
      colleagueStatement(tx, session),
    ]);
    return {
      notes: notes.map((row) => toNote(row, session)),
      tags: tags.map(({ tag, by, added_at: addedAt }) => ({ tag, by, addedAt })),
      views: views.map((row) => ({ by: row.by, isOwn: row.seat_id === seatId, at: row.viewed_at })),
      shares: shares.map((row) => toShare(row, session)),
      colleagues: colleagues.map((row) => ({ seatId: row.seat_id, name: row.name })),
      isFollowed: followed.length > 0,
      knownTags: known.map(({ tag }) => tag),
      answeredAt: ctx.clock.now(),
    };
  });
}

/** A row where "Update me" is on. */
export function followedStatement(
  tx: Sql,
  { tenantId, seatId }: Pick<Session, 'tenantId' | 'seatId'>,
  memberId: number,
): Statement {
  return tx`
    select from profile_subscription where tenant_id = ${tenantId} and seat_id = ${seatId} and member_id = ${memberId}`;
}

/** Spaces are one; who adds it first decides how it is written. */
function tagOf(text: string): string {
  const tag = text.trim().replaceAll(/\s+/g, ' ');
  if (tag === '' || tag.length > NOTE_LIMITS.tag || tag.includes('\u0000'))
    throw new Refusal('TAG_NOT_VALID');
  return tag;
}

/** @throws Refusal TAG_NOT_VALID, NOT_FOUND */
export async function addTag(
  ctx: Context,
  session: Session,
  people: readonly string[],
  text: string,
): Promise<void> {
  const tag = tagOf(text);
  const { tenantId, contractId, seatId } = session;
  await ctx.db.transaction(tenantId, async (tx) => {
    const memberIds: number[] = [];
    for (const personId of people) memberIds.push(await requirePerson(ctx, tx, session, personId));
    await tx.commitWith([
      tx`insert into person_tag (tenant_id, contract_id, member_id, tag, seat_id, added_at)
         select ${tenantId}, ${contractId}, p.member_id, coalesce((
           select tag from person_tag
           where tenant_id = ${tenantId} and contract_id = ${contractId} and lower(tag) = lower(${tag}) limit 1
         ), ${tag}), ${seatId}, ${ctx.clock.now()}
         from unnest(${memberIds}::bigint[]) as p (member_id)
         where (
           select count(*) from person_tag t
           where t.tenant_id = ${tenantId} and t.contract_id = ${contractId} and t.member_id = p.member_id
         ) < ${NOTE_LIMITS.tagsOfPerson}
         on conflict do nothing`,
    ]);
  });
}

/** The contract's: everybody of it may. */
export async function removeTag(
  ctx: Context,
  session: Session,
  personId: string,
  tag: string,
): Promise<void> {
  const { tenantId, contractId } = session;
  await ctx.db.transaction(tenantId, async (tx) => {
    const memberId = await requirePerson(ctx, tx, session, personId);
    await tx.commitWith([
      tx`delete from person_tag
         where tenant_id = ${tenantId} and contract_id = ${contractId} and member_id = ${memberId} and tag = ${tag}`,
    ]);
  });
}

/** "Update me", on or off. What was told so far stays in the feed only while it is on. */
export async function follow(ctx: Context, session: Session, personId: string, isOn: boolean): Promise<void> {
  const { tenantId, seatId } = session;
  await ctx.db.transaction(tenantId, async (tx) => {
    const memberId = await requirePerson(ctx, tx, session, personId);
    await tx.commitWith(
      isOn
        ? [
            tx`insert into profile_subscription (tenant_id, seat_id, member_id, since_at)
               values (${tenantId}, ${seatId}, ${memberId}, ${ctx.clock.now()}) on conflict do nothing`,
          ]
        : [
            tx`delete from profile_subscription where tenant_id = ${tenantId} and seat_id = ${seatId} and member_id = ${memberId}`,
            tx`delete from profile_update where tenant_id = ${tenantId} and seat_id = ${seatId} and member_id = ${memberId}`,
          ],
    );
  });
}
