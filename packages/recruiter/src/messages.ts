/**
 * Every word of the app. Sentences with numbers or names are functions; the words of the product are variables, so
 * that a deployment may rename them. Nothing here holds markup.
 */
import type { SpotlightId } from '@carrick/protocol/recruiter';

export const locale = 'en';

export const terms = {
  product: 'Carrick',
  message: 'Message',
  pastApplicants: 'Past applicants',
} as const;

type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const plurals = new Intl.PluralRules(locale);
const wholeNumbers = new Intl.NumberFormat(locale);
const roundNumbers = new Intl.NumberFormat(locale, { notation: 'compact', roundingMode: 'floor' });

export const wholeNumber = (count: number): string => wholeNumbers.format(count);

/** Exact below 1,000; above, rounded down with a suffix and a plus: "49M+". */
export function roundNumber(count: number): string {
  return count < 1000 ? wholeNumber(count) : `${roundNumbers.format(count)}+`;
}

/** "1 person", "12 people": the number stands before the form that its language wants. */
function plural(count: number, forms: PluralForms, shown = wholeNumber(count)): string {
  return `${shown} ${forms[plurals.select(count)] ?? forms.other}`;
}

const PEOPLE: PluralForms = { one: 'person', other: 'people' };

export const messages = {
  shell: {
    skip: 'Skip to content',
    navigation: 'Main',
    search: 'Search',
    searchField: 'Search people',
    searchHint: 'Search by name, title, company or skill',
    clearSearch: 'Clear search',
    account: (name: string) => `Account of ${name}`,
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    keyboard: 'Keyboard shortcuts',
    signOut: 'Sign out',
    notFound: 'There is nothing at this address',
    notFoundHint: 'The link may be old, or mistyped.',
    toSearch: 'Go to search',
    crash: 'This page stopped working',
    crashHint: 'What you saved is safe. Loading the page again usually helps.',
    reload: 'Load again',
  },
  keys: {
    title: 'Keyboard shortcuts',
    enabled: 'Single-key shortcuts',
    enabledHint: 'Turn them off if they get in the way of speech input or an assistive technology.',
    close: 'Close',
    next: 'Next person',
    previous: 'Previous person',
    open: 'Open the person',
    search: 'Go to the search field',
    help: 'This list',
    tabs: 'Move between tabs',
    escape: 'Close what is on top',
  },
  signIn: {
    title: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    show: 'Show',
    hide: 'Hide',
    showPassword: 'Show password',
    submit: 'Sign in',
    busy: 'Signing in…',
    help: 'No account, or no way in? Ask an administrator of your contract.',
    refused: 'That e-mail and password do not belong together. Check both and try again.',
    noSeat: 'Your seat is not active. Ask an administrator of your contract to switch it on.',
    tooMany: 'Too many attempts. Wait a minute, then try again.',
    missing: 'Enter your e-mail and your password.',
    choose: 'Choose a contract',
    chooseHint: 'You have a seat on more than one. You work in one at a time.',
    otherPerson: 'Use another account',
    again: 'Sign in again',
    againHint: 'Your session ended. The page behind stays as it is and goes on once you are back.',
    leave: 'Sign out instead',
  },
  states: {
    loading: 'Loading',
    retry: 'Try again',
    requestId: 'Request id',
    copy: 'Copy',
    copied: 'Copied',
    offline: 'The server cannot be reached. Nothing was lost.',
    broken: 'Something went wrong on the server. Nothing was lost.',
    forbidden: 'Your seat does not allow this.',
    stale: (time: string) => `Showing data from ${time}; refresh failed`,
  },
  search: {
    title: (query: string) => (query ? `${query} – search` : 'Search'),
    heading: 'Search results',
    showing: 'Showing results for',
    everyone: 'Everyone',
    clearAll: 'Clear all',
    quoted: (query: string) => `“${query}”`,
    remove: (filter: string) => `Remove ${filter}`,
    people: (count: number) => plural(count, PEOPLE, roundNumber(count)),
    peopleExactly: (count: number) => plural(count, PEOPLE),
    filters: 'Filters',
    filtersOn: (count: number) => plural(count, { one: 'filter on', other: 'filters on' }),
    showPeople: (count: number) => `Show ${plural(count, PEOPLE, roundNumber(count))}`,
    spotlights: 'Spotlights',
    spotlightNames: {
      pastApplicants: terms.pastApplicants,
      openToWork: 'Open to work',
      companyConnections: 'Have company connections',
      engagedWithBrand: 'Engaged with your brand',
      likelyToRespond: 'More likely to respond',
    } satisfies Record<SpotlightId, string>,
    unavailable: {
      'no-ats': 'Connect your ATS to use this',
      'no-data': 'Nothing known about this yet',
      nobody: 'Nobody in these results',
    },
    inAts: (ats: string) => `In ${ats}`,
    inAtsChoices: { any: 'Any', only: 'Only', exclude: 'Exclude' },
    inAtsChip: {
      only: (ats: string) => `In ${ats}`,
      exclude: (ats: string) => `Not in ${ats}`,
    },
    titles: 'Job titles',
    locations: 'Locations',
    showMore: (count: number) => `Show ${wholeNumber(count)} more`,
    showFewer: 'Show fewer',
    noFacets: 'None in these results',
    view: 'View',
    cards: 'Cards',
    table: 'Compact table',
    failed: 'The search failed',
    empty: 'No people match',
    emptyHint: 'Remove a filter to see more:',
    emptyStart: 'There is nobody to search yet',
    emptyStartHint: 'People appear here as soon as the directory holds some.',
    wouldFind: (count: number) => plural(count, PEOPLE, roundNumber(count)),
    pages: 'Pages',
    previous: 'Previous',
    next: 'Next',
    page: (page: number) => `Page ${wholeNumber(page)}`,
    range: (from: number, to: number, total: number) =>
      `${wholeNumber(from)}–${wholeNumber(to)} of ${wholeNumber(total)}`,
  },
  person: {
    degree: { 1: '1st', 2: '2nd', 3: '3rd' },
    degreeLong: {
      1: 'first-degree connection',
      2: 'second-degree connection',
      3: 'third-degree connection',
    },
    person: 'Person',
    current: 'Current',
    past: 'Past',
    education: 'Education',
    spotlights: 'Spotlights',
    at: (title: string, company: string) => `${title} at ${company}`,
    andMore: (count: number) => `+${wholeNumber(count)}`,
    views: (count: number) => plural(count, { one: 'view', other: 'views' }),
    notes: (count: number) => plural(count, { one: 'note', other: 'notes' }),
    connections: (count: number) => plural(count, { one: 'connection', other: 'connections' }),
    present: 'present',
    period: (from: string, to: string) => `${from} – ${to}`,
  },
  ats: {
    word: 'ATS',
    chip: (ats: string) => `In ${ats}`,
    chipSeveral: (ats: string, count: number) => `In ${ats} (${wholeNumber(count)})`,
    chipFor: (chip: string, name: string) => `${chip}: ${name}`,
    profile: (ats: string) => `${ats} profile`,
    jobs: (active: number, past: number) => {
      const pastJobs = plural(past, { one: 'past job', other: 'past jobs' });
      if (active === 0) return pastJobs;
      if (past === 0) return plural(active, { one: 'active job', other: 'active jobs' });
      return `${wholeNumber(active)} active, ${pastJobs}`;
    },
    noApplications: (date: string) => `No applications yet. Added ${date}`,
    latestContact: 'Latest contact',
    newestJob: 'Newest job',
    viewAll: 'View all',
    moreSections: (count: number) => `and ${wholeNumber(count)} more`,
    openIn: (ats: string) => `Open in ${ats}`,
    synced: (when: string) => `Synced ${when}`,
    cardFailed: (ats: string) => `Couldn't load ${ats} details`,
    nothing: (ats: string) => `${ats} holds no record of this person any more`,
  },
  profile: {
    gone: 'This profile is no longer available',
    goneHint: 'The person left, or is not visible to you.',
    failed: 'The profile could not be loaded',
    back: 'Back to results',
    messageOff: 'Messages are not switched on for this contract.',
    more: 'More actions',
    print: 'Print or save as PDF',
    copyLink: 'Copy link',
    linkCopied: 'Link copied',
    copyFailed: 'The link could not be copied',
    onlyAts: (ats: string) => `Show ${ats} data only`,
    onlyAtsOn: (ats: string) => `Showing ${ats} data only`,
    showAll: 'Show the whole profile',
    inAts: (ats: string) => `In ${ats}`,
    activeJobs: (count: number) => plural(count, { one: 'active job', other: 'active jobs' }),
    pastJobs: (count: number) => plural(count, { one: 'past job', other: 'past jobs' }),
    tabs: 'Profile sections',
    tab: 'Profile',
    atsTab: (ats: string, count: number) => `${ats} (${wholeNumber(count)})`,
    summary: 'Summary',
    experience: 'Experience',
    education: 'Education',
    skills: 'Skills',
    recommendations: 'Recommendations',
    websites: 'Websites',
    opensElsewhere: 'opens in a new tab',
    bare: 'This person has not filled in more than this.',
  },
  atsTab: {
    failed: (ats: string) => `The ${ats} history could not be loaded`,
    notMatched: (ats: string) => `Not in ${ats} yet`,
    notMatchedHint: 'Once a record of this person is synced and matched, its history appears here.',
    information: 'Profile information',
    atsId: 'ATS ID',
    seeMore: 'See more',
    seeLess: 'See less',
    email: 'E-mail',
    emails: 'Other e-mails',
    phones: 'Phone',
    addresses: 'Address',
    source: 'Source',
    added: 'Added',
    changed: 'Last changed',
    synced: 'Last synced',
    whyMatched: 'Why matched',
    automatic: 'Matched automatically',
    manual: 'Linked by hand',
    reason: (reason: string) => REASONS[reason] ?? reason,
    doNotContact: 'Do not contact',
    doNotContactHint: (ats: string) => `Marked in ${ats}`,
    jobs: 'Jobs & feedback',
    noJobs: (ats: string) => `No applications in ${ats} that you can see.`,
    jobTitle: (title: string, id: string) => `${title} – ${id}`,
    active: 'Active',
    closed: 'Closed',
    feedbackCount: (count: number) => `Feedback (${wholeNumber(count)})`,
    noteCount: (count: number) => `Notes (${wholeNumber(count)})`,
    stages: 'Stages',
    notes: 'Notes',
    feedback: 'Feedback',
    files: 'Files',
    candidateNotes: 'Notes on the candidate',
    applied: 'Applied',
    closedBecause: 'Closed because',
    noAuthor: 'Unknown author',
    viewMore: 'View more',
    viewLess: 'View less',
    interview: { PHONE_SCREEN: 'Phone screen', ONSITE: 'On-site interview' },
    evaluations: 'Evaluations',
    notShared: {
      both: (ats: string) => `${ats} does not share interview feedback and notes through this integration.`,
      notes: (ats: string) => `${ats} does not share notes through this integration.`,
      feedback: (ats: string) => `${ats} does not share interview feedback through this integration.`,
    },
    fresh: 'New',
    arrived: (count: number) => plural(count, { one: 'new entry arrived', other: 'new entries arrived' }),
    noStages: 'No stage recorded yet.',
    updated: (time: string) => `Updated ${time}`,
  },
} as const;

/** What the matcher names as its reasons, in words. An unknown one is shown as it came. */
const REASONS: Readonly<Record<string, string>> = {
  'email.exact': 'Same e-mail address',
  'email.canon': 'Same mailbox',
  'url.current': 'Same profile address',
  'url.former': 'Same former profile address',
  'name.agrees': 'Same name',
  'name.partly': 'Names agree in part',
};
