import type { Context } from '../kernel/context.ts';
import type { Sender, StoredMail } from './mail.ts';

/** A mail in the built-in mailbox, come in or written there. */
export interface MailboxMessage {
  readonly messageNo: number;
  readonly address: string;
  readonly isOutgoing: boolean;
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly body: string;
  readonly messageId: string;
  readonly refersTo: string;
  readonly createdAt: number;
}

export interface MailboxAddress {
  readonly address: string;
  readonly messages: number;
  readonly newestAt: number;
}

/** The demo runs for months: the oldest mails go. */
const MOST_MESSAGES = 5_000;
const SHOWN = 200;

/** Instead of a mail server, where one plays the members. A mail that is sent twice is there once. */
export async function keepInMailbox(ctx: Context, mail: StoredMail, sender: Sender): Promise<void> {
  await store(ctx, {
    address: mail.to.toLowerCase(),
    isOutgoing: false,
    from: `${mail.fromName ?? sender.name} <${sender.address}>`,
    to: mail.to,
    replyTo: mail.replyTo ?? null,
    subject: mail.subject,
    body: mail.text,
    messageId: mail.messageId,
    refersTo: mail.inReplyTo ?? '',
  });
}

export async function keepAnswer(
  ctx: Context,
  answered: MailboxMessage,
  { body, messageId }: { readonly body: string; readonly messageId: string },
): Promise<void> {
  await store(ctx, {
    address: answered.address,
    isOutgoing: true,
    from: answered.address,
    to: answered.replyTo ?? answered.from,
    replyTo: null,
    subject: answered.subject.startsWith('Re: ') ? answered.subject : `Re: ${answered.subject}`,
    body,
    messageId,
    refersTo: answered.messageId,
  });
}

async function store(
  { db, clock }: Context,
  message: Omit<MailboxMessage, 'messageNo' | 'createdAt'>,
): Promise<void> {
  await db.pipeline(null, (tx) => [
    tx`
      insert into mailbox_message
        (address, is_outgoing, from_text, to_text, reply_to, subject, body, message_id, refers_to, created_at)
      values (${message.address}, ${message.isOutgoing}, ${message.from}, ${message.to}, ${message.replyTo}, ${message.subject},
        ${message.body}, ${message.messageId}, ${message.refersTo}, ${clock.now()})
      on conflict (address, message_id) do nothing`,
    tx`
      delete from mailbox_message where message_no <= (
        select message_no from mailbox_message order by message_no desc offset ${MOST_MESSAGES} limit 1
      )`,
  ]);
}

/** Those with the newest mail first. */
export async function listAddresses({ db }: Context): Promise<MailboxAddress[]> {
  const rows = await db.lookup<{ address: string; messages: number; newest_at: number }>`
    select address, count(*) as messages, max(created_at) as newest_at from mailbox_message
    group by address order by max(message_no) desc limit ${SHOWN}`;
  return rows.map(({ address, messages, newest_at }) => ({ address, messages, newestAt: newest_at }));
}

/** Newest first. */
export async function readMailbox({ db }: Context, address: string): Promise<MailboxMessage[]> {
  const rows = await db.lookup<{
    message_no: number;
    is_outgoing: boolean;
    from_text: string;
    to_text: string;
    reply_to: string | null;
    subject: string;
    body: string;
    message_id: string;
    refers_to: string;
    created_at: number;
  }>`select * from mailbox_message where address = ${address} order by message_no desc limit ${SHOWN}`;
  return rows.map((row) => ({
    messageNo: row.message_no,
    address,
    isOutgoing: row.is_outgoing,
    from: row.from_text,
    to: row.to_text,
    replyTo: row.reply_to,
    subject: row.subject,
    body: row.body,
    messageId: row.message_id,
    refersTo: row.refers_to,
    createdAt: row.created_at,
  }));
}
