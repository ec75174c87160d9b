import { setTimeout as sleep } from 'node:timers/promises';
import { RECORD_KINDS, type RecordKind, validateRecord } from '@carrick/protocol';
import { ConnectorError } from './connector-error.ts';
import type { KindMapping, Mapping } from './mapping.ts';
import { deleteVanished, type PassResult, type PassTools, readMatches, sendKind } from './pass.ts';
import { rowShaper } from './shape-row.ts';
import type { Source } from './sources/source.ts';
import { ConnectorState, type LedgerEntry } from './state.ts';
import { WireClient, type WireClientOptions } from './wire-client.ts';

export interface ConnectorOptions {
  readonly mapping: Mapping;
  readonly source: Source;
  readonly client: Omit<WireClientOptions, 'onRetry'>;
  readonly stateDir: string;
  readonly confirmDeletes?: boolean;
  readonly now?: () => number;
  readonly report?: ConnectorReport;
}

/** What the connector tells while it works; nothing here holds personal data. */
export interface ConnectorReport {
  progress?(kind: RecordKind, done: number, total: number, etaMs: number | null): void;
  warning?(message: string): void;
  passed?(summary: RunSummary): void;
}

export interface RunSummary {
  readonly kinds: Readonly<Partial<Record<RecordKind, PassResult>>>;
  /** Candidates whose stored person changed. */
  readonly matchesChanged: number;
  readonly matched: number;
  /** Deletions held back until confirmed, and other things a person must look at. */
  readonly held: readonly string[];
}

export interface DryRunSummary {
  readonly kinds: Readonly<
    Partial<
      Record<
        RecordKind,
        { source: number; valid: number; refused: number; reasons: Readonly<Record<string, number>> }
      >
    >
  >;
}

const POLL_MS = 2000;
const SWEEP_MS = 15_000;
const SWEEP_LARGE_MS = 24 * 3600_000;
const LARGE_ROWS = 50_000;

/** Keeps one ATS and one customer of the platform in step. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #state: ConnectorState;
  readonly #tools: PassTools;
  readonly #now: () => number;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    const { baseUrl, organization } = options.client;
    this.#state = new ConnectorState(
      options.stateDir,
      `${options.mapping.name} → ${organization} at ${baseUrl}`,
    );
    const client = new WireClient({
      ...options.client,
      now: this.#now,
      onRetry: (message) => options.report?.warning?.(message),
    });
    this.#tools = {
      mapping: options.mapping,
      source: options.source,
      state: this.#state,
      client,
      now: this.#now,
    };
  }

  /** One full pass: everything that differs is sent, what is gone is deleted, matches are read back. */
  async runOnce(): Promise<RunSummary> {
    const pass = this.#nextPass();
    const kinds: Partial<Record<RecordKind, PassResult>> = {};
    const held: string[] = [];
    for (const kind of this.#kinds()) {
      const total = await this.#tools.source.count(kind.select);
      kinds[kind.kind] = await sendKind(
        { ...this.#tools, onProgress: this.#progress(total) },
        kind,
        pass,
        'full',
      );
    }
    // Children before their parents, so that a parent's cascade never meets a child we still count.
    for (const kind of this.#kinds().reverse()) {
      const result = kinds[kind.kind];
      try {
        if (result)
          result.deleted = await deleteVanished(
            this.#tools,
            kind.kind,
            pass,
            this.#options.confirmDeletes ?? false,
          );
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        held.push(error.message);
      }
    }
    const matchesChanged = await readMatches(this.#tools);
    const summary = { kinds, matchesChanged, matched: this.#state.persons().length, held };
    this.#options.report?.passed?.(summary);
    return summary;
  }

  /** Runs until aborted: increments by cursor every two seconds, a full pass every 15 s (large tables: nightly). */
  async run(signal: AbortSignal): Promise<void> {
    let sweptAt = Number.NEGATIVE_INFINITY;
    let sweepMs = SWEEP_MS;
    while (!signal.aborted) {
      try {
        if (this.#now() - sweptAt >= sweepMs) {
          const { kinds } = await this.runOnce();
          sweptAt = this.#now();
          sweepMs = Object.values(kinds).some(({ source }) => source >= LARGE_ROWS)
            ? SWEEP_LARGE_MS
            : SWEEP_MS;
        } else if (await this.#increment()) await readMatches(this.#tools);
      } catch (error) {
        // A refused secret or a broken SELECT does not mend itself within a pass, but may before the next one.
        if (!(error instanceof ConnectorError)) throw error;
        this.#options.report?.warning?.(error.message);
      }
      await sleep(POLL_MS, undefined, { signal }).catch((reason: unknown) => {
        if (!signal.aborted) throw reason;
      });
    }
  }

  async #increment(): Promise<boolean> {
    const pass = Number(this.#state.setting('pass') ?? 0);
    let hasSentCandidates = false;
    for (const kind of this.#kinds()) {
      const { sent } = await sendKind(this.#tools, kind, pass, 'since');
      if (kind.kind === 'candidate' && sent > 0) hasSentCandidates = true;
    }
    return hasSentCandidates;
  }

  ledger(): LedgerEntry[] {
    return this.#state.ledger();
  }

  /** Candidate id → person URN, as last read back. */
  persons(): { candidateId: string; person: string }[] {
    return this.#state.persons();
  }

  close(): void {
    this.#state.close();
  }

  /** In the order in which nothing is shown before its access rule is known. */
  #kinds(): KindMapping[] {
    return RECORD_KINDS.flatMap((kind) => this.#options.mapping.kinds.get(kind) ?? []);
  }

  #nextPass(): number {
    const pass = Number(this.#state.setting('pass') ?? 0) + 1;
    this.#state.setSetting('pass', String(pass));
    return pass;
  }

  #progress(total: number): (kind: RecordKind, done: number) => void {
    const startedAt = this.#now();
    return (kind, done) => {
      const spent = this.#now() - startedAt;
      const etaMs = done > 0 && spent > 1000 ? (spent / done) * Math.max(total - done, 0) : null;
      this.#options.report?.progress?.(kind, done, total, etaMs);
    };
  }
}

/** Reads and checks everything, sends and remembers nothing. */
export async function dryRun(mapping: Mapping, source: Source): Promise<DryRunSummary> {
  const kinds: DryRunSummary['kinds'] = {};
  for (const kind of RECORD_KINDS) {
    const kindMapping = mapping.kinds.get(kind);
    if (!kindMapping) continue;
    const shape = rowShaper(mapping, kindMapping);
    const reasons = new Map<string, number>();
    let count = 0;
    let refused = 0;
    for await (const raw of source.all(kindMapping.select)) {
      const row = shape(raw);
      count++;
      const checked = validateRecord(
        kind,
        kind === 'job'
          ? { ...row.record, externalJobPostingId: row.id, integrationContext: 'urn:li:organization:0' }
          : row.record,
      );
      const reason = row.problem ?? (checked.ok ? null : checked.message.trim());
      if (reason === null) continue;
      refused++;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    Object.assign(kinds, {
      [kind]: { source: count, valid: count - refused, refused, reasons: Object.fromEntries(reasons) },
    });
  }
  return { kinds };
}
