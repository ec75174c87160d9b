/** The door of mail. */
export {
  type InboundOutcome,
  type InboundReply,
  openInbound,
  replyAddressesOf,
} from './inbound.ts';
export { canMail, type Mail, NO_ORGANISATION, postMail } from './mail.ts';
export type { ReplyAddresses } from './reply-address.ts';
export { REPLY_MARK } from './reply-text.ts';
export { mailRoutes } from './routes.ts';
export { openMailSender } from './send-mail.ts';
