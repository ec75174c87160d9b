/** Codes as sentences, for which the words are in words.ts; a code that came later is shown as it is. */
import { type AdminIntegration, CONTRACT_FEATURES } from '@carrick/protocol/administration';
import { words } from './words.ts';

export type Standing = 'not-requested' | 'requested' | 'ready' | 'enabled' | 'disabled' | 'action';

export function standingOf({ status, wasSwitchedOff, missing }: AdminIntegration): Standing {
  if (status === 'REQUESTED') return 'requested';
  if (status === 'PARTNER_READY') return wasSwitchedOff ? 'disabled' : 'ready';
  return missing.length > 0 ? 'action' : 'enabled';
}

/** `{ATS}` stands for the name of the connected system. */
export const named = (text: string, ats: string): string => text.replaceAll('{ATS}', ats);

export const missingParts = (missing: AdminIntegration['missing']): string =>
  words.missing(missing.map((part) => words.parts[part]).join(', '));

/** What somebody does about an error of this code. */
export function remedyOf(code: string): string {
  const remedies: Readonly<Record<string, string>> = words.remedies;
  return remedies[code] ?? words.anyRemedy;
}

/** What became of an attempt to deliver a notification. */
export function outcomeOf(status: number | null, failure: string | null): string {
  if (failure === null) return words.answered(status);
  const failures: Readonly<Record<string, string>> = words.failures;
  return `${failures[failure] ?? failure}${status === null ? '' : ` (${status})`}`;
}

/** Whom or what an entry of the audit log is about. */
export function subjectOf({ type, feature, seat, rows }: Readonly<Record<string, string | number>>): string {
  const integrations: Readonly<Record<string, string>> = words.integrations;
  const known = CONTRACT_FEATURES.find((each) => each === feature);
  return [
    seat,
    type !== undefined && (integrations[type] ?? type),
    known && words.feature[known],
    rows !== undefined && words.rows(Number(rows)),
  ]
    .filter(Boolean)
    .join(', ');
}

/** What a notification tells. */
export function typeName(type: string): string {
  const types: Readonly<Record<string, string>> = words.types;
  return types[type] ?? type;
}
