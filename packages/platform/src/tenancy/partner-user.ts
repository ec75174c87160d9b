import type { Context } from '../kernel/context.ts';
import { hashPassword } from '../kernel/password.ts';
import { TenancyError } from './organisation.ts';

export interface NewPartnerUser {
  readonly clientId: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Somebody who signs in to a vendor's console. @throws TenancyError without such a partner, or where the address is taken */
export async function createPartnerUser(
  ctx: Context,
  { clientId, email, name, password }: NewPartnerUser,
): Promise<void> {
  const [row] = await ctx.db.lookup<{ id: number | null }>`
    select create_partner_user(${clientId}, ${email}, ${name}, ${await hashPassword(password)}, ${ctx.clock.now()}) as id`;
  if (typeof row?.id !== 'number')
    throw new TenancyError(
      `there is no partner application with the client id ${clientId}, or ${email} is taken`,
    );
}

/** Switched off, nobody signs in with the address, and open pages end. @throws TenancyError where there is nobody of this address */
export async function setPartnerUser(ctx: Context, email: string, isActive: boolean): Promise<void> {
  const [row] = await ctx.db.lookup<{
    id: number | null;
  }>`select set_partner_user(${email}, ${isActive}) as id`;
  if (typeof row?.id !== 'number') throw new TenancyError(`nobody signs in to a console as ${email}`);
}
