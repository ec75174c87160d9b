import type { MemberChoices } from './record.ts';
import type { MemberLine } from './schema.ts';

/** The switches of a member's own page. */
export const SWITCHES = ['sharing', 'found-by-email', 'found-by-phone', 'account'] as const;
export type MemberSwitch = (typeof SWITCHES)[number];

/** What a member decided for himself or herself: no directory feed changes it. */
export interface OwnChoices extends MemberChoices {
  /** Null: never chosen, the feed decides. */
  readonly isSharing: boolean | null;
  readonly isAccountOpen: boolean | null;
  readonly isErased: boolean;
  /** In lower case, in the order in which they were decided. */
  readonly emails: readonly { readonly email: string; readonly isConfirmed: boolean }[];
}

export function ownChoicesOf(
  choices: Readonly<Record<string, boolean>>,
  emails: OwnChoices['emails'],
): OwnChoices {
  return {
    isSharing: choices.sharing ?? null,
    isFoundByEmail: choices['found-by-email'] ?? true,
    isFoundByPhone: choices['found-by-phone'] ?? true,
    isAccountOpen: choices.account ?? null,
    isErased: choices.erased ?? false,
    emails,
  };
}

/**
 * A directory line as the member's own choices leave it. Of somebody who was erased nothing is taken but the id, so that the next
 * import does not bring the person back.
 */
export function withOwnChoices(line: MemberLine, own: OwnChoices): MemberLine {
  if (own.isErased) return { id: line.id, closed: true };
  return {
    ...line,
    ...(own.emails.length === 0 ? {} : { emails: withOwnEmails(line.emails ?? [], own.emails) }),
    ...(own.isSharing === null ? {} : { shareWithThirdParties: own.isSharing }),
    ...(own.isAccountOpen === null ? {} : { closed: !own.isAccountOpen }),
  };
}

/** The feed's addresses in the feed's order without those removed, then those the member added. */
function withOwnEmails(given: readonly string[], own: OwnChoices['emails']): string[] {
  const removed = new Set(own.filter(({ isConfirmed }) => !isConfirmed).map(({ email }) => email));
  const kept = given.filter((email) => !removed.has(sameEmail(email)));
  const known = new Set(kept.map(sameEmail));
  return [
    ...kept,
    ...own.filter(({ email, isConfirmed }) => isConfirmed && !known.has(email)).map(({ email }) => email),
  ];
}

/** The form in which two addresses are compared here: what is the same mailbox by other rules is matching's business. */
export function sameEmail(email: string): string {
  return email.trim().toLowerCase();
}
