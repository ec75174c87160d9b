/** The words of who is who: matching's codes as sentences, and everything on the screens that show and correct links. */
import type {
  DecisionEntry,
  IdentifierStanding,
  MatchEvidence,
  UnlinkReason,
} from '@carrick/protocol/recruiter';
import { locale, wholeNumber } from '../messages.ts';

const FIELDS: Readonly<Record<string, string>> = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  url: 'Profile address',
  company: 'Employer',
  title: 'Title',
  place: 'Place',
  street: 'Street',
};
export const fieldName = (field: string): string => FIELDS[field] ?? field;

/** `field.level`, and what stands against a link. An unknown code is shown as it came. */
const CODES: Readonly<Record<string, string>> = {
  'name.exact': 'Same name',
  'name.swapped': 'Same name in the other order',
  'name.reading': 'Same name in another script',
  'name.nickname': 'Known short form of the given name',
  'name.initial': 'Same family name, given name by its initial',
  'name.typo': 'Same name but for a slip of the pen',
  'name.fuzzy': 'Similar name',
  'name.family': 'Only the family name is the same',
  'name.given': 'Only the given name is the same',
  'name.familyOnly': 'Same family name, no given name to compare',
  'name.givenOnly': 'Same given name, no family name to compare',
  'name.none': 'Different name',
  'name.agrees': 'Same name',
  'name.partly': 'Only a part of the name agrees',
  'name.suffix': 'Jr and Sr do not go together',
  'name.middle': 'Middle initials differ',
  'name.contradicts': 'Names contradict each other',
  'email.exact': 'Same e-mail address',
  'email.canon': 'Same mailbox',
  'email.typo': 'Nearly the same e-mail address',
  'email.local': 'Same words before the @',
  'email.different': 'No e-mail address in common',
  'phone.exact': 'Same phone number',
  'phone.national': 'Same phone number but for the country',
  'phone.different': 'No phone number in common',
  'url.current': 'Same profile address',
  'url.former': 'Same former profile address',
  'url.different': 'Names another profile’s address',
  'url.conflict': 'The record names another profile’s address',
  'company.exact': 'Same employer',
  'company.similar': 'Similar employer',
  'company.different': 'Different employer',
  'title.exact': 'Same title',
  'title.similar': 'Similar title',
  'title.different': 'Different title',
  'place.postcode': 'Same postcode',
  'place.city': 'Same city',
  'place.similar': 'Similar place',
  'place.area': 'Same region',
  'place.different': 'Different place',
  'street.exact': 'Same street',
  'street.similar': 'Similar street',
  'street.different': 'Different street',
  'identifier.none': 'No e-mail, phone or profile address agrees',
  'identifier.weak': 'What agrees is used by several people',
  'members.several': 'Another profile fits nearly as well',
  'weight.low': 'Not enough agrees to link without a person',
};
export const codeWords = (code: string): string => CODES[code] ?? code;

const tenths = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});
const plainTenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const roundPercents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

/** With a true minus. */
export const signedBits = (bits: number): string => tenths.format(bits).replace('-', '\u2212');
export const plainBits = (bits: number): string => plainTenths.format(bits);

/** Never "100 %": nobody is that sure. */
export function sureness(probability: number): string {
  if (probability >= 0.9995) return 'over 99.9%';
  if (probability < 0.01) return 'under 1%';
  return (probability > 0.95 ? percents : roundPercents).format(probability);
}

export function likelihood({ probability }: MatchEvidence): string {
  if (probability >= 0.999) return 'Almost certain';
  if (probability >= 0.95) return 'Very likely';
  return probability >= 0.75 ? 'Likely' : 'Possible';
}

const IDENTIFIERS: Readonly<Record<IdentifierStanding['kind'], string>> = {
  email: 'e-mail',
  phone: 'phone number',
  url: 'profile address',
};
export const identifierName = (kind: IdentifierStanding['kind']): string => IDENTIFIERS[kind];

const PROBLEMS: Readonly<Record<NonNullable<IdentifierStanding['problem']>, string>> = {
  missing: 'None was sent',
  unreadable: 'Cannot be read as one',
  role: 'A mailbox that several people read',
  placeholder: 'A placeholder, nobody’s own',
  disposable: 'A mailbox that is thrown away; it must be confirmed by the person',
  shared: 'Records of several families carry it',
  suspect: 'It carried a link that somebody undid',
  recruiter: 'It belongs to a recruiter of yours',
};

