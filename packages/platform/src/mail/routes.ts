import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { isOwnForm, readForm } from '../kernel/own-form.ts';
import { plainPage, seeOther } from '../kernel/plain-page.ts';
import { type Inbound, inboundRoutes } from './inbound.ts';
import { keepAnswer, listAddresses, type MailboxMessage, readMailbox } from './mailbox.ts';
import { mailboxesPage, mailboxPage } from './mailbox-page.ts';

const MAILBOX = '/mailbox';
const PREFIX = `${MAILBOX}/`;

/** Where mail comes in; and, in demo and sandbox, the mailboxes in which one plays the members. */
export function mailRoutes(ctx: Context, inbound: Inbound): Route[] {
  const routes = inboundRoutes(ctx, inbound);
  if (!ctx.config.mailbox) return routes;
  return [
    ...routes,
    { method: 'GET', path: MAILBOX, handler: async () => mailboxesPage(await listAddresses(ctx)) },
    { method: 'GET', path: `${PREFIX}*`, handler: (request) => show(ctx, request) },
    { method: 'POST', path: `${PREFIX}*`, handler: (request) => reply(ctx, inbound, request) },
  ];
}

const SAID: Readonly<Record<string, string>> = {
  taken: 'Your reply was sent.',
  ignored: 'Your reply was sent, but nobody here can read it: it was too late, or there was nothing in it.',
};

async function show(ctx: Context, request: HttpRequest): Promise<HttpResponse> {
  const address = addressOf(request.path);
  const said = SAID[new URLSearchParams(request.rawQuery).get('reply') ?? ''] ?? '';
  return mailboxPage(address, await readMailbox(ctx, address), said);
}

async function reply(ctx: Context, inbound: Inbound, request: HttpRequest): Promise<HttpResponse> {
  const address = addressOf(request.path);
  const form = isOwnForm(request) ? readForm(request) : null;
  const messages = await readMailbox(ctx, address);
  const answered = messages.find(({ messageNo }) => String(messageNo) === form?.get('message'));
  const body = form?.get('text') ?? '';
  if (!answered?.replyTo || body.trim() === '')
    return plainPage(400, {
      language: 'en',
      title: 'This reply cannot be sent',
      skip: 'Skip to the content',
      body: `<p><a href="${MAILBOX}">All mailboxes</a></p>`,
    });
  const messageId = `<${randomUUID()}@mailbox.invalid>`;
  await keepAnswer(ctx, answered, { body, messageId });
  const outcome = await inbound.take(await asMailProgram(answered, body, messageId));
  return seeOther(`${PREFIX}${encodeURIComponent(address)}?reply=${outcome}`);
}

/** The bytes that a mail program would have sent: what comes in from here takes the way of every mail. */
async function asMailProgram(answered: MailboxMessage, body: string, messageId: string): Promise<Buffer> {
  const quoted = answered.body.replaceAll(/^/gm, '> ');
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: { name: '', address: answered.address },
    to: { name: '', address: answered.replyTo ?? '' },
    subject: `Re: ${answered.subject}`,
    messageId,
    inReplyTo: answered.messageId,
    references: `${answered.refersTo} ${answered.messageId}`.trim(),
    text: `${body}\n\nOn 1 January 2000 ${answered.from} wrote:\n${quoted}\n`,
  });
  if (!Buffer.isBuffer(message)) throw new Error('a mail was not written into memory');
  return message;
}

function addressOf(path: string): string {
  try {
    return decodeURIComponent(path.slice(PREFIX.length)).toLowerCase();
  } catch {
    return '';
  }
}
