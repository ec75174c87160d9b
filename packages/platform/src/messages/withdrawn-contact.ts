import { randomUUID } from 'node:crypto';
import { collectionResponse, formatUrn, ProtocolError, parsePage, textParam } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { ConsentHook } from '../consent/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Outbox, WorkHandler } from '../kernel/outbox.ts';
import { projectCollection } from '../kernel/project-answer.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import type { WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import { type Caller, findNotification, notify } from '../tenancy/index.ts';

/** Work: a member took shared contact data back, and the ATSs that could fetch it are to be told. */
export const WITHDRAWN_LANE = 'withdrawn-contact';
const TYPE = 'SHARED_CONTACT_WITHDRAWN';

const Withdrawn = Type.Object({
  memberId: Type.Number(),
  contractId: Type.Number(),
  withdrawnAt: Type.Number(),
});

/** Written in the transaction of the withdrawal; which ATSs there are is looked up when it is done. */
export function withdrawnContactHook(outbox: Pick<Outbox, 'append'>): ConsentHook {
  return {
    after: (tx, { change, memberId, contractId, at: withdrawnAt }) =>
      change === 'WITHDRAWN'
        ? [outbox.append(tx, WITHDRAWN_LANE, { memberId, contractId, withdrawnAt })]
        : [],
  };
}

/** One notification to each ATS to which the contract is open; it says nothing of the person, its id finds who it is. */
export function tellWithdrawn(ctx: Context): WorkHandler {
  return async (tx, payload) => {
    if (!Value.Check(Withdrawn, payload) || tx.tenantId === null)
      throw new Error('not a payload of this lane');
    const contextUrn = formatUrn('contract', payload.contractId);
    const atss = await tx<{ ats_no: number }>`
      select ats_no from integration
      where tenant_id = ${tx.tenantId} and integration_type = 'CSA_API' and context_urn = ${contextUrn} and status = 'ENABLED'
      order by ats_no`;
    await tx.flight(
      atss.map(({ ats_no: atsNo }) =>
        notify(tx, ctx, {
          notificationId: randomUUID(),
          atsNo,
          type: TYPE,
          integration: { type: 'CSA_API', contextUrn },
          subject: payload,
        }),
      ),
    );
  };
}

/** `q=request`: whose contact data has to be deleted. @throws ProtocolError NOT_FOUND, REQUEST_EXPIRED */
export async function findWithdrawn(
  ctx: Context,
  caller: Caller,
  { params, path, rawQuery }: WireRequest,
): Promise<WireAnswer> {
  const requestId = textParam(params, 'requestId') ?? '';
  if (requestId === '') throw new ProtocolError('BAD_REQUEST', "Parameter 'requestId' is missing");
  const page = parsePage(params);
  const { subject } = await findNotification(ctx, caller, TYPE, requestId);
  if (!Value.Check(Withdrawn, subject)) throw new Error('a notification of this type has another subject');
  const element = {
    member: formatUrn('person', encodePersonId(caller.personKey, subject.memberId)),
    contract: formatUrn('contract', subject.contractId),
    withdrawnAt: subject.withdrawnAt,
  };
  const found = [element].slice(page.start, page.start + page.count);
  return { body: projectCollection(params, collectionResponse(found, page, { path, rawQuery })) };
}
