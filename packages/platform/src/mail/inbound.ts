import { createHash, timingSafeEqual } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { textOfHtml } from './html-text.ts';
import { ReplyAddresses } from './reply-address.ts';
import { replyTextOf } from './reply-text.ts';

/** An answer that came by ordinary mail. */
export interface InboundReply {
  /** The reply link whose address it was sent to. */
  readonly linkId: string;
  readonly text: string;
  /** The same for the same mail, however often it comes. */
  readonly key: string;
  /** In lower case; whoever knows the address may answer, so this decides nothing. */
  readonly from: string;
}

/** What became of a mail that came in; `ignored`: there is nothing in it for anybody here. */
export type InboundOutcome = 'taken' | 'ignored';

export type InboundHandler = (reply: InboundReply) => Promise<InboundOutcome>;

/** What the built-in mailbox and the webhook hand raw messages to. */
export interface Inbound {
  /** @param recipient the envelope's, where it is known: a mail may name it nowhere */
  take(raw: Buffer, recipient?: string): Promise<InboundOutcome>;
}

const PATH = '/mail/inbound';
/** Where the built-in mailbox's answers go; a name that no mail can reach (RFC 2606). */
const MAILBOX_ADDRESS = 'replies@mailbox.invalid';

/** Null: no mail comes in, and mails carry no address for answers. */
export function replyAddressesOf({ config, keys }: Pick<Context, 'config' | 'keys'>): ReplyAddresses | null {
  const address = config.replyAddress ?? (config.mailbox ? MAILBOX_ADDRESS : null);
  return address === null ? null : new ReplyAddresses(keys.memberLink, address);
}

export function openInbound(ctx: Context, handler: InboundHandler): Inbound {
  const addresses = replyAddressesOf(ctx);
  return {
    async take(raw, recipient) {
      const mail = await read(raw);
      if (!mail || !addresses || isAutomatic(mail)) return 'ignored';
      const linkId = addresses.linkIdIn([
        ...(recipient === undefined ? [] : [recipient]),
        ...recipientsOf(mail),
      ]);
      if (linkId === null) return 'ignored';
      const text = replyTextOf(mail.text ?? textOfHtml(mail.html ?? ''));
      if (text === '') return 'ignored';
      const from = mail.from?.address?.toLowerCase() ?? '';
      return handler({ linkId, text, key: keyOf(mail, raw), from });
    },
  };
}

/**
 * Mail comes in by this address, not by a mail server of ours: the operator's has the MX record, the spam filter and the certificates
 * already, and hands on what it accepted (a pipe with curl, or a mail service's webhook for raw messages).
 */
export function inboundRoutes({ config }: Pick<Context, 'config'>, inbound: Inbound): Route[] {
  const { inboundMailSecret: secret } = config;
  if (secret === null) return [];
  return [{ method: 'POST', path: PATH, handler: (request) => answer(secret, inbound, request) }];
}

async function answer(secret: string, inbound: Inbound, request: HttpRequest): Promise<HttpResponse> {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (!isSecret(request.headers.authorization ?? '', secret))
    return { status: 401, headers, body: JSON.stringify({ outcome: 'refused' }) };
  const recipient = new URLSearchParams(request.rawQuery).get('recipient') ?? undefined;
  const outcome = await inbound.take(request.body, recipient);
  return { status: 200, headers, body: JSON.stringify({ outcome }) };
}

/** Compared as hashes: equally long, so that time tells nothing. */
function isSecret(authorization: string, secret: string): boolean {
  const sha = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(sha(authorization), sha(`Bearer ${secret}`));
}

async function read(raw: Buffer): Promise<Email | null> {
  try {
    return await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 });
  } catch {
    return null; // no message, or one that was made to be hard to read
  }
}

/** Answering machines, newsletters and delivery reports are nobody's answer. */
function isAutomatic({ headers }: Email): boolean {
  return headers.some(({ key, value }) => {
    const said = value.trim().toLowerCase();
    switch (key) {
      case 'return-path':
        return said === '<>';
      case 'auto-submitted':
        return said !== 'no';
      case 'precedence':
        return ['bulk', 'junk', 'list', 'auto_reply'].includes(said);
      case 'x-autoreply':
      case 'x-autorespond':
      case 'list-id':
        return true;
      case 'content-type':
        return said.startsWith('multipart/report');
      default:
        return false;
    }
  });
}

/** Where it was sent, and, for programs that answer to the sender, the mails it answers. */
function recipientsOf({ to, cc, deliveredTo, headers, inReplyTo, references }: Email): string[] {
  const flat = [...(to ?? []), ...(cc ?? [])].flatMap(({ address, group }) =>
    address === undefined ? (group ?? []).map((one) => one.address) : [address],
  );
  const envelope = headers
    .filter(({ key }) => ['x-original-to', 'envelope-to', 'x-envelope-to'].includes(key))
    .map(({ value }) => value);
  return [...flat, deliveredTo ?? '', ...envelope, inReplyTo ?? '', references ?? ''];
}

function keyOf({ messageId }: Email, raw: Buffer): string {
  return createHash('sha256')
    .update(messageId ?? raw)
    .digest('base64url');
}
