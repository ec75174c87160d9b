import {
  collectionResponse,
  formatUrn,
  listParam,
  ProtocolError,
  parsePage,
  type RawParams,
  textParam,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { projectCollection } from '../kernel/project-answer.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import type { WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import { type Caller, requireOpenContract } from '../tenancy/index.ts';

const MOST = 1_000;
/** Of these a seat here is one of the first two. */
const SEAT_STATES = ['ACTIVE', 'INACTIVE', 'INVITED', 'PARKED'] as const;
/** An open list: the original has more. */
const EVERY_SEAT = 'SOURCER_ADD_PROSPECT';
const ADMINISTRATOR = 'ADMIN_SEAT';

interface SeatRow {
  seat_id: number;
  contract_id: number;
  member_id: number;
  first_name: string;
  last_name: string;
  email: string;
  is_admin: boolean;
  is_active: boolean;
}

/** `q=seatsByAttributes`, the older form. */
export async function findSeats(ctx: Context, caller: Caller, wire: WireRequest): Promise<WireAnswer> {
  requireFinder(wire.params, 'seatsByAttributes');
  const active = textParam(wire.params, 'active');
  if (active !== undefined && active !== 'true' && active !== 'false')
    throw new ProtocolError('BAD_REQUEST', "Parameter 'active' must be true or false");
  const isActive = active === undefined ? [true, false] : [active === 'true'];
  return answerSeats(ctx, caller, wire, isActive, (seat) => ({
    ...heldBy(seat, caller),
    contractId: formatUrn('contract', seat.contract_id),
    active: seat.is_active,
    admin: seat.is_admin,
  }));
}

/** `q=attributes`, which the documentation lets fail without `start`. */
export async function findSeatsV2(ctx: Context, caller: Caller, wire: WireRequest): Promise<WireAnswer> {
  requireFinder(wire.params, 'attributes');
  if (!wire.params.values.has('start'))
    throw new ProtocolError('BAD_REQUEST', "Parameter 'start' is missing");
  const states = listParam(wire.params, 'states') ?? SEAT_STATES;
  const unknown = states.find((state) => !SEAT_STATES.some((known) => known === state));
  if (unknown !== undefined)
    throw new ProtocolError('BAD_REQUEST', `Parameter 'states' is one of ${SEAT_STATES.join(', ')}`);
  const isActive = [true, false].filter((each) => states.includes(each ? 'ACTIVE' : 'INACTIVE'));
  return answerSeats(ctx, caller, wire, isActive, (seat) => ({
    ...heldBy(seat, caller),
    contract: formatUrn('contract', seat.contract_id),
    state: seat.is_active ? 'ACTIVE' : 'INACTIVE',
    seatRoles: seat.is_admin ? [ADMINISTRATOR, EVERY_SEAT] : [EVERY_SEAT],
  }));
}

function heldBy(seat: SeatRow, { personKey }: Caller) {
  return {
    id: seat.seat_id,
    firstName: seat.first_name,
    lastName: seat.last_name,
    member: formatUrn('person', encodePersonId(personKey, seat.member_id)),
    email: seat.email,
  };
}

function requireFinder(params: RawParams, name: string): void {
  if (textParam(params, 'q') !== name)
    throw new ProtocolError('BAD_REQUEST', `The only finder here is q=${name}`);
}

/** Seats of the contracts that are named, each of which has to be open to the caller. */
async function answerSeats(
  ctx: Context,
  caller: Caller,
  { params, path, rawQuery }: WireRequest,
  isActive: readonly boolean[],
  elementOf: (seat: SeatRow) => object,
): Promise<WireAnswer> {
  const contracts = listParam(params, 'contracts') ?? [];
  if (contracts.length === 0) throw new ProtocolError('BAD_REQUEST', "Parameter 'contracts' is missing");
  const page = parsePage(params);
  if (page.count > MOST) throw new ProtocolError('BAD_REQUEST', `count is at most ${MOST}`);
  const { tenantId } = caller;
  const wanted = isActive.map(String);
  const [rows, total] = await ctx.db.read(tenantId, async (tx) => {
    const contractIds: number[] = [];
    for (const contract of new Set(contracts))
      contractIds.push(await requireOpenContract(tx, caller, contract));
    const condition = tx`s.tenant_id = ${tenantId} and s.contract_id = any(${contractIds}::bigint[])
      and s.is_active::text = any(${wanted}::text[])`;
    const [found, [counted]] = await tx.flight([
      tx<SeatRow>`
        select s.seat_id, s.contract_id, s.member_id, m.first_name, m.last_name, s.email, s.is_admin, s.is_active
        from seat s join member m on m.member_id = s.member_id
        where ${condition} order by s.seat_id limit ${page.count} offset ${page.start}`,
      tx<{ total: number }>`select count(*) as total from seat s where ${condition}`,
    ]);
    return [found, counted?.total ?? 0] as const;
  });
  const answered = collectionResponse(rows.map(elementOf), page, { total, path, rawQuery });
  return { body: projectCollection(params, answered) };
}
