import {
  collectionResponse,
  countParam,
  formatUrn,
  listParam,
  ProtocolError,
  parsePage,
  textParam,
} from '@carrick/protocol';
import { answeredConsents, type Consent, readConsents } from '../consent/index.ts';
import { stubOf } from '../exports/index.ts';
import type { Context } from '../kernel/context.ts';
import { projectCollection } from '../kernel/project-answer.ts';
import type { WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import { type MemberRecord, readMembers } from '../members/index.ts';
import { personIdOf } from '../search/index.ts';
import { type Caller, numberOf, requireOpenContract } from '../tenancy/index.ts';

/** A result beyond this one cannot be asked for: narrower windows can. */
const MOST_RESULTS = 20_000;
const MOST = 1_000;

/**
 * `q=contract`: stub profiles of members who answered the question about their contact data, oldest answer first: with the shared
 * e-mail and phone after a yes; without, where the member allows sharing with other systems, after a no or a withdrawal.
 */
export async function findStubs(
  ctx: Context,
  caller: Caller,
  { params, path, rawQuery }: WireRequest,
  origin: string,
): Promise<WireAnswer> {
  if (textParam(params, 'q') !== 'contract')
    throw new ProtocolError('BAD_REQUEST', 'The finders here are q=contract and q=request');
  const contract = textParam(params, 'contract') ?? '';
  if (contract === '') throw new ProtocolError('BAD_REQUEST', "Parameter 'contract' is missing");
  const seatIds = (listParam(params, 'owners') ?? []).map((owner) => numberOf(owner, 'seat'));
  const from = countParam(params, 'createdDateStart') ?? 0;
  const to = countParam(params, 'createdDateEnd') ?? ctx.clock.now() + 1;
  const page = parsePage(params);
  if (page.count > MOST) throw new ProtocolError('BAD_REQUEST', `count is at most ${MOST}`);
  if (page.start + page.count > MOST_RESULTS)
    throw new ProtocolError(
      'BAD_REQUEST',
      `Results beyond ${MOST_RESULTS} cannot be fetched: narrow createdDateStart and createdDateEnd`,
    );
  const { tenantId } = caller;
  const found = await ctx.db.read(tenantId, async (tx) => {
    const contractId = await requireOpenContract(tx, caller, contract);
    const { memberIds, total } = await answeredConsents(tx, tenantId, {
      contractId,
      seatIds,
      from,
      to,
      ...page,
    });
    const [members, consents] = await Promise.all([
      readMembers(tx, memberIds),
      readConsents(tx, tenantId, memberIds),
    ]);
    return { memberIds, total, members, consents };
  });
  const elements = found.memberIds.flatMap((memberId) => {
    const [member, consent] = [found.members.get(memberId), found.consents.get(memberId)];
    const stub = member && consent ? mailStub(caller, member, consent, profileUrl(memberId)) : null;
    return stub ? [stub] : [];
  });
  const { total } = found;
  return { body: projectCollection(params, collectionResponse(elements, page, { total, path, rawQuery })) };

  function profileUrl(memberId: number): string {
    return `${ctx.config.publicUrl ?? origin}/people/${personIdOf(ctx, tenantId, memberId)}`;
  }
}

/** Null: no stub. What is withheld is absent, not empty. */
function mailStub(
  { personKey }: Caller,
  member: MemberRecord,
  consent: Consent,
  profileUrl: string,
): object | null {
  if (consent.state === 'none') return null;
  if (consent.state !== 'given' && !member.sharesWithThirdParties) return null;
  const contact = consent.state === 'given' ? consent.contact : null;
  const held = member.positions.find(({ endDate }) => endDate === null);
  return {
    ...stubOf(member, personKey, profileUrl),
    ...(member.headline === null ? {} : { headline: member.headline }),
    ...(held?.title ? { currentTitle: held.title } : {}),
    ...(contact ? { emailAddresses: [contact.email], emailAddress: contact.email } : {}),
    ...(contact?.phone ? { phoneNumber: contact.phone } : {}),
    owner: formatUrn('seat', consent.seatId),
    contract: formatUrn('contract', consent.contractId),
    created: consent.answeredAt,
  };
}
