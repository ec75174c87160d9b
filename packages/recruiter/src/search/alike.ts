import type { PersonRow } from '@carrick/protocol/recruiter';
import type { SearchAddress } from './search-address.ts';

/** How far somebody got in a role says nothing of which role it is. */
const RANKS =
  /^(?:(?:senior|sr\.?|junior|jr\.?|lead|principal|staff|chief|head|associate|assistant|interim|deputy|global|regional)\s+(?:of\s+)?)+/i;

/**
 * The search for people like this one: the same role, in the same industry. Both stand above the results as chips, so that either can
 * be taken away. Null where nothing says what the person does.
 */
export function addressAlike({
  current,
  past,
  headline,
  industry,
}: Pick<PersonRow, 'current' | 'past' | 'headline' | 'industry'>): SearchAddress | null {
  const role = roleOf(current[0]?.title ?? past[0]?.title ?? headline ?? '');
  if (role === '') return null;
  return { q: `"${role}"`, ...(industry && { industry: [industry] }) };
}

/** "Account Manager" of "Senior Account Manager, Europe" and of "Account Manager at Freshing". */
function roleOf(title: string): string {
  const whole =
    title
      .split(/[,;:(/|•·]| [-–—] | (?:at|for|bei) /i)[0]
      ?.replaceAll('"', '')
      .trim() ?? '';
  return whole.replace(RANKS, '').trim() || whole;
}
