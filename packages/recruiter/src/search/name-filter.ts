import type { SpotlightId } from '@carrick/protocol/recruiter';
import { messages } from '../messages.ts';
import type { SearchFilter } from './search-address.ts';
import { words as own, seniorityName, stageName } from './words.ts';

const words = messages.search;
const EXPERIENCE: Record<string, string> = own.experienceNames;
const APPLIED: Record<string, string> = own.appliedNames;

/** A filter in the words its chip shows. */
export function nameFilter({ kind, value }: Omit<SearchFilter, 'without'>, atsLabel: string): string {
  switch (kind) {
    case 'spotlight':
      return isSpotlight(value) ? words.spotlightNames[value] : value;
    case 'inAts':
      return value === 'only' ? words.inAtsChip.only(atsLabel) : words.inAtsChip.exclude(atsLabel);
    case 'q':
      return words.quoted(value);
    case 'stage':
      return own.stageChip(stageName(value));
    case 'applied':
      return own.appliedChip(APPLIED[value] ?? value);
    case 'reason':
      return own.reasonChip(value);
    case 'seniority':
      return seniorityName(value);
    case 'experience':
      return own.experienceChip(EXPERIENCE[value] ?? value);
    case 'title':
    case 'company':
    case 'location':
    case 'skill':
    case 'industry':
      return value;
  }
}

function isSpotlight(value: string): value is SpotlightId {
  return Object.hasOwn(words.spotlightNames, value);
}
