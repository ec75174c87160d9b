import { escapeHtml } from '../kernel/escape-html.ts';
import type { HttpResponse } from '../kernel/http.ts';
import { plainPage } from '../kernel/plain-page.ts';
import type { MailboxAddress, MailboxMessage } from './mailbox.ts';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
const SKIP = 'Skip to the content';

export function mailboxesPage(addresses: readonly MailboxAddress[]): HttpResponse {
  const rows = addresses.map(
    ({ address, messages, newestAt }) => `<li>
<a href="${pathOf(address)}">${escapeHtml(address)}</a>
<span class="quiet">${messages === 1 ? '1 mail' : `${messages} mails`}, newest ${time(newestAt)}</span>
</li>`,
  );
  const list =
    rows.length === 0
      ? '<p class="card">No mail has been sent yet. Write to somebody in the app, or ask for a link to <a href="/member">a member’s own page</a>.</p>'
      : `<ul class="plain card">${rows.join('\n')}</ul>`;
  return plainPage(200, {
    language: 'en',
    title: 'Mailboxes',
    skip: SKIP,
    body: `<p class="quiet">Here no mail leaves this machine: it is put into these mailboxes, and you can play the people it was sent to.</p>${list}`,
  });
}

export function mailboxPage(
  address: string,
  messages: readonly MailboxMessage[],
  said: string,
): HttpResponse {
  const cards = messages.map((message, index) => messageCard(message, index === 0));
  return plainPage(200, {
    language: 'en',
    title: `Mail of ${address}`,
    skip: SKIP,
    header: '<p><a href="/mailbox">All mailboxes</a></p>',
    body: `${said === '' ? '' : `<p class="said good" role="status">${escapeHtml(said)}</p>`}
${cards.length === 0 ? '<p class="card">No mail yet.</p>' : cards.join('\n')}`,
  });
}

function messageCard(message: MailboxMessage, isNewest: boolean): string {
  const { messageNo, subject, from, to, body, createdAt, isOutgoing, replyTo, address } = message;
  const answer =
    isOutgoing || replyTo === null
      ? ''
      : `<details${isNewest ? ' open' : ''}><summary>Reply</summary>
<form method="post" action="${pathOf(address)}">
<input type="hidden" name="message" value="${messageNo}">
<label for="reply-${messageNo}">Your reply as ${escapeHtml(address)}</label>
<textarea id="reply-${messageNo}" name="text" required maxlength="20000"></textarea>
<p class="row"><button class="main">Send reply</button></p>
</form></details>`;
  return `<article class="card">
<h2>${escapeHtml(subject)}</h2>
<p class="quiet small">${isOutgoing ? `Sent to ${escapeHtml(shortened(to))}` : `From ${escapeHtml(from)}`} · ${time(createdAt)}</p>
<p class="text">${withLinks(body)}</p>
${answer}
</article>`;
}

/** Reply addresses hold a token of 45 letters. */
function shortened(address: string): string {
  return address.replace(/\+[a-z2-7]{45}@/, '+…@');
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => {
      const html = escapeHtml(part);
      return index % 2 === 1 ? `<a href="${html}" rel="noreferrer">${html}</a>` : html;
    })
    .join('');
}

function time(at: number): string {
  return `<time datetime="${new Date(at).toISOString()}">${DATE.format(at)}</time>`;
}

function pathOf(address: string): string {
  return escapeHtml(`/mailbox/${encodeURIComponent(address)}`);
}
