/** The door of messages between recruiters and members. */
export { openConversations } from './member-side.ts';
export { countConversations } from './read-threads.ts';
export { messageRetrievalRoutes } from './retrieval-routes.ts';
export { messageRoutes } from './routes.ts';
export { type Messages, SCHEDULED_LANE, sendScheduled } from './send.ts';
export { tellWithdrawn, WITHDRAWN_LANE, withdrawnContactHook } from './withdrawn-contact.ts';
