import { ProtocolError } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { projectorOf } from '../kernel/project-answer.ts';
import { encodePersonId, type PersonKey } from '../kernel/secrets.ts';
import type { WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import { readMembers } from '../members/index.ts';

/** Names carry no language of their own in the directory. */
const LOCALE = { language: 'en', country: 'US' } as const;

/** `GET /v2/me`: the member behind a token, as the application that asks knows them. */
export async function answerMe(
  ctx: Context,
  { memberId, personKey }: { readonly memberId: number; readonly personKey: PersonKey },
  wire: WireRequest,
): Promise<WireAnswer> {
  const member = (await ctx.db.read(null, (tx) => readMembers(tx, [memberId]))).get(memberId);
  if (!member || member.isClosed) throw new ProtocolError('REVOKED_ACCESS_TOKEN');
  const profile = {
    id: encodePersonId(personKey, memberId),
    localizedFirstName: member.firstName,
    localizedLastName: member.lastName,
    firstName: localized(member.firstName),
    lastName: localized(member.lastName),
  };
  return { body: projectorOf(wire.params, 'fields')(profile) };
}

function localized(text: string): object {
  return { localized: { [`${LOCALE.language}_${LOCALE.country}`]: text }, preferredLocale: LOCALE };
}
