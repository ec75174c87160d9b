import type { Ats } from '@carrick/protocol/recruiter';

/** A person known to one ATS is named with it; with several, the word for all of them. */
export function nameAts(atss: readonly Ats[], atsLabel: string): string {
  const [only, ...others] = atss;
  return only && others.length === 0 ? only.name : atsLabel;
}
