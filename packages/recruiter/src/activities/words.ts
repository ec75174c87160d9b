/** The words of notes, tags and the home feed; they load with them. See messages.ts. */

import type { NoteVisibility, ProfileField } from '@carrick/protocol/recruiter';
import { inLanguage } from '../language.ts';
import { locale, wholeNumber } from '../messages.ts';

const list = new Intl.ListFormat(locale, { type: 'conjunction' });

const FIELDS: Readonly<Record<ProfileField, string>> = {
  name: 'name',
  headline: 'headline',
  positions: 'experience',
  location: 'location',
  industry: 'industry',
  summary: 'summary',
  educations: 'education',
  skills: 'skills',
  recommendations: 'recommendations',
  websites: 'websites',
  picture: 'picture',
  openToWork: 'openness to work',
};

const en = {
  close: 'Close',
  cancel: 'Cancel',
  noteTitle: (name: string) => `Note on ${name}`,
  tagTitle: (name: string) => `Tag ${name}`,
  tagTitleMany: (count: number) => `Tag ${wholeNumber(count)} people`,
  note: 'Note',
  noteMissing: 'Write a note.',
  tooLong: (most: number) => `At most ${wholeNumber(most)} characters.`,
  visibility: 'Who may read it',
  visibilities: {
    CONTRACT: 'Everybody of the contract',
    PRIVATE: 'Only me',
  } satisfies Record<NoteVisibility, string>,
  save: 'Save note',
  saving: 'Saving…',
  saved: 'Note saved',
  deleted: 'Note deleted',
  tag: 'Tag',
  tagMissing: 'Write a tag.',
  addTag: 'Add tag',
  tagged: (tag: string) => `Tagged “${tag}”`,
  removeTag: (tag: string) => `Remove the tag ${tag}`,
  tagRemoved: (tag: string) => `The tag “${tag}” was removed`,
  notSaved: 'It was not saved.',
  shareTitle: (name: string) => `Share ${name} for review`,
  shareFailed: 'Your colleagues could not be loaded.',
  colleague: 'Colleague',
  chooseColleague: 'Choose a colleague',
  colleagueMissing: 'Choose a colleague.',
  noColleagues: 'Nobody else has a seat on your contract yet.',
  shareNote: 'What should your colleague look at? (optional)',
  shareHint:
    'Your colleague finds it under the bell. That it was shared, everybody of the contract sees; your words, only the two of you.',
  share: 'Share',
  sharing: 'Sharing…',
  shared: (name: string, colleague: string) => `${name} was shared with ${colleague}`,
  shareTakenBack: 'It is no longer shared',
  shares: (count: number) => `Shared for review (${wholeNumber(count)})`,
  sharedBy: (by: string | null, to: string | null) => `${by ?? 'You'} asked ${to ?? 'you'}`,
  takeBack: (to: string) => `Take back from ${to}`,
  tabFailed: 'Recruiting activities could not be loaded.',
  updateMe: 'Update me',
  updatesOn: 'You get updates',
  updateHint: 'Changes of this profile appear on your home page.',
  tags: 'Tags',
  noTags: 'No tags yet.',
  notes: (count: number) => `Notes (${wholeNumber(count)})`,
  noNotes: 'No notes yet. What you write here stays between you and your colleagues.',
  addNote: 'Add note',
  edit: 'Edit',
  remove: 'Delete',
  you: 'You',
  onlyMe: 'Only me',
  changed: 'changed',
  views: (count: number) => `Views (${wholeNumber(count)})`,
  noViews: 'Nobody of your contract has looked at this profile yet.',
  viewed: (by: string) => `${by} viewed this profile`,
  homeFailed: 'Home could not be loaded.',
  updates: 'Updates',
  noUpdates: 'Nothing new. Choose “Update me” on a profile, and its changes appear here.',
  updated: (fields: readonly ProfileField[]) =>
    `changed ${list.format(fields.map((field) => FIELDS[field]))}`,
  teamViews: 'Viewed by your team',
  noTeamViews: 'None of your colleagues looked at a profile in the last seven days.',
  viewedBy: (by: string) => `viewed by ${by}`,
} as const;

export const words = inLanguage('activities', en);
export type ActivityWords = typeof en;
