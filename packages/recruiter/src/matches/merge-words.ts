import { inLanguage } from '../language.ts';
import { wholeNumber } from '../messages.ts';

/** The words of saying that two records of an ATS are one person. */
const en = {
  action: 'Another record of this person?',
  actionFor: (record: string) => `Another record of this person? ${record}`,
  find: 'Which record is the same person?',
  findHint: (record: string) => `Choose the record that is the same person as ${record}.`,
  compare: 'Compare',
  compareWith: (record: string) => `Compare with ${record}`,
  title: 'These two records are one person',
  text: (ats: string) =>
    `What was decided about one record holds for the other from now on. In ${ats} nothing changes: merge the records there, too.`,
  caption: 'Both records, field by field',
  field: 'Field',
  same: 'Same',
  nothing: 'Nothing sent',
  fields: {
    name: 'Name',
    job: 'Title and employer',
    emails: 'E-mail',
    phones: 'Phone',
    profile: 'Profile address',
    addresses: 'Place',
    added: 'Added',
    applications: 'Applications',
    linked: 'Linked with',
  },
  unlinked: 'Nobody',
  stays: 'Stays',
  staysFor: (record: string) => `${record} stays`,
  moves: 'What moves',
  movesNothing: 'Nobody decided anything about the record that goes, so nothing moves.',
  movesLink: (person: string) => `Same person as ${person}`,
  movesPart: (person: string) => `Not the same person as ${person}`,
  closedAccount: 'a closed account',
  clash: (one: string, other: string) =>
    `One is linked by hand with ${one}, the other with ${other}. Neither link is shown until somebody decides in the queue.`,
  back: 'Choose another',
  confirm: 'One person',
  failed: 'The two records could not be compared',
  done: (from: string, into: string) => `${from} was merged into ${into}`,
  undone: 'Undone',
  undoFailed: 'It could not be undone. See “Merged” under Matches.',
  inTheWay: 'One of these records was merged before. Undo that merge first, under “Merged” in Matches.',
  list: {
    view: 'Merged',
    failed: 'The merges could not be loaded',
    empty: 'No records were merged',
    emptyHint:
      'Records of one person that somebody brought together stand here, with who, when and the way back.',
    into: 'is one person with',
    deleted: 'a deleted record',
    moved: (count: number) =>
      count === 0
        ? 'Nothing moved'
        : count === 1
          ? '1 decision moved'
          : `${wholeNumber(count)} decisions moved`,
    undone: 'Undone',
    undoneBy: (name: string) => `by ${name}`,
    undo: 'Undo',
    undoFor: (what: string) => `Undo: ${what}`,
  },
} as const;

export type MergeWords = typeof en;
export const words = inLanguage('merge', en);
