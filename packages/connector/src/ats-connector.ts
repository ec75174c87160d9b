import type { RecordKind } from '@carrick/protocol';
import type {
  AtsUser,
  Customer,
  IntegrationTriple,
  NewCustomer,
  PlatformAddress,
  SeatSuggestion,
} from './customers/customer.ts';
import type { Handlers } from './receiving/events.ts';
import type { ReadFile } from './resumes/resume.ts';
import type { ChangeKeys, History, RecordFor } from './sending/change.ts';
import type { HistoryCheck } from './sending/check-history.ts';
import type { HistoryPlan, HistorySize } from './sending/plan.ts';
import type { QuarantinedRecord } from './sending/quarantine.ts';
import type { Store } from './store/store.ts';

export interface ConnectorConfig<Tx = unknown> {
  readonly platform: PlatformAddress;
  /** The ATS vendor's own application: with it each customer gets an application of its own. */
  readonly partner?: { readonly clientId: string; readonly clientSecret: string };
  /** The vendor's name; shown to customers as `{ats} - {customer}`. */
  readonly atsName: string;
  readonly store: Store<Tx>;
  /** 32 bytes as 64 hexadecimal digits; customers' secrets are stored encrypted under it. */
  readonly secretsKey: string;
  /** Where `receiver()` is reached from outside; a customer's own address is this with the customer's id behind it. */
  readonly callbackUrl?: string;
  /** All that the ATS holds of a customer: read when the customer is switched on. */
  readonly history?: (customer: Customer) => History | Promise<History>;
  /** The content of the files that records name: `filesBelow(folder)`, or a function that fetches them. */
  readonly readFile?: ReadFile;
  readonly on?: Handlers;
  /** What an operator should know. No secrets, no personal data. */
  readonly log?: (entry: LogEntry) => void;
  readonly clock?: ConnectorClock;
  /** Calls to the platform at the same time, over all customers. */
  readonly concurrency?: number;
  /** False: the platform is known to hold nobody to a quota (a sandbox), and calls go out as fast as it answers. */
  readonly isPaced?: boolean;
  /** How often messages, stubs, notes and closed profiles are asked for. Usual: 30 minutes. */
  readonly pollEveryMs?: number;
  /** How far back the first asking goes. Usual: 30 days. */
  readonly readBackMs?: number;
  /** Deletions of more than `share` of a kind and more than `rows` within an hour wait for `confirmDeletes`. Usual: 5 %, 50 rows. */
  readonly massDelete?: { readonly share: number; readonly rows: number };
}

export interface LogEntry {
  readonly level: 'info' | 'warn';
  readonly customerId: string | null;
  readonly message: string;
}

/** Time as the connector sees it, in epoch milliseconds. `pause` rejects when the signal ends the waiting. */
export interface ConnectorClock {
  now(): number;
  pause(ms: number, stopping?: AbortSignal): Promise<unknown>;
}

/** What one round did. */
export interface RoundSummary {
  readonly sent: number;
  readonly deleted: number;
  /** Records that went into quarantine. */
  readonly quarantined: number;
  /** Changes that still wait. */
  readonly waiting: number;
  /** Customers whose platform could not be worked with; they are tried again later. */
  readonly failing: readonly { readonly customerId: string; readonly reason: string }[];
}

/** How far a customer's history is. */
export interface HistoryProgress {
  readonly kind: RecordKind;
  readonly done: number;
  /** Records of the kind that were refused and stand in quarantine. */
  readonly refused: number;
  readonly startedAt: number;
  /** Null while it is not known how much there is. */
  readonly etaMs: number | null;
}

export interface HistorySummary {
  readonly kinds: Readonly<
    Partial<Record<RecordKind, { sent: number; unchanged: number; refused: number; deleted: number }>>
  >;
}

/** One precondition. `remedy` says what to do when it does not hold. */
export interface DoctorFinding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy: string | null;
}

