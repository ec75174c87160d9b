/** The door of the member's own page. */
export { LINK_LANE, mailLinks } from './ask-link.ts';
export { purgeLinks } from './links.ts';
export {
  type Conversation,
  type ConversationScope,
  type Conversations,
  type MemberPage,
  type MemberReply,
  type OwnExport,
  openMemberPage,
} from './member-page.ts';
export { inviteReply, takeMailReply } from './reply.ts';
export { memberPageRoutes } from './routes.ts';
