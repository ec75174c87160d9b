/** What recruiters note about people: notes, tags, followed profiles, and the home feed. */
export { follow, followedStatement } from './activities.ts';
export { noteRetrievalRoutes } from './answer-notes.ts';
export { forgetRecruiterNotes, noteStatement, toNote } from './notes.ts';
export { profileUpdateHook } from './profile-updates.ts';
export { recruiterNoteRoutes } from './routes.ts';
