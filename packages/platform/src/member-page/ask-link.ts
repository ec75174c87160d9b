import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { escapeHtml } from '../kernel/escape-html.ts';
import type { HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { WorkHandler } from '../kernel/outbox.ts';
import { isOwnForm, readForm } from '../kernel/own-form.ts';
import { canMail, NO_ORGANISATION } from '../mail/index.ts';
import { membersByEmail } from '../members/index.ts';
import { type Frame, frameOf, html, page } from './frame.ts';
import { mailLink } from './mails.ts';
import { emailOf, isLanguage, type MemberPage } from './member-page.ts';

/** Work: somebody gave this address; those whose it is are mailed a link. */
export const LINK_LANE = 'member-link';
const Payload = Type.Object({ address: Type.String(), language: Type.String() });

export async function showAsk({ ctx }: MemberPage, request: HttpRequest): Promise<HttpResponse> {
  return askPage(ctx, frameOf(request), '');
}

/**
 * Answers the same, after the same work, whether or not the address is known: the look-up happens later, where nobody who asked can
 * measure it.
 */
export async function answerAsk(member: MemberPage, request: HttpRequest): Promise<HttpResponse> {
  const { ctx, outbox, throttles } = member;
  const frame = frameOf(request);
  const { ask, tooOften, foreignForm } = frame.words;
  const form = isOwnForm(request) ? readForm(request) : null;
  if (!form) return page(frame, 403, foreignForm.title, `<p>${html(foreignForm.text)}</p>`);
  const address = emailOf(form.get('email'));
  if (!address) return askPage(ctx, frame, ask.notAnAddress);
  if (throttles.client.attempt(request.address) > 0)
    return page(frame, 429, tooOften.title, `<p class="card">${html(tooOften.text)}</p>`);
  // The same answer for an address that was asked for too often: who asks need not be its owner.
  if (canMail(ctx) && throttles.address.attempt(address.toLowerCase()) === 0) {
    await ctx.db.pipeline(NO_ORGANISATION, (tx) => [
      outbox.append(tx, LINK_LANE, { address, language: frame.language }),
    ]);
    outbox.signal();
  }
  return page(frame, 200, ask.sentTitle, `<p class="card">${html(ask.sent)}</p>`);
}

export function mailLinks(member: MemberPage): WorkHandler {
  return async (tx, payload) => {
    if (!Value.Check(Payload, payload) || !isLanguage(payload.language))
      throw new Error('not a payload of this lane');
    const { address, language } = payload;
    const memberIds = await membersByEmail(tx, address);
    if (memberIds.length === 0) return;
    await tx.flight([...mailLink(member, tx, address, language, { kind: 'settings', memberIds })]);
    member.outbox.signal();
  };
}

function askPage(ctx: MemberPage['ctx'], frame: Frame, problem: string): HttpResponse {
  const { ask } = frame.words;
  const alert = problem === '' ? '' : `<p class="said bad" role="alert" id="problem">${html(problem)}</p>`;
  const body = canMail(ctx)
    ? `${alert}<form class="card" method="post" action="${escapeHtml(frame.url())}">
<p>${html(ask.intro)}</p>
<label for="email">${html(ask.email)}</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="320"${problem === '' ? '' : ' aria-invalid="true" aria-describedby="problem"'}>
<p class="row"><button class="main">${html(ask.send)}</button></p>
</form>`
    : `<p class="card">${html(ask.noMail)}</p>`;
  return page(frame, problem === '' ? 200 : 400, ask.title, body);
}
