import { ProtocolError, parseUrn } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import { authenticate, type Caller } from '../tenancy/index.ts';
import { issueWidgetCode } from './session.ts';

const WITHOUT_NUL = '^[^\\u0000]+$';
const Asked = Type.Union([
  Type.Object({
    person: Type.String({ maxLength: 255 }),
    contract: Type.Optional(Type.String({ maxLength: 255 })),
  }),
  Type.Object({ atsCandidateId: Type.String({ maxLength: 255, pattern: WITHOUT_NUL }) }),
]);

/**
 * `POST /widgets/session-tokens`, with the customer application's own token: what the ATS writes into a page as
 * `data-session-token` for whoever sits there, for one use within a minute. `{person, contract?}`: a seat holder who has let this
 * application act for them (3-legged), and who so needs no second sign-in. `{atsCandidateId}`: somebody without a seat, who sees
 * what the ATS itself holds of that candidate. Ours; the original names nothing of the kind.
 */
export function sessionTokenRoute(ctx: Context): Route {
  return {
    method: 'POST',
    path: '/widgets/session-tokens',
    async handler(request) {
      const caller = await authenticate(ctx, request);
      const asked = read(request.body);
      const { tenantId, applicationId } = caller;
      const who =
        'person' in asked
          ? { seatId: await boundSeat(ctx, caller, asked) }
          : { candidateId: asked.atsCandidateId };
      const { code, expiresAt } = await issueWidgetCode(ctx, {
        tenantId,
        applicationId,
        for: who,
        state: null,
      });
      return {
        status: 201,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify({ token: code, expiresAt }),
      };
    },
  };
}

function read(body: Buffer) {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    value = null;
  }
  if (!Value.Check(Asked, value))
    throw new ProtocolError('BAD_REQUEST', 'The body is {"person", "contract"?} or {"atsCandidateId"}');
  return value;
}

/** @throws ProtocolError ACCESS_DENIED, in the same words whatever is missing: person, seat or the consent to act */
async function boundSeat(
  ctx: Context,
  { tenantId, atsNo, personKey }: Caller,
  { person, contract }: { readonly person: string; readonly contract?: string },
): Promise<number> {
  const urn = parseUrn(person);
  const memberId = urn?.type === 'person' ? decodePersonId(personKey, urn.id) : null;
  const contractUrn = contract === undefined ? null : parseUrn(contract);
  const contractId = contractUrn && /^[1-9]\d{0,14}$/.test(contractUrn.id) ? Number(contractUrn.id) : 0;
  const bound = await ctx.db.lookup<{ member_id: number; ats_no: number }>`
    select member_id, ats_no from consenting_members(${tenantId}, ${ctx.clock.now()})`;
  const isBound = bound.some((row) => row.member_id === memberId && row.ats_no === atsNo);
  const [seat] = isBound
    ? await ctx.db.read(
        tenantId,
        async (tx) => tx<{ seat_id: number }>`
          select seat_id from seat
          where tenant_id = ${tenantId} and member_id = ${memberId} and is_active
            and (${contract === undefined} or contract_id = ${contractId})
          order by contract_id limit 1`,
      )
    : [];
  if (!seat)
    throw new ProtocolError(
      'ACCESS_DENIED',
      'No seat holder of this customer with this URN has let the application act for them',
    );
  return seat.seat_id;
}
