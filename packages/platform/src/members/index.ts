/** The door of the member directory. */
export type { MemberFacts, MemberHook } from './hooks.ts';
export { type ImportOptions, type ImportSummary, importMembers, type RefusedLine } from './import.ts';
export { memberByExternalId, readMembers } from './read.ts';
export type { MemberRecord } from './record.ts';
export { foldForSearch } from './search-document.ts';
export { ensureMember, type SeatHolder } from './seat-holder.ts';
