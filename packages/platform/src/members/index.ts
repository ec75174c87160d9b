/** The door of the member directory. */
export { changeMember, type OwnChange } from './change-member.ts';
export { type MemberChange, readChanges } from './changes.ts';
export type { MemberAddress, MemberFacts, MemberHook, MemberPosition } from './hooks.ts';
export { type ImportSummary, importMembers } from './import.ts';
export { readValues } from './lines.ts';
export { type MemberSwitch, sameEmail } from './own-choices.ts';
export { memberByExternalId, membersByEmail, readMembers } from './read.ts';
export type { MemberRecord } from './record.ts';
export { foldForSearch } from './search-document.ts';
export { ensureMember } from './seat-holder.ts';
