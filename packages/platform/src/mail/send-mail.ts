import { createTransport } from 'nodemailer';
import type { Context } from '../kernel/context.ts';
import { type Errands, openErrands, type Verdict } from '../kernel/errands.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { MAIL_LANE, type Sender, type StoredMail, senderOf, storedMailOf } from './mail.ts';
import { keepInMailbox } from './mailbox.ts';

const MINUTE_MS = 60_000;
/** About two days; a mail about a link is worth nothing later. */
const PAUSES_MS = [1, 5, 15, 60, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE_MS);
const LEASE_MS = 5 * MINUTE_MS;
const AT_ONCE = 5;
/** Of each step of a conversation with the mail server. */
const STEP_MS = 30_000;
/** Of one mail in all: a server that says a little now and then never runs into a step's time. */
const MAIL_MS = 120_000;
/** At the end mails under way are given this long; what was cut is sent again when its lease is over. */
const LAST_MAILS_MS = 2_000;

/** Puts one mail where it goes. @throws Error of the transport */
type Transport = {
  readonly send: (mail: StoredMail, sender: Sender) => Promise<void>;
  /** `isForced`: connections that are in the middle of a mail too. */
  readonly close: (isForced: boolean) => void;
};

/** Takes mails from the outbox and sends them: to the mail server, else into the built-in mailbox. */
export function openMailSender(ctx: Context, outbox: Outbox): Errands {
  const sender = senderOf(ctx.config);
  const transport = transportOf(ctx);
  const errands = openErrands(ctx, outbox, {
    lane: MAIL_LANE,
    atOnce: AT_ONCE,
    leaseMs: LEASE_MS,
    pausesMs: PAUSES_MS,
    async run({ payload }) {
      const mail = storedMailOf(payload);
      if (!transport) return { outcome: 'later', reason: 'no mail server is configured' };
      try {
        await transport.send(mail, sender);
        return { outcome: 'done' };
      } catch (error) {
        return verdictOn(error);
      }
    },
  });
  return {
    ...errands,
    async stop() {
      const stopped = errands.stop();
      transport?.close(false);
      const cut = setTimeout(() => transport?.close(true), LAST_MAILS_MS);
      await stopped;
      clearTimeout(cut);
    },
  };
}

function transportOf(ctx: Context): Transport | null {
  const { smtpUrl, mailbox } = ctx.config;
  if (smtpUrl !== null) return smtpTransport(smtpUrl);
  if (mailbox) return { send: (mail, sender) => keepInMailbox(ctx, mail, sender), close() {} };
  ctx.log.warn('no mail is sent: CARRICK_SMTP_URL is not set');
  return null;
}

function smtpTransport(url: string): Transport {
  const transporter = createTransport({
    url,
    pool: true,
    maxConnections: AT_ONCE,
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail, sender) {
      await transporter.sendMail({
        from: { name: mail.fromName ?? sender.name, address: sender.address },
        // As an object: text would be read as a list, and a comma in it as a second receiver.
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        messageId: mail.messageId,
        signal: AbortSignal.timeout(MAIL_MS),
        ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
        ...(mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo }),
        ...(mail.isAutomatic ? { headers: { 'auto-submitted': 'auto-generated' } } : {}),
      });
    },
    close: (isForced) => transporter.close({ force: isForced }),
  };
}

/**
 * What the server says for good is not tried again. Its words may quote the address, so only codes are kept. A server that does not
 * know us, or refuses all mail for now, may be set right: that comes back.
 */
function verdictOn(error: unknown): Verdict {
  const { responseCode, code } = (error ?? {}) as { responseCode?: unknown; code?: unknown }; // whatever was thrown
  const status = typeof responseCode === 'number' ? responseCode : 0;
  const reason = `SMTP ${status === 0 ? '' : status} ${typeof code === 'string' ? code : ''}`.trim();
  const isForGood = status >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return { outcome: isForGood ? 'never' : 'later', reason };
}
