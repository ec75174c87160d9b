import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { checkCapture, databaseOf } from './capture/capture.ts';
import { capturedKinds, followCapture, mergeResults, recheckUnsettled } from './capture/follow-capture.ts';
import { machineTime } from './clock.ts';
import { checkColumns } from './columns.ts';
import { ConnectorError } from './connector-error.ts';
import { deleteVanished } from './delete-vanished.ts';
import type { LedgerEntry } from './ledger.ts';
import type { KindMapping, Mapping } from './mapping.ts';
import type { KindResult, PassTools } from './pass.ts';
import type { CandidatePerson } from './persons.ts';
import { settleTasks } from './post-jobs.ts';
import { readMatches } from './read-matches.ts';
import { COUNT_EVERY_MS } from './record-counts.ts';
import type { ReadOwnFile } from './resumes/resume.ts';
import { sendKind } from './send-kind.ts';
import type { DatabaseSource, Source } from './sources/source.ts';
import { ConnectorState } from './state.ts';
import { type Pause, pauseFor } from './wire-call.ts';
import { WireClient, type WireClientOptions } from './wire-client.ts';

export interface ConnectorOptions {
  readonly mapping: Mapping;
  readonly source: Source;
  readonly client: Pick<
    WireClientOptions,
    'baseUrl' | 'authUrl' | 'clientId' | 'clientSecret' | 'organization' | 'retryForMs'
  >;
  readonly stateDir: string;
  /** The content of the files that applications name as résumés, and the contract for whose recruiters they are. */
  readonly readFile?: ReadOwnFile;
  readonly contract?: string;
  /** Changes come from the triggers of `carrick capture`, kind by kind as the mapping says; a sweep a day stays, for what escapes them. */
  readonly capture?: boolean;
  /** Delete however much is gone from the ATS. */
  readonly confirmDeletes?: boolean;
  /** Ends waiting and, after the batch in hand, work. */
  readonly stopping?: AbortSignal;
  readonly report?: ConnectorReport;
  readonly now?: () => number;
  readonly pause?: Pause;
}

/** What the connector tells while it works; nothing here holds personal data. */
export interface ConnectorReport {
  progress?(kind: RecordKind, done: number, total: number, etaMs: number | null): void;
  warning?(message: string): void;
  passed?(summary: RunSummary): void;
}

export interface RunSummary {
  readonly kinds: Readonly<Partial<Record<RecordKind, KindResult>>>;
  /** Candidates whose stored person changed. */
  readonly matchesChanged: number;
  readonly matched: number;
  /** Records in the ledger. */
  readonly refused: number;
  /** Deletions that wait for a person's word. */
  readonly held: readonly string[];
}

type Mode = 'full' | 'since';

const POLL_MS = 2000;
const LONGEST_POLL_MS = 60_000;
const SWEEP_MS = 15_000;
/** Of a kind that is large, or whose changes are captured. */
const SWEEP_RARELY_MS = 24 * 3600_000;
const LARGE_ROWS = 50_000;

