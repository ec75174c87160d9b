import type { Language } from '../consent/index.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import { postMail, REPLY_MARK } from '../mail/index.ts';
import { createLink, LINK_MS, type LinkPurpose } from './links.ts';
import type { MemberPage } from './member-page.ts';
import { fill } from './words.ts';
import { WORDS } from './words-by-language.ts';

export const MEMBER_PATH = '/member';
const PATHS: Readonly<Record<LinkPurpose, string>> = {
  settings: `${MEMBER_PATH}/settings/`,
  'confirm-email': `${MEMBER_PATH}/confirm/`,
  reply: `${MEMBER_PATH}/reply/`,
};

export { PATHS as LINK_PATHS };

/** A mail about the member's own page; none of them says whose profile it is, for anybody may have typed the address. */
type PageMail =
  | { readonly kind: 'settings'; readonly memberIds: readonly number[] }
  | { readonly kind: 'confirm-email'; readonly memberId: number }
  | { readonly kind: 'added' | 'removed'; readonly memberId: number; readonly email: string };

/** Statements for a transaction of no organisation. */
export function mailLink(
  page: MemberPage,
  tx: Tx,
  to: string,
  language: Language,
  mail: PageMail,
): readonly Statement[] {
  const words = WORDS[language].mail;
  const link = (memberId: number, purpose: LinkPurpose, subject = {}) => {
    const { token, stored } = createLink(page.ctx, tx, { memberId, purpose, subject, address: to });
    return { url: `${page.baseUrl}${PATHS[purpose]}${token}?lang=${language}`, stored };
  };
  const post = (subject: string, lines: readonly string[]) =>
    postMail(page.ctx, page.outbox, tx, { to, subject, text: `${lines.join('\n\n')}\n`, isAutomatic: true });
  const ends = fill(words.linkEnds, { date: dateOf(page, language) });
  switch (mail.kind) {
    case 'settings': {
      const links = mail.memberIds.map((memberId) => link(memberId, 'settings'));
      const urls = links.map(({ url }) => url);
      return [
        ...links.map(({ stored }) => stored),
        post(words.linkSubject, [words.link, ...urls, ends, words.notAsked]),
      ];
    }
    case 'confirm-email': {
      const { url, stored } = link(mail.memberId, 'confirm-email', { email: to });
      return [stored, post(words.confirmSubject, [words.confirm, url, ends, words.notAsked])];
    }
    case 'added':
    case 'removed': {
      const { url, stored } = link(mail.memberId, 'settings');
      const [subject, text] =
        mail.kind === 'added' ? [words.addedSubject, words.added] : [words.removedSubject, words.removed];
      return [stored, post(subject, [fill(text, { email: mail.email }), url, ends])];
    }
  }
}

export interface InvitationMail {
  readonly memberId: number;
  readonly conversationId: string;
  /** Of the message, to tell the mails of one conversation apart; as often as it is sent it is the same mail. */
  readonly messageId: string;
  readonly recruiter: string;
  readonly organisation: string;
  readonly subject: string;
  readonly text: string;
}

/** A recruiter's message as a mail that can be answered; for the organisation's transaction. */
export function mailInvitation(
  page: MemberPage,
  tx: Tx,
  to: string,
  language: Language,
  mail: InvitationMail,
): readonly Statement[] {
  const { recruiter, organisation } = mail;
  const words = WORDS[language].mail;
  const own = `${page.baseUrl}${MEMBER_PATH}`;
  const { lines, stored, headers } = replyPart(page, tx, to, language, mail, '');
  return [
    stored,
    postMail(page.ctx, page.outbox, tx, {
      to,
      fromName: `${recruiter} (${organisation})`,
      subject: fill(words.inviteSubject, { subject: mail.subject }),
      text: `${[
        ...lines,
        fill(words.inviteFrom, { recruiter, organisation }),
        mail.text,
        fill(words.inviteFooter, { organisation, url: own }),
      ].join('\n\n')}\n`,
      ...headers,
    }),
  ];
}

/** The question that a page puts under the reply, for a reply that came by mail. */
export function mailQuestion(
  page: MemberPage,
  tx: Tx,
  to: string,
  language: Language,
  mail: Omit<InvitationMail, 'subject' | 'text'>,
): readonly Statement[] {
  const { recruiter, organisation } = mail;
  const words = WORDS[language].mail;
  const { url, stored } = replyPart(page, tx, to, language, mail, '&step=share');
  return [
    stored,
    postMail(page.ctx, page.outbox, tx, {
      to,
      subject: fill(words.shareSubject, { organisation }),
      text: `${[fill(words.share, { recruiter, organisation }), url].join('\n\n')}\n`,
      isAutomatic: true,
    }),
  ];
}

function replyPart(
  page: MemberPage,
  tx: Tx,
  to: string,
  language: Language,
  { memberId, conversationId, messageId }: Pick<InvitationMail, 'memberId' | 'conversationId' | 'messageId'>,
  query: string,
) {
  if (tx.tenantId === null) throw new Error('a conversation belongs to an organisation');
  const subject = { tenantId: tx.tenantId, conversationId };
  const { linkId, token, stored } = createLink(page.ctx, tx, {
    memberId,
    purpose: 'reply',
    subject,
    address: to,
  });
  const url = `${page.baseUrl}${PATHS.reply}${token}?lang=${language}${query}`;
  const words = WORDS[language].mail;
  const addresses = page.replyAddresses;
  return {
    url,
    stored,
    lines: addresses
      ? [`${REPLY_MARK}\n${words.inviteReplyAbove}\n${url}`]
      : [`${words.inviteReplyPage}\n${url}`],
    headers: addresses
      ? {
          replyTo: addresses.addressOf(linkId),
          messageId: addresses.messageIdOf(linkId, messageId.replaceAll(/[^\w-]/g, '').slice(0, 60)),
        }
      : {},
  };
}

function dateOf({ ctx }: MemberPage, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    ctx.clock.now() + LINK_MS,
  );
}
