import type { ErasureItem, ErasureItemState } from '@carrick/protocol/erasures';
import { inLanguage } from '../language.ts';
import { wholeNumber } from '../messages.ts';

const en = {
  places: {
    candidate: 'candidate record',
    candidate_note: 'notes on the candidate',
    candidate_key: 'identifier keys',
    automatic_match: 'automatic links',
    match_document: 'entry in the search',
    match_event: 'history of links',
    match_decision: 'decisions about links',
    match_proposal: 'possible matches',
    candidate_merge: 'merged records',
    api_request: 'logged requests',
    outbox: 'mails that wait',
    mailbox_message: 'mails in the built-in mailbox',
    application: 'applications',
    application_note: 'notes on applications',
    interview_feedback: 'interview feedback',
    stage: 'stages',
    attachment: 'attachments',
    media: 'files',
    media_chunk: 'contents of files',
    applicant: 'past applications by person',
    seat: 'seat',
    session: 'sessions',
    message_draft: 'drafts',
    message_template: 'templates',
    recruiter_note: 'private notes',
    project: 'private projects',
    member: 'directory entry of the seat',
  },
  who: 'Whose data?',
  whoHint: 'The candidate’s id in the ATS, or the e-mail address of a candidate or of a seat, in full.',
  look: 'Look up',
  nobody: 'Nothing is stored under this id or address.',
  candidateOf: (ats: string, id: string) => `Candidate in ${ats}, ${id}`,
  seat: 'Seat of your contract',
  ownSeat: 'Your own seat: another administrator has to erase it.',
  ask: 'Count what would go',
  askFor: (name: string) => `Count what would go: ${name}`,
  asked: 'Counted. Nothing is erased yet.',
  title: (name: string) => `Erase ${name}?`,
  text: 'This cannot be undone. The ATS keeps its own record: have it deleted there too, or the next sync brings it back.',
  counts: 'What goes',
  count: (place: string, rows: number) => `${place}: ${wholeNumber(rows)}`,
  also: (places: readonly string[]) => `And whatever you may not see of: ${places.join(', ')}.`,
  sure: 'I have checked that this is the right person.',
  confirm: 'Erase for good',
  cancel: 'Cancel',
  close: 'Close',
  confirmed: 'The erasure is under way.',
  list: 'Requests',
  none: 'Nobody has asked yet.',
  kinds: {
    candidate: 'Candidate',
    seat: 'Seat',
    contract: 'Contract',
  } satisfies Record<ErasureItem['kind'], string>,
  states: {
    asked: 'Not confirmed',
    confirmed: 'Under way',
    erased: 'Erased',
    proved: 'Erased, files rewritten',
    failed: 'Failed',
  } satisfies Record<ErasureItemState, string>,
  meta: (by: string | null, when: string) => `Asked for by ${by ?? 'the operator'}, ${when}`,
  certificate: 'Certificate',
  certificateOf: (when: string) => `Certificate of the erasure of ${when}`,
  found: 'Found',
} as const;

export const words = inLanguage('erasure', en);
export type ErasureWords = typeof en;

/** A table, as it is called on the screen. */
export function placeName(place: string): string {
  const places: Readonly<Record<string, string>> = words.places;
  return places[place] ?? place.replaceAll('_', ' ');
}
