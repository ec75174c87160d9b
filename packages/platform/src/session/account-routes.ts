import { randomBytes } from 'node:crypto';
import type { ContractsAnswer, InvitationAnswer } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import type { Route } from '../kernel/http.ts';
import { Throttle } from '../kernel/throttle.ts';
import { canMail } from '../mail/index.ts';
import type { MemberHook } from '../members/index.ts';
import { createSeat, TenancyError } from '../tenancy/index.ts';
import { appRoute, openRoute } from './app-route.ts';
import { bodyOf } from './body.ts';
import { readMe } from './me.ts';
import {
  askReset,
  choosePassword,
  inviteBy,
  MOST_PASSWORD_CHARACTERS,
  type PasswordLinks,
  RESETS,
} from './password-links.ts';
import { answer, Refusal } from './refusal.ts';
import { changeSeat, readOpenedSeats } from './session.ts';

const Email = Type.String({ minLength: 3, maxLength: 320, pattern: '^[^\\0\\s@]+@[^\\0\\s@]+$' });
const Language = Type.Union([Type.Literal('en'), Type.Literal('de')]);
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\0]*[^\\s\\0][^\\0]*$' });
const Forgotten = Type.Object({ email: Email, language: Language });
const Chosen = Type.Object({
  token: Type.String({ maxLength: 100 }),
  password: Type.String({ maxLength: MOST_PASSWORD_CHARACTERS }),
});
const Change = Type.Object({ seatId: Type.String({ pattern: '^\\d{1,15}$' }) });
const Invitation = Type.Object({
  email: Email,
  firstName: Name,
  lastName: Name,
  isAdmin: Type.Boolean(),
  language: Language,
});

/** Ways into an account: a forgotten password, an invitation, another contract. */
export function accountRoutes(links: PasswordLinks, memberHooks: readonly MemberHook[]): Route[] {
  const { ctx, outbox } = links;
  const throttles = {
    address: new Throttle(ctx.clock, RESETS),
    client: new Throttle(ctx.clock, { ...RESETS, most: 30 }),
  };
  return [
    openRoute('POST', '/app/api/password/forgotten', async (request) => {
      const { email, language } = bodyOf(Forgotten, request);
      await askReset(links, throttles, { email, language, client: request.address });
      return answer(204);
    }),
    openRoute('POST', '/app/api/password/chosen', async (request) => {
      const { token, password } = bodyOf(Chosen, request);
      const waitMs = throttles.client.attempt(request.address);
      if (waitMs > 0) throw new Refusal('TOO_MANY_ATTEMPTS', waitMs);
      await choosePassword(links, token, password);
      return answer(204);
    }),
    appRoute(ctx, 'GET', '/app/api/contracts', async (session) =>
      answer(200, { seats: await readOpenedSeats(ctx, session) } satisfies ContractsAnswer),
    ),
    appRoute(ctx, 'POST', '/app/api/contracts', async (session, request) => {
      const { seatId } = bodyOf(Change, request);
      const { cookie, seat } = await changeSeat(ctx, session, Number(seatId), request.origin);
      return answer(200, await readMe(ctx, seat), { 'set-cookie': cookie });
    }),
    appRoute(ctx, 'POST', '/app/api/admin/invitations', async (session, request) => {
      if (!session.isAdmin) throw new Refusal('ADMINISTRATORS_ONLY');
      const { email, firstName, lastName, isAdmin, language } = bodyOf(Invitation, request);
      const { tenantId, contractId } = session;
      const from = await readMe(ctx, session);
      const seat = await createSeat(ctx, memberHooks, tenantId, {
        contractId,
        email: email.trim(),
        // Nobody knows it: the link chooses one.
        password: randomBytes(32).toString('base64url'),
        firstName: firstName.trim(),
        lastName: lastName.trim(),
        isAdmin,
      }).catch((error: unknown) => {
        if (error instanceof TenancyError) throw new Refusal('SEAT_TAKEN');
        throw error;
      });
      const invitation = inviteBy(links, {
        email: seat.email,
        seatId: seat.seatId,
        from: from.name,
        organisation: from.organisation,
        language,
      });
      await ctx.db.pipeline(tenantId, (tx) => invitation.statements(tx));
      outbox.signal();
      const isMailed = canMail(ctx);
      return answer(200, { isMailed, link: isMailed ? null : invitation.url } satisfies InvitationAnswer);
    }),
  ];
}
