import type { SpotlightId } from '@carrick/protocol/recruiter';
import { messages } from '../messages.ts';
import type { SearchFilter } from './search-address.ts';

const words = messages.search;

/** A filter in the words its chip shows. */
export function nameFilter({ kind, value }: Omit<SearchFilter, 'without'>, atsLabel: string): string {
  switch (kind) {
    case 'spotlight':
      return isSpotlight(value) ? words.spotlightNames[value] : value;
    case 'inAts':
      return value === 'only' ? words.inAtsChip.only(atsLabel) : words.inAtsChip.exclude(atsLabel);
    case 'q':
      return words.quoted(value);
    case 'title':
    case 'location':
      return value;
  }
}

function isSpotlight(value: string): value is SpotlightId {
  return Object.hasOwn(words.spotlightNames, value);
}