export const words = {
  possibly: (ats: string) => `Possibly in ${ats}`,
  possiblyFor: (chip: string, name: string) => `${chip}: ${name}`,
  isSame: 'Is this the same person?',
  yes: 'Yes',
  no: 'No',
  compareFirst: 'Compare first',
  whyLinked: 'Why linked',
  showHow: 'Show how this was weighed',
  hideHow: 'Hide how this was weighed',
  automatically: 'Matched automatically',
  sure: (probability: number) => `${sureness(probability)} sure`,
  linkedBy: (name: string) => `Linked by ${name}`,
  linkedByAts: (ats: string) => `Linked in ${ats}`,
  on: 'on',
  unweighed: 'This link was made before links were weighed; its reasons stand above.',
  alsoOn: (kind: IdentifierStanding['kind'], count: number) =>
    `The same ${IDENTIFIERS[kind]} is also on ${count === 1 ? 'another record' : `${wholeNumber(count)} other records`} of yours`,
  unlink: 'Not the right profile?',
  findRight: 'Find the right one',
  failed: 'The reasons could not be loaded',
  waterfall: {
    headline: (weight: number, probability: number, limit: number) =>
      weight >= limit
        ? `${plainBits(weight)} points: ${sureness(probability)} sure, above the limit of ${plainBits(limit)} for a link`
        : `${plainBits(weight)} points: ${sureness(probability)} sure, below the limit of ${plainBits(limit)} for a link`,
    field: 'What was compared',
    points: 'Points',
    picture: 'Picture',
    prior: 'Before comparing: anybody in the directory',
    rare: (bits: number) =>
      bits > 0
        ? `${signedBits(bits)} of it as the value is rare`
        : `${signedBits(bits)} of it as the value is common`,
    total: 'Together',
    limits: (review: number, auto: number) =>
      `Dashed lines: from ${plainBits(review)} points on a person is asked, from ${plainBits(auto)} on a link is made.`,
    unit: 'Each point doubles the odds that the two are one person; a minus halves them.',
  },
  compare: {
    caption: 'Both sides, field by field',
    field: 'Field',
    profile: 'Profile',
    verdicts: { agrees: 'Agrees', similar: 'Similar', differs: 'Differs', unknown: 'Not compared' },
    hidden: {
      agrees: 'Agrees. The profile’s own is not shown.',
      similar: 'Nearly agrees. The profile’s own is not shown.',
      differs: 'Another. The profile’s own is not shown.',
      unknown: 'Not shown',
    },
    notSent: (fields: readonly string[]) => `Not sent: ${fields.join(', ').toLowerCase()}`,
    nothing: 'Nothing sent',
    nothingHere: 'Nothing said',
  },
  review: {
    nav: 'Matches',
    title: 'Who is who',
    lead: 'Records that may belong to a profile. What you decide holds, whatever is synced later.',
    views: 'Views',
    queue: (count: number) => `To review (${wholeNumber(count)})`,
    queuePlain: 'To review',
    unlinked: 'Not linked',
    log: 'Decided',
    kinds: { all: 'All', single: 'One profile', several: 'Several profiles', disputed: 'In dispute' },
    kindsLabel: 'Show',
    atsLabel: 'System',
    allAtss: 'All systems',
    yield: (accepted: number, rejected: number) =>
      `${wholeNumber(accepted)} accepted, ${wholeNumber(rejected)} rejected so far`,
    yieldShare: (accepted: number, rejected: number) =>
      `${roundPercents.format(accepted / (accepted + rejected))} of the proposals were right`,
    failed: 'The queue could not be loaded',
    empty: 'Nothing waits for you',
    emptyHint: 'Records that may be somebody’s, but are not surely so, appear here as they are synced.',
    emptyFilter: 'Nothing waits under this filter',
    showAll: 'Show everything',
    list: 'Waiting records',
    position: (index: number, total: number) => `${wholeNumber(index)} of ${wholeNumber(total)}`,
    previous: 'Previous record',
    next: 'Next record',
    showList: 'List',
    candidates: (count: number) => `${wholeNumber(count)} possible ${count === 1 ? 'profile' : 'profiles'}`,
    choose: 'Possible profiles',
    record: (ats: string, id: string) => `${ats} record ${id}`,
    profileOf: 'Profile',
    openProfile: 'Open profile',
    against: 'Why it was not linked by itself',
    disputed:
      'Two links made by hand exclude each other since two records were merged. Neither is shown until you say which one holds.',
    disputedTag: 'In dispute',
    same: 'Same person',
    different: 'Not the same',
    undo: 'Undo',
    find: 'Find another',
    applied: (count: number, job: string | null) =>
      job === null
        ? ''
        : count === 1
          ? `Applied for ${job}`
          : `Applied for ${job} and ${wholeNumber(count - 1)} more`,
    done: 'Done with this page. What was decided stands under “Decided”.',
  },
  decided: {
    linked: (record: string, person: string) => `${record} is linked with ${person}`,
    unlinked: (record: string, person: string) => `${record} is not ${person}`,
    undone: 'Undone',
    undoFailed: 'It could not be undone. See “Decided” under Matches.',
    failed: 'This could not be saved. Nothing was changed.',
    gone: 'One of the two is no longer there. Nothing was changed.',
  },
  log: {
    failed: 'The log could not be loaded',
    empty: 'Nobody has decided anything yet',
    emptyHint: 'Links made and undone by people stand here, with who, when and why.',
    what: { LINK: 'Same person:', UNLINK: 'Not the same person:' },
    and: 'and',
    origins: {
      api: 'through the integration',
      app: '',
      widget: 'in the widget',
      merge: 'by a merge of records',
      undo: 'by undoing',
    } satisfies Record<DecisionEntry['origin'], string>,
    theAts: (ats: string) => ats,
    deletedRecord: 'a deleted record',
    closedAccount: 'a closed account',
    lifted: 'No longer in force',
    liftedBy: (name: string) => `lifted by ${name}`,
    undo: 'Undo',
    undoFor: (what: string) => `Undo: ${what}`,
  },
  unlinked: {
    failed: 'The records could not be loaded',
    searchLabel: 'Find a record',
    searchHint: 'Name, e-mail or record id',
    empty: 'Every record is linked',
    emptyFound: 'No record without a link fits this',
    why: 'Why no match',
    hide: 'Hide',
    find: 'Find this person',
    standing: {
      none: 'No profile in the directory fits this record well enough.',
      proposed: (count: number) =>
        count === 1
          ? 'One profile may be this person. It waits for review.'
          : `${wholeNumber(count)} profiles may be this person. They wait for review.`,
      proposedPlain: 'It may be somebody’s; a colleague who reviews matches can say.',
    },
    identifies: 'Identifies a person; no profile is known that has it and fits by name',
    withoutIdentifier:
      'Without an e-mail, phone number or profile address of its own a record is at best proposed, never linked by itself.',
    problem: (problem: NonNullable<IdentifierStanding['problem']>) => PROBLEMS[problem],
    toReview: 'Review it',
    page: (from: number, to: number, total: number) =>
      `${wholeNumber(from)}–${wholeNumber(to)} of ${wholeNumber(total)}`,
  },
  unlinkDialog: {
    title: 'Not the right profile?',
    text: (record: string, person: string) =>
      `${record} and ${person} will be unlinked. They are never matched again by themselves.`,
    reason: 'Why?',
    reasons: {
      'other-person': 'Another person of the same name',
      'shared-address': 'They share an e-mail or phone',
      'wrong-address': 'The record holds a wrong e-mail, phone or address',
      other: 'Something else',
    } satisfies Record<UnlinkReason, string>,
    note: 'Note for your colleagues',
    noteHint: 'Optional',
    cancel: 'Cancel',
    confirm: 'Unlink',
  },
  findRecord: {
    action: (ats: string) => `Find this person in ${ats}`,
    title: (ats: string) => `Find this person in ${ats}`,
    hint: 'Choose the record that is this person’s. It stays linked, whatever is synced later.',
    empty: 'No record fits this',
    failed: 'The records could not be loaded',
    linkedTo: (name: string) => `Linked with ${name}`,
    isLinked: 'Linked with this profile',
    link: 'Link',
    linkFor: (record: string) => `Link ${record}`,
    close: 'Close',
  },
  findPerson: {
    title: 'Find the right profile',
    hint: (record: string) => `Choose the profile of ${record}. The link stays, whatever is synced later.`,
    searchLabel: 'Find a profile',
    searchHint: 'Name, title or employer',
    empty: 'No profile fits this',
    failed: 'The profiles could not be loaded',
    link: 'Link',
    linkFor: (person: string) => `Link ${person}`,
  },
} as const;
