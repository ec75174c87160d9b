import { randomUUID } from 'node:crypto';
import { CONSENT_TEXTS } from '../consent/index.ts';
import { escapeHtml } from '../kernel/escape-html.ts';
import type { HttpResponse } from '../kernel/http.ts';
import { type Frame, html, page } from './frame.ts';
import { MEMBER_PATH } from './mails.ts';
import type { Conversation } from './member-page.ts';
import type { Question } from './reply.ts';
import { fill, type SaidCode } from './words.ts';

export function replyPage(
  frame: Frame,
  conversation: Conversation,
  { said, text = '' }: { readonly said: SaidCode | null; readonly text?: string },
): HttpResponse {
  const { words } = frame;
  const { recruiter, organisation, messages } = conversation;
  const cards = messages.map(
    ({ isFromMember, author, subject, text: body, at }) => `<article class="card">
${subject === null ? '' : `<h2>${escapeHtml(subject)}</h2>`}
<p class="quiet small">${html(words.reply.from, { name: isFromMember ? words.reply.you : author, date: frame.date(at) })}</p>
<p class="text">${escapeHtml(body)}</p></article>`,
  );
  const own = `<p class="small"><a href="${escapeHtml(`${MEMBER_PATH}?lang=${frame.language}`)}">${html(words.reply.aboutOwn)}</a></p>`;
  const status = said === 'too-often' ? 429 : said === 'empty' || said === 'is-closed' ? 400 : 200;
  return page(
    frame,
    status,
    fill(words.reply.title, { recruiter, organisation }),
    `${cards.join('\n')}\n${answerForm(frame, conversation, text)}\n${own}`,
    { said },
  );
}

function answerForm(frame: Frame, { state, organisation }: Conversation, text: string): string {
  const { reply: words } = frame.words;
  if (state === 'declined') return `<p class="card">${html(words.declinedState, { organisation })}</p>`;
  if (state === 'closed') return `<p class="card">${html(words.closed)}</p>`;
  return `<form class="card" method="post" action="${escapeHtml(frame.url())}">
<input type="hidden" name="step" value="reply"><input type="hidden" name="key" value="${randomUUID()}">
<h2>${html(words.quick)}</h2>
<p class="row equal"><button name="kind" value="interested" formnovalidate>${html(words.interested)}</button><button name="kind" value="declined" formnovalidate>${html(words.declined)}</button></p>
<h2>${html(words.orWrite)}</h2>
<label for="text">${html(words.text)}</label>
<textarea id="text" name="text" required maxlength="20000">${escapeHtml(text)}</textarea>
<p class="row"><button class="main" name="kind" value="text">${html(words.send)}</button></p>
</form>`;
}

/** "Share your contact info?": two buttons alike, neither chosen before. */
export function questionPage(
  frame: Frame,
  { recruiter, organisation }: Conversation,
  { name, headline, emails, phone }: Question,
  {
    said,
    given,
  }: { readonly said: SaidCode | null; readonly given?: { readonly email: string; readonly phone: string } },
): HttpResponse {
  const text = CONSENT_TEXTS[frame.language];
  const others =
    emails.length < 2 ? '' : emails.map((email) => `<option value="${escapeHtml(email)}">`).join('');
  const body = `<form class="card question" method="post" action="${escapeHtml(frame.url())}">
<input type="hidden" name="step" value="share">
<p><strong>${escapeHtml(name)}</strong>${headline === null ? '' : `<br><span class="quiet">${escapeHtml(headline)}</span>`}</p>
<p>${html(text.question, { recruiter, organisation })}</p>
<label for="email">${html(text.email)}</label>
<input id="email" name="email" type="email" autocomplete="email" maxlength="320" value="${escapeHtml(given?.email ?? emails[0] ?? '')}"${others === '' ? '' : ' list="addresses"'}>
${others === '' ? '' : `<datalist id="addresses">${others}</datalist>`}
<label for="phone">${html(text.phone)} <span class="quiet">(${html(text.phoneMayBeEmpty)})</span></label>
<input id="phone" name="phone" type="tel" autocomplete="tel" maxlength="40" value="${escapeHtml(given?.phone ?? phone)}">
<p>${html(text.onlyThisCompany, { organisation })}</p>
<p class="row equal"><button name="answer" value="no" formnovalidate>${html(text.no)}</button><button name="answer" value="yes">${html(text.yes)}</button></p>
<p class="small"><a href="${escapeHtml(frame.url({ step: 'about' }))}">${html(text.whatIsShared)}</a></p>
</form>`;
  return page(frame, said === 'bad-email' || said === 'bad-phone' ? 400 : 200, text.title, body, { said });
}

/** What is shared and how to withdraw; behind the question, and by itself. */
export function aboutPage(frame: Frame, organisation: string, backUrl: string): HttpResponse {
  const text = CONSENT_TEXTS[frame.language];
  const paragraphs = text.explanation.map((paragraph) => `<p>${html(paragraph, { organisation })}</p>`);
  return page(
    frame,
    200,
    text.whatIsShared,
    `<div class="card">${paragraphs.join('')}</div><p><a href="${escapeHtml(backUrl)}">${html(frame.words.back)}</a></p>`,
  );
}