/** Keeps one ATS and one customer of the platform in step. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #state: ConnectorState;
  readonly #tools: PassTools;
  readonly #kinds: readonly KindMapping[];
  readonly #captured: ReadonlySet<RecordKind>;
  readonly #database: DatabaseSource | null;
  #withCursor: ReadonlySet<RecordKind> | null = null;
  #recheckAt = 0;

  /** @throws ConnectorError when the state belongs to another integration or another connector works with it. */
  constructor(options: ConnectorOptions) {
    const { mapping, source, client, stateDir, stopping, pause, now = machineTime } = options;
    const warn = (message: string) => options.report?.warning?.(message);
    this.#options = options;
    this.#kinds = RECORD_KINDS.flatMap((kind) => mapping.kinds.get(kind) ?? []);
    this.#captured = options.capture ? capturedKinds(mapping) : new Set();
    this.#database = options.capture ? databaseOf(source) : null;
    this.#state = ConnectorState.open(
      stateDir,
      `${mapping.name} → ${client.organization} at ${client.baseUrl}`,
    );
    this.#tools = {
      mapping,
      source,
      state: this.#state,
      readFile: options.readFile,
      contract: options.contract,
      client: new WireClient({
        ...client,
        now,
        onRetry: warn,
        ...(stopping && { stopping }),
        ...(pause && { pause }),
      }),
      now,
      warn,
    };
  }

  /** One full pass: everything that differs is sent, what is gone is deleted, all matches are read back. */
  runOnce(): Promise<RunSummary> {
    return this.#pass(() => 'full', 'all');
  }

  /** Runs until stopped: increments by cursor every two seconds, a sweep of each kind every 15 s (large kinds: nightly). */
  async run(): Promise<void> {
    const { stopping, pause = pauseFor } = this.#options;
    let failures = 0;
    let lastWarning = '';
    const warn = (message: string) => {
      if (message !== '' && message !== lastWarning) this.#tools.warn(message);
      lastWarning = message;
    };
    while (!stopping?.aborted) {
      try {
        const due = new Set(this.#kinds.map(({ kind }) => kind).filter((kind) => this.#isSweepDue(kind)));
        const isRecheckDue = this.#database !== null && this.#tools.now() >= this.#recheckAt;
        if (isRecheckDue) this.#recheckAt = this.#tools.now() + SWEEP_MS;
        const { held } = await this.#pass(
          (kind) => (due.has(kind) ? 'full' : 'since'),
          due.size > 0 || isRecheckDue ? 'rolling' : 'sent',
        );
        if (due.size > 0) warn(held.join('\n'));
        failures = 0;
      } catch (error) {
        if (stopping?.aborted) return;
        // A refused secret or a broken SELECT does not mend itself within a pass, but may before the next one.
        if (!(error instanceof ConnectorError)) throw error;
        warn(error.message);
        failures++;
      }
      await pause(Math.min(POLL_MS * 2 ** failures, LONGEST_POLL_MS), stopping).catch((reason: unknown) => {
        if (!stopping?.aborted) throw reason;
      });
    }
  }

  async #pass(modeOf: (kind: RecordKind) => Mode, extent: 'sent' | 'rolling' | 'all'): Promise<RunSummary> {
    this.#withCursor ??= await this.#checkMapping();
    const withCursor = this.#withCursor;
    const kinds: Partial<Record<RecordKind, KindResult>> = {};
    const swept: KindMapping[] = [];
    for (const kind of this.#kinds) {
      const mode = modeOf(kind.kind);
      if (mode === 'since' && (this.#captured.has(kind.kind) || !withCursor.has(kind.kind))) continue;
      const onProgress = mode === 'full' ? await this.#progressOf(kind) : undefined;
      const result = await sendKind(this.#tools, kind, mode, onProgress);
      if (kind.kind === 'job') await settleTasks(this.#tools, result);
      kinds[kind.kind] = result;
      if (mode === 'full') swept.push(kind);
    }
    const held: string[] = [];
    // Children before their parents, so that a parent's cascade never meets a child we still count.
    for (const { kind } of swept.toReversed()) {
      const result = kinds[kind];
      if (!result) continue;
      const reason = await deleteVanished(this.#tools, kind, result, this.#options.confirmDeletes ?? false);
      if (reason !== null) held.push(reason);
      result.acknowledged = this.#state.counts(kind).acknowledged;
      this.#state.saveSweep(kind, { at: this.#tools.now(), rows: result.source });
    }
    if (this.#database) {
      mergeResults(kinds, await followCapture(this.#tools, this.#database));
      if (extent !== 'sent') mergeResults(kinds, await recheckUnsettled(this.#tools, this.#database));
    }
    const matchesChanged = this.#tools.mapping.kinds.has('candidate')
      ? await readMatches(this.#tools, extent)
      : 0;
    await this.#tellCounts();
    const summary: RunSummary = {
      kinds,
      matchesChanged,
      matched: this.#state.persons.count(),
      refused: this.#state.ledger.count(),
      held,
    };
    this.#options.report?.passed?.(summary);
    return summary;
  }

  /** When all kinds have been read, and then once a day. */
  async #tellCounts(): Promise<void> {
    const counted = this.#kinds.map(({ kind }) => this.#state.yearCounts(kind));
    const toldAt = this.#state.setting('counts-told-at');
    const now = this.#tools.now();
    if (counted.includes(null) || (toldAt !== null && now - Number(toldAt) < COUNT_EVERY_MS)) return;
    await this.#tools.client.putRecordCounts(counted.flatMap((counts) => counts ?? []));
    this.#state.setSetting('counts-told-at', String(now));
  }

  /** Before the first row is read. Returns the kinds that have a cursor. */
  async #checkMapping(): Promise<ReadonlySet<RecordKind>> {
    const { source, warn, mapping } = this.#tools;
    if (this.#database) await checkCapture(this.#database, mapping);
    const withCursor = new Set<RecordKind>();
    for (const kind of this.#kinds) {
      const { unknown, hasCursor } = checkColumns(kind, await source.columns(kind.select));
      if (hasCursor) withCursor.add(kind.kind);
      for (const name of unknown) warn(unknownColumn(kind.kind, name));
    }
    return withCursor;
  }

  #isSweepDue(kind: RecordKind): boolean {
    // Whether an access rule vanished together with its job is known only when both are read.
    const paced = kind === 'entityAcl' && this.#tools.mapping.kinds.has('job') ? 'job' : kind;
    const last = this.#state.lastSweep(paced);
    if (last === null || this.#state.held(kind)?.isConfirmed) return true;
    const isRare = last.rows >= LARGE_ROWS || this.#captured.has(kind);
    const sweepMs = isRare ? SWEEP_RARELY_MS : (this.#tools.source.pace?.sweepMs ?? SWEEP_MS);
    return this.#tools.now() - last.at >= sweepMs;
  }

  /** Counting costs the ATS another reading, so it is done only while nothing better is known. */
  async #progressOf({ kind, select }: KindMapping): Promise<(done: number) => void> {
    const { report } = this.#options;
    if (!report?.progress) return () => {};
    const total = this.#state.lastSweep(kind)?.rows ?? (await this.#tools.source.count(select));
    const startedAt = this.#tools.now();
    return (done) => {
      const spent = this.#tools.now() - startedAt;
      const etaMs = done > 0 && spent > 1000 ? (spent / done) * Math.max(total - done, 0) : null;
      report.progress?.(kind, done, total, etaMs);
    };
  }

  ledger(): LedgerEntry[] {
    return this.#state.ledger.all();
  }

  /** Candidate id → person URN, as last read back. */
  persons(): CandidatePerson[] {
    return this.#state.persons.all();
  }

  close(): void {
    this.#state.close();
  }
}

export const unknownColumn = (kind: RecordKind, name: string) =>
  `Mapping: kinds.${kind} returns a column "${name}" that is no field of the kind; it is not sent.`;
