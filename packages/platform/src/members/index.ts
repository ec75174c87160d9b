/** The door of the member directory. */
export { chooseFound } from './choices.ts';
export type { MemberAddress, MemberFacts, MemberHook, MemberPosition } from './hooks.ts';
export { type ImportSummary, importMembers } from './import.ts';
export { readValues } from './lines.ts';
export { memberByExternalId, readMembers } from './read.ts';
export type { MemberRecord } from './record.ts';
export { foldForSearch } from './search-document.ts';
export { ensureMember } from './seat-holder.ts';
