import type { FeedPerson } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import { type MemberRecord, readMembers } from '../members/index.ts';
import { personIdOf, webUrl } from '../search/index.ts';
import { Refusal, type Session } from '../session/index.ts';

/** @throws Refusal NOT_FOUND for an id that is unknown, another organisation's or a closed account's */
export async function requirePerson(
  ctx: Context,
  tx: Tx,
  { tenantId }: Pick<Session, 'tenantId'>,
  personId: string,
): Promise<number> {
  const memberId = decodePersonId(ctx.keys.personKey(`app:${tenantId}`), personId);
  const member = memberId === null ? undefined : (await readMembers(tx, [memberId])).get(memberId);
  if (!member || member.isClosed) throw new Refusal('NOT_FOUND');
  return member.memberId;
}

export function feedPerson(
  ctx: Context,
  tenantId: number,
  { memberId, firstName, lastName, suffix, headline, pictureUrl }: MemberRecord,
): FeedPerson {
  return {
    id: personIdOf(ctx, tenantId, memberId),
    name: [firstName, lastName, suffix].filter(Boolean).join(' '),
    headline,
    pictureUrl: webUrl(pictureUrl),
  };
}
