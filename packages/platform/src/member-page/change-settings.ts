import { type Language, withdrawConsent } from '../consent/index.ts';
import { eraseMember } from '../erasure/index.ts';
import { canMail, NO_ORGANISATION } from '../mail/index.ts';
import { changeMember, type MemberSwitch, type OwnChange, readMembers, sameEmail } from '../members/index.ts';
import { type MemberLink, revokeLinks } from './links.ts';
import { mailLink } from './mails.ts';
import { emailOf, type MemberPage } from './member-page.ts';
import { readSettings } from './read-settings.ts';
import type { SaidCode } from './words.ts';

/** What a form of the settings page came to: something to say on the page again, or the end of the page. */
export type SettingsOutcome =
  | { readonly said: SaidCode }
  | { readonly end: 'erased' | 'links-ended' }
  /** Not a form of ours, or for something that is not there. */
  | { readonly end: 'unreadable' };

const SWITCHES: readonly MemberSwitch[] = ['sharing', 'found-by-email', 'found-by-phone', 'account'];

/** Everything a member can do on the settings page, by the form's `step`. */
export async function changeSettings(
  page: MemberPage,
  { memberId }: MemberLink,
  form: URLSearchParams,
  language: Language,
): Promise<SettingsOutcome> {
  switch (form.get('step')) {
    case 'switch':
      return turn(page, memberId, form);
    case 'add-email':
      return addEmail(page, memberId, form.get('email'), language);
    case 'remove-email':
      return removeEmail(page, memberId, form.get('email') ?? '', language);
    case 'withdraw':
      return withdraw(page, memberId, Number(form.get('organisation')));
    case 'end-links':
      await page.ctx.db.pipeline(null, (tx) => [revokeLinks(tx, memberId, page.ctx.clock.now())]);
      return { end: 'links-ended' };
    case 'erase':
      return form.get('sure') === 'yes' ? erase(page, memberId) : { said: 'not-sure' };
    default:
      return { end: 'unreadable' };
  }
}

/** In a transaction of its own, as every write of members; hooks react in it. */
async function change(page: MemberPage, memberId: number, what: OwnChange): Promise<boolean> {
  const { ctx, memberHooks, outbox } = page;
  const isChanged = await ctx.db.transaction(null, (tx) =>
    changeMember(ctx, tx, memberHooks, memberId, what),
  );
  outbox.signal();
  return isChanged;
}

async function turn(page: MemberPage, memberId: number, form: URLSearchParams): Promise<SettingsOutcome> {
  const name = SWITCHES.find((known) => known === form.get('name'));
  const to = form.get('to');
  if (!name || (to !== 'on' && to !== 'off')) return { end: 'unreadable' };
  if (name === 'account' && (await hasSeat(page, memberId))) return { end: 'unreadable' };
  await change(page, memberId, { kind: 'switch', name, isOn: to === 'on' });
  return { said: 'saved' };
}

async function addEmail(
  page: MemberPage,
  memberId: number,
  given: string | null,
  language: Language,
): Promise<SettingsOutcome> {
  const { ctx, throttles, outbox } = page;
  const email = emailOf(given);
  if (!email) return { said: 'bad-email' };
  if (!canMail(ctx)) return { said: 'no-mail' };
  if ((await emailsOf(page, memberId)).some((known) => sameEmail(known) === sameEmail(email)))
    return { said: 'known-email' };
  if (throttles.member.attempt(String(memberId)) > 0 || throttles.address.attempt(sameEmail(email)) > 0)
    return { said: 'too-often' };
  await ctx.db.transaction(NO_ORGANISATION, async (tx) =>
    tx.commitWith([...mailLink(page, tx, email, language, { kind: 'confirm-email', memberId })]),
  );
  outbox.signal();
  return { said: 'mail-sent' };
}

/** The address is the member's from now on, and the first of the others is told. @returns false where the link is not for it */
export async function confirmEmail(page: MemberPage, link: MemberLink, language: Language): Promise<boolean> {
  const { email } = link.subject;
  if (typeof email !== 'string') return false;
  const { memberId, linkId } = link;
  const before = await emailsOf(page, memberId);
  const { ctx } = page;
  await ctx.db.pipeline(null, (tx) => [revokeLinks(tx, memberId, ctx.clock.now(), { linkId })]);
  if (await change(page, memberId, { kind: 'confirm-email', email }))
    await tell(page, memberId, before[0], 'added', email, language);
  return true;
}

async function removeEmail(
  page: MemberPage,
  memberId: number,
  email: string,
  language: Language,
): Promise<SettingsOutcome> {
  const before = await emailsOf(page, memberId);
  const isKnown = before.some((known) => sameEmail(known) === sameEmail(email));
  if (!isKnown) return { said: 'removed' };
  const others = before.filter((known) => sameEmail(known) !== sameEmail(email));
  if (others.length === 0) return { said: 'last-email' };
  const { ctx } = page;
  await change(page, memberId, { kind: 'remove-email', email });
  // A link that lies in that mailbox opens nothing any more.
  await ctx.db.pipeline(null, (tx) => [revokeLinks(tx, memberId, ctx.clock.now(), { address: email })]);
  await tell(page, memberId, others[0], 'removed', email, language);
  return { said: 'removed' };
}

async function tell(
  page: MemberPage,
  memberId: number,
  to: string | undefined,
  kind: 'added' | 'removed',
  email: string,
  language: Language,
): Promise<void> {
  if (to === undefined || !canMail(page.ctx)) return;
  await page.ctx.db.transaction(NO_ORGANISATION, async (tx) =>
    tx.commitWith([...mailLink(page, tx, to, language, { kind, memberId, email })]),
  );
  page.outbox.signal();
}

async function withdraw(page: MemberPage, memberId: number, tenantId: number): Promise<SettingsOutcome> {
  if (!Number.isSafeInteger(tenantId) || tenantId <= 0) return { end: 'unreadable' };
  const { ctx, consentHooks, outbox } = page;
  await ctx.db.transaction(tenantId, (tx) =>
    withdrawConsent(tx, consentHooks, { tenantId, memberId }, ctx.clock.now()),
  );
  outbox.signal();
  return { said: 'stopped' };
}

/** Everything about the member goes, and whoever was given contact data is told; links end with it. What is left in logs follows. */
async function erase(page: MemberPage, memberId: number): Promise<SettingsOutcome> {
  if (await hasSeat(page, memberId)) return { end: 'unreadable' };
  const { ctx, conversations, outbox } = page;
  await page.orderErasure?.(memberId);
  await eraseMember(ctx, page, memberId);
  await conversations?.forget(memberId);
  outbox.signal();
  return { end: 'erased' };
}

async function emailsOf({ ctx }: MemberPage, memberId: number): Promise<readonly string[]> {
  const members = await ctx.db.read(null, (tx) => readMembers(tx, [memberId]));
  return members.get(memberId)?.emails ?? [];
}

async function hasSeat(page: MemberPage, memberId: number): Promise<boolean> {
  return ((await readSettings(page, memberId))?.seats.length ?? 0) > 0;
}
