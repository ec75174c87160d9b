import type { ConversationPerson } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import type { MemberRecord } from '../members/index.ts';
import { personIdOf, webUrl } from '../search/index.ts';
import { Refusal, type Session } from '../session/index.ts';

/** @throws Refusal NOT_FOUND for an id that is not one of this organisation's */
export function memberIdOf(ctx: Context, { tenantId }: Pick<Session, 'tenantId'>, personId: string): number {
  const memberId = decodePersonId(ctx.keys.personKey(`app:${tenantId}`), personId);
  if (memberId === null) throw new Refusal('NOT_FOUND');
  return memberId;
}

export function personOf(
  ctx: Context,
  tenantId: number,
  { memberId, firstName, lastName, suffix, headline, pictureUrl }: MemberRecord,
): ConversationPerson {
  return {
    id: personIdOf(ctx, tenantId, memberId),
    name: [firstName, lastName, suffix].filter(Boolean).join(' '),
    headline,
    pictureUrl: webUrl(pictureUrl),
  };
}
