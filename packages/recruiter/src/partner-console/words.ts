/** The words of the vendor's console, with codes as sentences. */
import type { PartnerIntegration } from '@carrick/protocol/partner-console';
import { inLanguage } from '../language.ts';
import { terms, wholeNumber } from '../messages.ts';

const en = {
  title: 'Partner console',
  navigation: 'Partner console',
  skip: 'Skip to content',
  signIn: 'Sign in to the partner console',
  signInHelp: 'For vendors of an ATS. No way in? Ask whoever runs this platform.',
  signInButton: 'Sign in',
  refused: 'That e-mail and password do not belong together. Check both and try again.',
  missing: 'Enter your e-mail and your password.',
  tooMany: 'Too many attempts. Wait a few minutes, then try again.',
  signOut: 'Sign out',
  failed: 'This could not be loaded',
  failedChange: 'That did not work. Nothing was changed; try again.',
  customers: 'Customers',
  log: 'Request log',
  back: 'All customers',

  finding: (count: number, waiting: number) =>
    count === 0
      ? 'No customer yet'
      : `${count === 1 ? '1 customer' : `${wholeNumber(count)} customers`}${waiting > 0 ? `, ${wholeNumber(waiting)} waiting for you` : ''}`,
  noCustomers:
    'Add your first customer: it gets a key and a secret of its own, and everything is called with these.',
  columns: {
    customer: 'Customer',
    foreignId: 'Your id',
    key: 'Key',
    integrations: 'Integrations',
    lastCall: 'Last call',
  },
  noOrganisation: 'Not connected to a company yet',
  noCall: 'Never',
  none: '–',
  integrations: {
    ONE_CLICK_EXPORT: 'One-Click Export',
    IN_ATS_INDICATOR: 'In-ATS indicator',
    PROFILE_PLUGIN: 'Profile widget',
    CSA_API: 'Messages, notes and seats',
  } satisfies Record<PartnerIntegration['type'], string>,
  status: { REQUESTED: 'Requested', PARTNER_READY: 'Partner ready', ENABLED: 'Enabled' },
  turn: (each: PartnerIntegration) =>
    each.status === 'REQUESTED'
      ? `Your turn: send ${each.missing.join(', ')}`
      : each.status === 'PARTNER_READY'
        ? 'The customer’s turn: its administrator switches it on'
        : each.missing.length > 0
          ? `Running; still to send: ${each.missing.join(', ')}`
          : 'Running',
  asked: (organisation: string, when: string) =>
    `${organisation} waits for you to finish the setup; its administrator said so on ${when}.`,
  access: { blocked: 'Blocked by the operator', pending: 'Not opened by the operator yet', enabled: '' },

  add: 'Add a customer',
  addForeignId: 'Your id of the customer',
  addName: 'Name, as people see it when they agree',
  addNameHint: '{ATS} – {customer}, at most 50 characters',
  addDescription: 'Description',
  addButton: 'Add',
  added: 'The customer was added',
  fillIn: 'Fill in all three.',

  own: 'Your application',
  ownHint: 'With this key your systems make and change customers. Customers’ data it cannot read.',
  key: 'Key (client id)',
  secret: 'Secret',
  secretHint: 'Shown when it is made, and never again. Whoever lost it makes a new one.',
  newSecret: 'The new secret',
  secretOnce: 'It is shown this once. Store it now.',
  stored: 'I have stored it',
  copy: 'Copy',
  copyOf: (what: string) => `Copy: ${what}`,
  copied: 'Copied',
  rotate: 'Make a new secret',
  overlap: 'The old one stays good for',
  overlaps: {
    0: 'no time: it ends at once',
    3600000: '1 hour',
    86400000: '1 day',
    604800000: '7 days',
  },
  rotateConfirm: 'The old secret ends at once, and calls with it fail. Go on?',
  yes: 'Yes, end the old one',
  cancel: 'Cancel',
  bothGood: (until: string) => `Two secrets are good: the new one, and the old one until ${until}.`,
  oneGood: 'One secret is good.',
  secretSeen: 'The ATS has come with the new one, and notifications are signed with it.',
  secretUnseen: 'The ATS has not come with the new one yet: X-LI-Signature still uses the old one.',

  origins: 'Pages that may show the widgets',
  originsHint:
    'Scheme and host, with the port where it is unusual: https://ats.example.com. No path, no slash at the end; plain http only for this machine. At most 20.',
  origin: 'Origin to add',
  noOrigins: 'None: the widgets show on no page.',
  redirects: 'Redirect addresses',
  redirectsHint: 'Where a person comes back to after agreeing that your ATS may act for them.',
  redirect: 'Address to add',
  noRedirects: 'None: nobody can agree yet.',
  addOne: 'Add',
  remove: 'Remove',
  removeOf: (what: string) => `Remove ${what}`,
  saved: 'Saved',

  callback: 'Callback address',
  noCallback: 'Your ATS has set no CALLBACK_URL yet. It does so with the integration’s configurations.',
  test: 'Send a test event',
  testHint: 'An event of type TEST_EVENT that means nothing, signed like every other, sent once.',
  testAnswered: (status: number, ms: number) =>
    status >= 200 && status < 300
      ? `Received: answered ${status} after ${wholeNumber(ms)} ms`
      : `Answered ${status} after ${wholeNumber(ms)} ms; anything but 2xx is tried again`,
  failures: {
    TIMED_OUT: 'No answer in time',
    ADDRESS_REFUSED: 'The address is not one that may be called',
    NAME_NOT_RESOLVED: 'The name of the host was not found',
    NOT_CONNECTED: 'Not reachable',
    CUT_OFF: 'The answer broke off',
    TLS_REFUSED: 'The certificate was not accepted',
  },
  sent: 'Sent',
  signedText: (header: string) => `What ${header} signs`,

  embed: 'On your page',
  embedHint: 'Put the first tag once into the page, the second where the widget shall stand.',
  profileWidget: 'Profile widget',
  setupWidget: 'Setup widget',

  deliveries: 'Notifications',
  noDeliveries: 'Nothing was sent to this customer’s ATS yet.',
  deliveryState: { pending: 'Under way', delivered: 'Delivered', dead: 'Not delivered' },

  logFinding: (failed: number, count: number) =>
    count === 0
      ? 'No call yet'
      : failed === 0
        ? `The latest ${wholeNumber(count)} calls went well`
        : `${wholeNumber(failed)} of the latest ${wholeNumber(count)} calls had something that failed`,
  onlyFailed: 'Only what failed',
  logColumns: { at: 'Time', call: 'Call', answer: 'Answer', records: 'Records', id: 'Request id' },
  records: (records: number, failed: number) =>
    failed > 0 ? `${wholeNumber(failed)} of ${wholeNumber(records)} failed` : wholeNumber(records),
  rule: 'The rule',
  ruleOf: (what: string) => `The rule: ${what}`,
  updated: (time: string) => `Updated ${time}`,
  product: terms.product,
} as const;

export const words = inLanguage('partnerConsole', en);
export type PartnerWords = typeof en;

/** Why an event did not get there; a code that came later is shown as it is. */
export function failureName(failure: string): string {
  const failures: Readonly<Record<string, string>> = words.failures;
  return failures[failure] ?? failure;
}
