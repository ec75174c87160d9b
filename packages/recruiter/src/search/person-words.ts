import type { Education, Position } from '@carrick/protocol/recruiter';
import { messages } from '../messages.ts';

/** "Account manager at Freshing"; what is missing leaves no gap. */
export function describePosition({ title, companyName }: Position): string {
  return title && companyName ? messages.person.at(title, companyName) : (title ?? companyName ?? '');
}

export function describeEducation({ school, degree, field }: Education): string {
  return [school, [degree, field].filter(Boolean).join(', ')].filter(Boolean).join(' · ');
}

/** Parts that stand in one line, with the middle dot between. */
export function dotted(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join(' · ');
}
