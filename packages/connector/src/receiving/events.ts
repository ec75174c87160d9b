import type { Customer } from '../customers/customer.ts';

/** A person whom a recruiter sent to a job of the ATS. */
export interface ExportedCandidate {
  /** The notification; the same export may be handed over again after a crash, and has the same id. */
  readonly exportId: string;
  readonly person: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly profileUrl: string | null;
  readonly headline: string | null;
  readonly location: string | null;
  readonly currentEmployers: readonly string[];
  readonly emailAddresses: readonly string[];
  /** The ATS's job that the recruiter chose. */
  readonly jobId: string | null;
  /** The candidate that is this person already: attach to it instead of making another. */
  readonly knownCandidateId: string | null;
  /** All that the platform sent. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A message of a recruiter to a member, or the answer. */
export interface ConversationEvent {
  readonly id: string;
  readonly type: string;
  readonly conversation: string | null;
  readonly author: string | null;
  readonly recipients: readonly string[];
  readonly createdAt: number;
  readonly subject: string | null;
  readonly body: string | null;
  /** Candidates of the ATS who are the author or a recipient. */
  readonly candidateIds: readonly string[];
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What a member who answered let the ATS have. */
export interface MailStub {
  readonly person: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly profileUrl: string | null;
  readonly emailAddresses: readonly string[];
  readonly phoneNumbers: readonly string[];
  readonly currentTitle: string | null;
  readonly currentCompany: string | null;
  readonly location: string | null;
  readonly candidateIds: readonly string[];
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A note that a recruiter wrote about a person; `isDeleted`: delete the copy. */
export interface ProspectNote {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly person: string | null;
  readonly text: string | null;
  readonly modifiedAt: number;
  readonly candidateIds: readonly string[];
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface ClosedProfile {
  readonly person: string;
  readonly closedAt: number | null;
  /** Candidates tied to the person: the customer decides whether to delete them. */
  readonly candidateIds: readonly string[];
}

/**
 * What the ATS does with what comes back. Each is awaited; one that throws is called again later with the same thing, so it
 * must bear being called twice. What has no handler is not fetched.
 */
export interface Handlers {
  /** A candidate's member as it is now; null: nobody. */
  matched?(customer: Customer, candidateId: string, person: string | null): Promise<void> | void;
  /** Makes the candidate (or attaches to `knownCandidateId`) and puts it on the job; returns the candidate's id, recorded by then. */
  exported?(customer: Customer, candidate: ExportedCandidate): Promise<string> | string;
  message?(customer: Customer, event: ConversationEvent): Promise<void> | void;
  stub?(customer: Customer, stub: MailStub): Promise<void> | void;
  /** A member took back the contact data that a stub held: delete it. */
  contactWithdrawn?(customer: Customer, stub: MailStub): Promise<void> | void;
  note?(customer: Customer, note: ProspectNote): Promise<void> | void;
  profileClosed?(customer: Customer, profile: ClosedProfile): Promise<void> | void;
  /** Everything the customer asked for is switched on; its history follows. */
  enabled?(customer: Customer): Promise<void> | void;
}
