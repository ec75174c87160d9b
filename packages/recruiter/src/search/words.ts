import type { AppliedSpan, SearchSort } from '@carrick/protocol/recruiter';
import { inLanguage } from '../language.ts';
import { de } from './words.de.ts';

/** The words of the filters on what an ATS knows, and of its people. */
const en = {
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

export const words = inLanguage({ en, de });
export type SearchWords = typeof en;

/** What a stage means, in words; a meaning that came later stands as it is. */
export function stageName(stage: string): string {
  const names: Record<string, string> = words.stageNames;
  return names[stage] ?? stage;
}
