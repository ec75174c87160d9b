const PROFILE_TABS = ['profile', 'ats', 'projects', 'messages', 'activities'] as const;
type ProfileTabId = (typeof PROFILE_TABS)[number];

/** `only=ats` narrows the page to what the ATS knows. */
export interface ProfileAddress {
  tab?: Exclude<ProfileTabId, 'profile'>;
  only?: 'ats';
}

/** The profile itself stands without a word in the address. */
export function readTab(raw: unknown): Pick<ProfileAddress, 'tab'> {
  const tab = PROFILE_TABS.find((known) => known === raw);
  return tab && tab !== 'profile' ? { tab } : {};
}
