/** The door of messages between recruiters and members. */
export { keepDraft } from './drafts.ts';
export { openConversations } from './member-side.ts';
export { memberIdOf } from './person.ts';
export { readPersonMessages } from './read-person.ts';
export { countConversations } from './read-threads.ts';
export { messageRetrievalRoutes } from './retrieval-routes.ts';
export { messageRoutes } from './routes.ts';
export { beginConversation, type Messages, SCHEDULED_LANE, sendScheduled } from './send.ts';
export { readTeamMessages } from './team-messages.ts';
export { tellWithdrawn, WITHDRAWN_LANE, withdrawnContactHook } from './withdrawn-contact.ts';
