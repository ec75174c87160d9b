import type { AppliedSpan, EXPERIENCE_SPANS, SearchSort, Seniority } from '@carrick/protocol/recruiter';
import { inLanguage } from '../language.ts';

/** The words of the filters on what an ATS knows, and of its people. */
const en = {
  companies: 'Companies',
  skills: 'Skills',
  industries: 'Industries',
  seniorities: 'Seniority',
  seniorityNames: {
    owner: 'Owner or founder',
    executive: 'Executive',
    vp: 'Vice president',
    director: 'Director',
    manager: 'Manager',
    senior: 'Senior',
    professional: 'Professional',
    entry: 'Entry level',
    training: 'Training',
  } satisfies Record<Seniority, string>,
  experience: 'Years of experience',
  experienceNames: {
    under2: 'Under 2 years',
    under5: '2 to 4 years',
    under10: '5 to 9 years',
    over10: '10 years or more',
  } satisfies Record<(typeof EXPERIENCE_SPANS)[number], string>,
  experienceChip: (span: string) => `Experience: ${span.toLowerCase()}`,
  find: (filter: string) => `Find in ${filter.toLowerCase()}`,
  noValues: 'Nothing here has these letters',
  valuesFailed: 'These could not be loaded',
  capped: 'More people fit than are counted. Narrow your search for exact numbers.',
  endOfReach: 'Narrow your search to see others.',
  save: 'Save search',
  saved: (name: string) => `Search saved: ${name}`,
  saveFailed: 'The search could not be saved',
  everyone: 'Everyone',
  file: 'Download CSV',
  fileHint: 'What your company holds of these people, with where each fact is from',
  savedSearches: 'Saved searches',
  savedNone: 'Save a search, and it tells you here how many people are new.',
  savedFailed: 'Your saved searches could not be loaded',
  newPeople: (count: number) => `${count} new`,
  rename: 'Rename',
  renameNamed: (name: string) => `Rename ${name}`,
  name: 'Name',
  keep: 'Save',
  cancel: 'Cancel',
  remove: 'Delete',
  removeNamed: (name: string) => `Delete ${name}`,
  removed: (name: string) => `Deleted: ${name}`,
  changeFailed: 'That did not work. Try again.',
  stages: 'Stage reached',
  stageNames: {
    APPLIED: 'Applied',
    SCREEN: 'Screening',
    INTERVIEW: 'Interview',
    OFFER: 'Offer',
    HIRED: 'Hired',
    REJECTED: 'Rejected',
    DECLINED: 'Declined',
    ARCHIVED: 'Archived',
    OTHER: 'Another stage',
  } satisfies Record<string, string>,
  stageChip: (stage: string) => `Reached: ${stage}`,
  applied: 'Last applied',
  appliedNames: {
    month: 'Within 30 days',
    halfYear: '30 days to 6 months ago',
    year: '6 to 12 months ago',
    longer: 'Over a year ago',
  } satisfies Record<AppliedSpan, string>,
  appliedChip: (span: string) => `Applied: ${span.toLowerCase()}`,
  reasons: 'Closed because',
  reasonChip: (reason: string) => `Closed: ${reason}`,
  sort: 'Sort by',
  sorts: {
    relevance: 'Best match',
    name: 'Last name',
    lastApplied: 'Last applied',
  } satisfies Record<SearchSort, string>,
  firstSync: 'First sync under way – counts will grow',
  connect: 'Connect your ATS to use this',
  switchedOff: 'Switched off for this contract',
  onlyInAts: (ats: string) => `Only in ${ats}`,
  lastApplied: 'Last applied',
  noProfile: (ats: string) => `Known from ${ats} only: there is no member profile.`,
} as const;

export const words = inLanguage('search', en);
export type SearchWords = typeof en;

/** What a title says of somebody's place, in words. */
export function seniorityName(seniority: string): string {
  const names: Record<string, string> = words.seniorityNames;
  return names[seniority] ?? seniority;
}

/** What a stage means, in words; a meaning that came later stands as it is. */
export function stageName(stage: string): string {
  const names: Record<string, string> = words.stageNames;
  return names[stage] ?? stage;
}
