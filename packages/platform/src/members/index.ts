/** The door of the member directory. */
export type { MemberFacts, MemberHook } from './hooks.ts';
export { type ImportOptions, type ImportSummary, importMembers, type RefusedLine } from './import.ts';
export { ensureMember, memberByExternalId, readMembers, type SeatHolder } from './read.ts';
export type { MemberRecord } from './record.ts';
export { foldForSearch } from './search-document.ts';
