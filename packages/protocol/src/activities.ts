/** The app API about what recruiters note of people: notes, tags, followed profiles, views, the home feed. */

export const NOTE_VISIBILITIES = ['CONTRACT', 'PRIVATE'] as const;
/** Everybody of the contract, or its author alone. */
export type NoteVisibility = (typeof NOTE_VISIBILITIES)[number];

export const NOTE_LIMITS = { body: 10_000, share: 1_000, tag: 60, tagsOfPerson: 50 } as const;

export interface RecruiterNote {
  readonly no: number;
  readonly body: string;
  readonly visibility: NoteVisibility;
  readonly author: string;
  readonly isOwn: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface PersonTag {
  readonly tag: string;
  readonly by: string;
  readonly addedAt: number;
}

export interface ProfileView {
  readonly by: string;
  readonly isOwn: boolean;
  readonly at: number;
}

/** A person whom one recruiter asked another to look at. */
export interface PersonShare {
  readonly no: number;
  readonly by: string;
  readonly to: string;
  /** What was written with it: for the two of them only, else null. */
  readonly note: string | null;
  readonly isOwn: boolean;
  readonly isForMe: boolean;
  readonly at: number;
}

/** `POST /app/api/activities/{person id}/shares`; `…/shares/{no}/delete` takes it back. */
export interface ShareRequest {
  readonly seatId: number;
  readonly note: string;
}

/** `GET /app/api/activities/{person id}`. Notes, shares and views are newest first, tags by name. */
export interface PersonActivities {
  readonly notes: readonly RecruiterNote[];
  readonly tags: readonly PersonTag[];
  readonly views: readonly ProfileView[];
  readonly shares: readonly PersonShare[];
  /** With whom the viewer may share: the other seats of the contract, by name. */
  readonly colleagues: readonly { readonly seatId: number; readonly name: string }[];
  /** "Update me" is on. */
  readonly isFollowed: boolean;
  /** Tags that the contract uses, to choose from. */
  readonly knownTags: readonly string[];
  readonly answeredAt: number;
}

/** `POST /app/api/activities/{person id}/notes`, and `…/notes/{no}` for a change. */
export interface NoteRequest {
  readonly body: string;
  readonly visibility: NoteVisibility;
}

export const PROFILE_FIELDS = [
  'name',
  'headline',
  'positions',
  'location',
  'industry',
  'summary',
  'educations',
  'skills',
  'recommendations',
  'websites',
  'picture',
  'openToWork',
] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

export interface FeedPerson {
  readonly id: string;
  readonly name: string;
  readonly headline: string | null;
  readonly pictureUrl: string | null;
}

/** `GET /app/api/home`. Newest first. */
export interface HomeAnswer {
  /** What people changed whom the viewer follows. */
  readonly updates: readonly {
    readonly no: number;
    readonly person: FeedPerson;
    readonly fields: readonly ProfileField[];
    readonly at: number;
  }[];
  /** Whom colleagues looked at in the last days, and when last. */
  readonly views: readonly { readonly person: FeedPerson; readonly by: string; readonly at: number }[];
  readonly answeredAt: number;
}