export interface Customers {
  /** Stores the customer; with a partner application it is given credentials on the platform. Asking twice is asking once. */
  add(customer: NewCustomer): Promise<Customer>;
  get(customerId: string): Promise<Customer | null>;
  list(): Promise<Customer[]>;
  /** What the onboarding widget's callback handed over. The rest of onboarding happens in the rounds that follow. */
  onboarded(customerId: string, integrations: readonly IntegrationTriple[]): Promise<Customer>;
  /** Nothing is sent or fetched; what the ATS records meanwhile waits. */
  pause(customerId: string): Promise<void>;
  resume(customerId: string): Promise<void>;
  /** A new client secret, from the platform or as given; signatures under the old one are taken until it ends. */
  rotateSecret(customerId: string, newSecret?: string): Promise<void>;
  /** Forgets the customer with everything that waits. What the platform holds stays there. */
  remove(customerId: string): Promise<void>;
  /** Which seat each ATS user probably has, by address: for a person to confirm. */
  suggestSeats(customerId: string, users: readonly AtsUser[]): Promise<SeatSuggestion[]>;
  /** The user is this person; null: nobody. The access lists with the user follow at once. */
  bindUser(customerId: string, userId: string, person: string | null): Promise<void>;
}

/** One connector serves all customers of an ATS. Several processes may record; one runs. */
export interface AtsConnector<Tx = unknown> {
  readonly customers: Customers;
  /**
   * Puts a record into the outbox, in the ATS's own transaction: call it after the statement that changes the row. Null: the
   * record is gone. A job that is gone is closed.
   */
  record<K extends RecordKind>(
    tx: Tx,
    customerId: string,
    kind: K,
    key: ChangeKeys[K],
    record: RecordFor<K> | null,
  ): Promise<void>;
  /**
   * Two candidates are one: `loser` is deleted and a person tied to it by hand is tied to `survivor`. Before it, record what
   * moves: the survivor, the applications (now with its id) and the notes.
   */
  mergeCandidates(tx: Tx, customerId: string, merge: { survivor: string; loser: string }): Promise<void>;
  /** Answers what the platform sends to the callback addresses. Hand it the request as it came, body unread. */
  receiver(): (request: Request) => Promise<Response>;
  /** Everything that is due now, for every customer. */
  runOnce(): Promise<RoundSummary>;
  /** Rounds until stopped; stops after the calls in hand. */
  run(options: { readonly stopping: AbortSignal }): Promise<void>;
  /** Sends a history now; what was sent and is unchanged is passed over, so it may be broken off and begun again. */
  backfill(
    customerId: string,
    history: History,
    onProgress?: (progress: HistoryProgress) => void,
  ): Promise<HistorySummary>;
  /** As `backfill`, and what the platform holds but `history` does not is deleted, kind by kind. */
  reconcile(
    customerId: string,
    history: History,
    onProgress?: (progress: HistoryProgress) => void,
  ): Promise<HistorySummary>;
  /** How long a history will take, and what holds it up. */
  plan(size: HistorySize): HistoryPlan;
  /** Reads and checks a history as it would be sent, and sends nothing. */
  dryRun(history: History): Promise<HistoryCheck>;
  /** Each precondition of a customer, whether it holds, and what to do. */
  doctor(customerId: string): Promise<DoctorFinding[]>;
  readonly quarantine: {
    list(customerId: string): Promise<QuarantinedRecord[]>;
    /** Tries records again unchanged; returns how many. Without `kind`: all. */
    retry(customerId: string, kind?: RecordKind): Promise<number>;
  };
  /** Deletions that wait because they are too many at once. */
  heldDeletions(customerId: string): Promise<{ readonly kind: RecordKind; readonly rows: number }[]>;
  /** Lets those deletions go that wait now. */
  confirmDeletes(customerId: string, kind: RecordKind): Promise<void>;
  /** The person of each matched candidate, as last read. */
  personOf(customerId: string, candidateId: string): Promise<string | null>;
  close(): Promise<void>;
}
