/**
 * What happened to a seat's work, for the bell, and what is worth doing, for the home page. Both are read from what is stored
 * anyway, under the viewer's condition; of notices nothing is kept but until when each seat has seen them.
 */

/** Matches that wait are counted up to one more than this: then there are "99+". */
export const MOST_WAITING = 99;

interface NoticePerson {
  readonly id: string;
  readonly name: string;
}

export type Notice = { readonly at: number } & (
  | {
      readonly kind: 'export-complete' | 'export-failed';
      readonly person: NoticePerson;
      readonly job: string;
    }
  | { readonly kind: 'reply'; readonly person: NoticePerson; readonly conversationId: string }
  /** A colleague asks for a look. `note` may be empty. */
  | { readonly kind: 'shared'; readonly person: NoticePerson; readonly by: string; readonly note: string }
  /** Records that wait for somebody to say who is who, up to MOST_WAITING + 1; `at`: when the newest came. */
  | { readonly kind: 'matches'; readonly count: number }
  /** For administrators: what somebody else switched or asked for. */
  | {
      readonly kind: 'integration';
      readonly action: NoticedAction;
      readonly ats: string;
      readonly by: string;
    }
);
/** Of the audit log. */
export const NOTICED_ACTIONS = [
  'integration-requested',
  'integration-on',
  'integration-off',
  'integration-removed',
] as const;
export type NoticedAction = (typeof NOTICED_ACTIONS)[number];

/** `GET /app/api/notices` → the newest first, of the last 30 days, at most 50. `POST` with `{seenUntil}` → 204: up to there all are read. */
export interface NoticesAnswer {
  readonly notices: readonly Notice[];
  readonly seenUntil: number;
  /** Later than `seenUntil`. */
  readonly unread: number;
  readonly answeredAt: number;
}

/** `GET /app/api/worth-doing` */
export interface WorthDoing {
  /** The newest open ones that the viewer may see. */
  readonly openJobs: readonly { readonly atsNo: number; readonly id: string; readonly title: string }[];
  /** Records that wait for review, up to MOST_WAITING + 1; null for whom it is not. */
  readonly matches: number | null;
  /** Answers that the viewer has not read. */
  readonly answers: number;
  /** The viewer's own of the last seven days. */
  readonly exports: { readonly complete: number; readonly failed: number };
  readonly answeredAt: number;
}
