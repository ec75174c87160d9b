import { randomUUID } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';

export const MAIL_LANE = 'mail';
/** Whose mail it is that no organisation sends: no organisation has this number. */
export const NO_ORGANISATION = 0;

/** What is to be sent: text only, so nothing in it can look or load. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The name before the deployment's own address: "Rita Żak (Acme)". */
  readonly fromName?: string;
  readonly replyTo?: string;
  /** In angle brackets. Without one it is made up; the same for every attempt, so that a receiver knows a mail it got twice. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  /** A mail that nobody wrote: no answering machine should answer it. */
  readonly isAutomatic?: boolean;
}

const optional = Type.Optional(Type.String());
const StoredMail = Type.Object({
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  messageId: Type.String(),
  fromName: optional,
  replyTo: optional,
  inReplyTo: optional,
  isAutomatic: Type.Optional(Type.Boolean()),
});

/** A mail as it waits in the outbox. It is deleted once it was sent. */
export type StoredMail = Mail & { readonly messageId: string };

export function storedMailOf(payload: unknown): StoredMail {
  if (!Value.Check(StoredMail, payload)) throw new Error('not a payload of this lane');
  return payload;
}

/** A statement for the transaction that causes the mail: it is sent if and only if that commits. Call `outbox.signal()` afterwards. */
export function postMail({ config }: Pick<Context, 'config'>, outbox: Outbox, tx: Tx, mail: Mail): Statement {
  const messageId = mail.messageId ?? `<${randomUUID()}@${domainOf(senderOf(config).address)}>`;
  return outbox.append(tx, MAIL_LANE, { ...mail, messageId } satisfies StoredMail);
}

/** Whether mails go anywhere. */
export function canMail({ config }: Pick<Context, 'config'>): boolean {
  return config.smtpUrl !== null || config.mailbox;
}

export interface Sender {
  readonly name: string;
  readonly address: string;
}

const SENDER = /^(?:(.*\S)\s*<([^<>\s]+@[^<>\s]+)>|([^<>\s]+@[^<>\s]+))$/;

/** "Carrick <no-reply@example.com>" or an address alone. */
export function senderOf({ mailFrom }: Pick<Context['config'], 'mailFrom'>): Sender {
  const [, name = '', address = '', bare = ''] = SENDER.exec(mailFrom) ?? [];
  return { name: name.replace(/^"(.*)"$/, '$1'), address: address || bare };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
