import { createHash, randomBytes } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../kernel/context.ts';
import type { Outbox, WorkHandler } from '../kernel/outbox.ts';
import { hashPassword } from '../kernel/password.ts';
import type { Limit, Throttle } from '../kernel/throttle.ts';
import { canMail, NO_ORGANISATION, postMail } from '../mail/index.ts';
import { Refusal } from './refusal.ts';

const HOUR_MS = 3_600_000;
const LASTS_MS = { reset: HOUR_MS, invitation: 7 * 24 * HOUR_MS } as const;
type Purpose = keyof typeof LASTS_MS;
export const MOST_PASSWORD_CHARACTERS = 1024;
const LEAST_PASSWORD_CHARACTERS = 10;
/** By address and by client, whether or not there is such a seat. */
export const RESETS: Limit = { most: 5, windowMs: HOUR_MS };

/** Work: somebody gave this address; if it holds seats, a link is mailed there. */
export const PASSWORD_LANE = 'password-link';
const Payload = Type.Object({
  address: Type.String(),
  language: Type.Union([Type.Literal('en'), Type.Literal('de')]),
});

export interface PasswordLinks {
  readonly ctx: Context;
  readonly outbox: Outbox;
  /** Under which people reach this platform; never taken from a request. */
  readonly baseUrl: string;
}

/**
 * Answers the same, after the same work, whether or not the address is known: who it belongs to is looked up later, where nobody who
 * asked can measure it.
 */
export async function askReset(
  { ctx, outbox }: PasswordLinks,
  throttles: { readonly address: Throttle; readonly client: Throttle },
  {
    email,
    language,
    client,
  }: { readonly email: string; readonly language: 'en' | 'de'; readonly client: string },
): Promise<void> {
  const waitMs = throttles.client.attempt(client);
  if (waitMs > 0) throw new Refusal('TOO_MANY_ATTEMPTS', waitMs);
  const address = email.trim().toLowerCase();
  // The same answer for an address that was asked for too often: who asks need not be its owner.
  if (!canMail(ctx) || throttles.address.attempt(address) > 0) return;
  await ctx.db.pipeline(NO_ORGANISATION, (tx) => [outbox.append(tx, PASSWORD_LANE, { address, language })]);
  outbox.signal();
}

/** Mails the link to whom the address belongs; to nobody where it holds no seat that is switched on. */
export function mailResets(links: PasswordLinks): WorkHandler {
  const { ctx, outbox } = links;
  return async (tx, payload) => {
    if (!Value.Check(Payload, payload)) throw new Error('not a payload of this lane');
    const { address, language } = payload;
    const seats = await tx<{ seat_id: number; is_active: boolean }>`
      select seat_id, is_active from seats_by_email(${address})`;
    const seatIds = seats.filter((seat) => seat.is_active).map((seat) => seat.seat_id);
    if (seatIds.length === 0) return;
    const words = MAILS[language].reset;
    const link = issue(links, { email: address, seatIds, purpose: 'reset' });
    await tx.flight([
      link.statement(tx),
      postMail(ctx, outbox, tx, {
        to: address,
        subject: words.subject,
        text: words.text(link.url),
        isAutomatic: true,
      }),
    ]);
    outbox.signal();
  };
}

/** A link for whoever was given a seat; who sent it is named. */
export function inviteBy(
  links: PasswordLinks,
  {
    email,
    seatId,
    from,
    organisation,
    language,
  }: {
    readonly email: string;
    readonly seatId: number;
    readonly from: string;
    readonly organisation: string;
    readonly language: 'en' | 'de';
  },
) {
  const { ctx, outbox } = links;
  const words = MAILS[language].invitation;
  const link = issue(links, { email, seatIds: [seatId], purpose: 'invitation' });
  return {
    url: link.url,
    statements: (tx: Parameters<typeof link.statement>[0]) => [
      link.statement(tx),
      ...(canMail(ctx)
        ? [
            postMail(ctx, outbox, tx, {
              to: email,
              subject: words.subject(organisation),
              text: words.text(from, organisation, link.url),
              isAutomatic: true,
            }),
          ]
        : []),
    ],
  };
}

function issue(
  { ctx, baseUrl }: PasswordLinks,
  {
    email,
    seatIds,
    purpose,
  }: { readonly email: string; readonly seatIds: readonly number[]; readonly purpose: Purpose },
) {
  const token = randomBytes(32).toString('base64url');
  const at = ctx.clock.now();
  return {
    // Behind the #: it reaches no server, and so no log.
    url: `${baseUrl}/password#${token}`,
    statement: (tx: Parameters<Outbox['append']>[0]) => tx`
      select issue_password_link(${sha256(token)}, ${email}, ${seatIds}::bigint[], ${purpose}, ${at}, ${at + LASTS_MS[purpose]})`,
  };
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Takes the link's place: the password holds for all its seats, and nobody stays signed in. @throws Refusal PASSWORD_TOO_SHORT, LINK_SPENT */
export async function choosePassword({ ctx }: PasswordLinks, token: string, password: string): Promise<void> {
  if (password.length < LEAST_PASSWORD_CHARACTERS) throw new Refusal('PASSWORD_TOO_SHORT');
  if (!TOKEN.test(token)) throw new Refusal('LINK_SPENT');
  const hash = await hashPassword(password);
  const [row] = await ctx.db.lookup<{ email: string | null }>`
    select spend_password_link(${sha256(token)}, ${hash}, ${ctx.clock.now()}) as email`;
  if (typeof row?.email !== 'string') throw new Refusal('LINK_SPENT');
}

const sha256 = (token: string): Buffer => createHash('sha256').update(token).digest();

const MAILS = {
  en: {
    reset: {
      subject: 'Choose a new password',
      text: (url: string) =>
        `Somebody, probably you, asked for a new password. Choose one here within an hour:\n\n${url}\n\nIf it was not you, do nothing: the old password stays.\n`,
    },
    invitation: {
      subject: (organisation: string) => `Your seat at ${organisation}`,
      text: (from: string, organisation: string, url: string) =>
        `${from} gave you a seat at ${organisation}. Choose your password within seven days, then sign in:\n\n${url}\n`,
    },
  },
  de: {
    reset: {
      subject: 'Neues Passwort wählen',
      text: (url: string) =>
        `Jemand, vermutlich Sie selbst, hat ein neues Passwort angefordert. Wählen Sie es hier innerhalb einer Stunde:\n\n${url}\n\nWaren Sie es nicht, tun Sie nichts: Das alte Passwort gilt weiter.\n`,
    },
    invitation: {
      subject: (organisation: string) => `Ihr Platz bei ${organisation}`,
      text: (from: string, organisation: string, url: string) =>
        `${from} hat Ihnen einen Platz bei ${organisation} gegeben. Wählen Sie innerhalb von sieben Tagen Ihr Passwort und melden Sie sich dann an:\n\n${url}\n`,
    },
  },
} as const;
