import { randomInt } from 'node:crypto';
import { formatUrn } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { hashPassword } from '../kernel/password.ts';
import { ensureMember, type MemberHook } from '../members/index.ts';

export interface Organisation {
  readonly tenantId: number;
  readonly urn: string;
  readonly name: string;
}

/** Something of this name, address or key exists already, or what is referred to does not. Fit for the user. */
export class TenancyError extends Error {}

/** A new organisation; its URN is given, or made from a random number. */
export async function createOrganisation(
  ctx: Context,
  {
    name,
    urn = formatUrn('organization', randomInt(10_000_000, 2 ** 47)),
    country = 'US',
  }: { name: string; urn?: string; country?: string },
): Promise<Organisation> {
  const [row] = await ctx.db.lookup<{ tenant_id: number | null }>`
    select create_organisation(${urn}, ${name}, ${country}, ${ctx.clock.now()}) as tenant_id`;
  if (typeof row?.tenant_id !== 'number') throw new TenancyError(`there is an organisation ${urn} already`);
  return { tenantId: row.tenant_id, urn, name };
}

export async function findOrganisation(ctx: Context, urn: string): Promise<Organisation | null> {
  const [row] = await ctx.db.lookup<{ tenant_id: number; name: string }>`
    select tenant_id, name from find_organisation(${urn})`;
  return row ? { tenantId: row.tenant_id, urn, name: row.name } : null;
}

export interface Contract {
  readonly contractId: number;
  readonly urn: string;
}

export async function createContract(
  ctx: Context,
  tenantId: number,
  { name }: { name: string },
): Promise<Contract> {
  const [row] = await ctx.db.transaction(
    tenantId,
    async (tx) =>
      tx<{ contract_id: number }>`
      insert into contract (tenant_id, name, created_at) values (${tenantId}, ${name}, ${ctx.clock.now()})
      returning contract_id`,
  );
  return contractOf(row!.contract_id); // an insert without conflict clause returns its row or throws
}

export async function listContracts(ctx: Context, tenantId: number): Promise<Contract[]> {
  const rows = await ctx.db.read(
    tenantId,
    async (tx) =>
      tx<{
        contract_id: number;
      }>`select contract_id from contract where tenant_id = ${tenantId} order by contract_id`,
  );
  return rows.map((row) => contractOf(row.contract_id));
}

function contractOf(contractId: number): Contract {
  return { contractId, urn: formatUrn('contract', contractId) };
}

export interface NewSeat {
  readonly contractId: number;
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly isAdmin: boolean;
  /** Their id in the member directory, when they stand there already; else they are added. */
  readonly memberExternalId?: string;
}

export interface Seat {
  readonly seatId: number;
  readonly memberId: number;
  readonly email: string;
  readonly isAdmin: boolean;
}

/**
 * A seat on a contract for a member of the directory. A member may hold one seat on each of several contracts.
 * The member is stored first and by itself: like every member's, its hooks run in a transaction of no tenant.
 */
export async function createSeat(
  ctx: Context,
  hooks: readonly MemberHook[],
  tenantId: number,
  seat: NewSeat,
): Promise<Seat> {
  const { contractId, email, firstName, lastName, isAdmin } = seat;
  const passwordHash = await hashPassword(seat.password);
  const externalId = seat.memberExternalId ?? `seat:${email.toLowerCase()}`;
  const memberId = await ctx.db.transaction(null, (tx) =>
    ensureMember(ctx, tx, hooks, { externalId, firstName, lastName, emails: [email] }),
  );
  return ctx.db.transaction(tenantId, async (tx) => {
    const contracts =
      await tx`select from contract where tenant_id = ${tenantId} and contract_id = ${contractId}`;
    if (contracts.length === 0) throw new TenancyError(`this organisation has no contract ${contractId}`);
    const [row] = await tx<{ seat_id: number }>`
      insert into seat (tenant_id, contract_id, member_id, email, password_hash, is_admin, created_at)
      values (${tenantId}, ${contractId}, ${memberId}, ${email}, ${passwordHash}, ${isAdmin}, ${ctx.clock.now()})
      on conflict (tenant_id, contract_id, member_id) do nothing returning seat_id`;
    if (!row) throw new TenancyError(`${email} has a seat on this contract already`);
    for (const hook of hooks) await hook.afterSeat?.(tx);
    return { seatId: row.seat_id, memberId, email, isAdmin };
  });
}

/** Whether a seat corrects links and goes through proposals; administrators always do. @returns false where there is no such seat */
export async function setDecidesMatches(
  ctx: Context,
  tenantId: number,
  seatId: number,
  decidesMatches: boolean,
): Promise<boolean> {
  const [changed] = await ctx.db.pipeline(tenantId, (tx) => [
    tx`update seat set decides_matches = ${decidesMatches} where tenant_id = ${tenantId} and seat_id = ${seatId}`,
  ]);
  return changed.count > 0;
}

export async function listSeats(ctx: Context, tenantId: number, contractId: number): Promise<Seat[]> {
  const rows = await ctx.db.read(
    tenantId,
    async (tx) =>
      tx<{ seat_id: number; member_id: number; email: string; is_admin: boolean }>`
      select seat_id, member_id, email, is_admin from seat
      where tenant_id = ${tenantId} and contract_id = ${contractId} order by seat_id`,
  );
  return rows.map((row) => ({
    seatId: row.seat_id,
    memberId: row.member_id,
    email: row.email,
    isAdmin: row.is_admin,
  }));
}
