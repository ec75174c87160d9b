const PROFILE_TABS = [
  'profile',
  'projects',
  'ats',
  'messages',
  'feedback',
  'attachments',
  'activities',
] as const;
type ProfileTabId = (typeof PROFILE_TABS)[number];

/** What is shown of a person; `only=ats` narrows it to what the ATS knows. */
export interface ProfileAddress {
  tab?: Exclude<ProfileTabId, 'profile'>;
  only?: 'ats';
}

/** Of a person's own page, which prints itself once it is complete. */
interface PageAddress extends ProfileAddress {
  print?: 'yes';
}

/** Of a list: who is open beside it, and what of them. */
export interface PaneAddress extends ProfileAddress {
  person?: string;
}

/** The profile itself stands without a word in the address. */
export function readProfileAddress(raw: Record<string, unknown>): ProfileAddress {
  const tab = PROFILE_TABS.find((known) => known === raw.tab);
  return { ...(tab && tab !== 'profile' && { tab }), ...(raw.only === 'ats' && { only: 'ats' }) };
}

export function readPageAddress(raw: Record<string, unknown>): PageAddress {
  return { ...readProfileAddress(raw), ...(raw.print === 'yes' && { print: 'yes' }) };
}

export function readPaneAddress(raw: Record<string, unknown>): PaneAddress {
  if (typeof raw.person !== 'string' || raw.person === '') return {};
  return { person: raw.person, ...readProfileAddress(raw) };
}

/** Shows something else of the person where they are shown already, on their page or beside a list. */
export function showing(address: ProfileAddress) {
  return {
    to: '.',
    search: (before: object) => ({ ...before, tab: undefined, only: undefined, ...address }),
    // Closing a pane still leads back to its list.
    state: true,
    replace: true,
    resetScroll: false,
  } as const;
}
