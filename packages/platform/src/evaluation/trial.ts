import { keyIdentity } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { type MatchingHooks, PROPOSE_LANE, REMATCH_LANE } from '../matching/index.ts';
import { type ImportSummary, importMembers, type MemberHook, readValues } from '../members/index.ts';
import { type AtsScope, applyChecked, type Outcome, type RecordStore } from '../records/index.ts';
import { checkCandidateLine, type TrialCandidate } from './candidate-line.ts';

/** What the engine made of one candidate. Members by the ids of their file. */
export interface TrialDecision {
  readonly candidate: string;
  readonly decision: 'AUTO' | 'REVIEW' | 'NONE';
  /** AUTO: who is linked; REVIEW: who is proposed first. */
  readonly member: string | null;
  /** The member of the highest weight whatever the rules say. */
  readonly best: string | null;
  /** Of `best`: bits for and against, and the share of such pairs that is right; null where no key leads to anybody. */
  readonly weight: number | null;
  readonly probability: number | null;
  readonly reasons: readonly string[];
}

export interface LineRefused {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

interface Watching {
  readonly onRefused: (refused: LineRefused) => void;
  /** Lines read so far. */
  readonly onProgress: (read: number) => void;
}

export interface CandidateSummary {
  readonly read: number;
  readonly refused: number;
  /** Lines whose id came again later: the later one holds. */
  readonly replaced: number;
}

/** Members against candidates, decided by the engine as it runs; in a database that holds nothing else. */
export interface MatchTrial {
  importMembers(input: AsyncIterable<Uint8Array>, watching: Watching): Promise<ImportSummary>;
  /** Behind the members. */
  putCandidates(input: AsyncIterable<Uint8Array>, watching: Watching): Promise<CandidateSummary>;
  /** Until nothing is left to be decided anew or to be proposed. */
  settle(onProgress: (open: number) => void): Promise<void>;
  /** In the order of the candidates' file. */
  decisions(): AsyncGenerator<TrialDecision>;
  /** Of the decisions so far, those where what is stored is not what would be decided now: none, or the engine has a fault. */
  unsettled(): number;
}

/** Of a deployment whose database holds nothing else. */
export interface TrialParts {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly records: RecordStore;
  readonly memberHooks: readonly MemberHook[];
  readonly matching: MatchingHooks;
}

const BATCH = 100;
const BATCHES_IN_FLIGHT = 4;
const PAGE = 200;
const PAGES_IN_FLIGHT = 2;
const SHOWN_EVERY_MS = 1_000;

/** The deployment's workers must not have been started: the trial works its lanes off itself. */
export function openTrial(parts: TrialParts, scope: AtsScope): MatchTrial {
  const { ctx, outbox, records, memberHooks, matching } = parts;
  const memberIds = new Map<number, string>();
  const candidateIds = new Set<string>();
  let unsettled = 0;
  matching.work();

  async function put(batch: readonly TrialCandidate[]): Promise<void> {
    const valid = new Map(batch.map(({ id, record }) => [keyIdentity([id]), { key: [id], record }]));
    const outcomes = new Map<string, Outcome>();
    await applyChecked(records, scope, 'candidate', 'upsert', [...valid], outcomes);
    for (const [identity, outcome] of outcomes)
      if (outcome.status !== 204) throw new Error(`candidate ${identity} was not stored: ${outcome.status}`);
  }

  async function page(ids: readonly string[]): Promise<TrialDecision[]> {
    const looks = await ctx.db.transaction(scope.tenantId, (tx) => matching.look(tx, scope, ids));
    const byId = new Map(looks.map((look) => [look.candidate.id, look]));
    const nameOf = (memberId: number | null) =>
      memberId === null ? null : (memberIds.get(memberId) ?? null);
    return ids.flatMap((candidate) => {
      const look = byId.get(candidate);
      if (!look) return [];
      const { decision, linked } = look;
      const { best } = decision;
      if (linked !== (decision.outcome === 'AUTO' ? decision.memberId : null)) unsettled++;
      const proposed = decision.outcome === 'REVIEW' ? (decision.proposals[0]?.memberId ?? null) : null;
      return {
        candidate,
        // What is stored counts, not what would be decided now.
        decision: linked !== null ? 'AUTO' : decision.outcome === 'AUTO' ? 'NONE' : decision.outcome,
        member: nameOf(linked ?? proposed),
        best: nameOf(best?.memberId ?? null),
        weight: best ? rounded(best.weight) : null,
        probability: best ? best.probability : null,
        reasons: decision.reasons,
      } as const;
    });
  }

  return {
    async importMembers(input, { onRefused, onProgress }) {
      const summary = await importMembers(ctx, input, {
        hooks: memberHooks,
        isNameOptional: true,
        onRefused,
        onProgress: ({ read }) => onProgress(read),
        onMember: (memberId, externalId) => memberIds.set(memberId, externalId),
      });
      // As a running deployment does by and by: how frequent names are is counted from its own members.
      if (memberIds.size > 0) await matching.models.publish(await matching.models.make());
      return summary;
    },

    async putCandidates(input, { onRefused, onProgress }) {
      const count = { read: 0, refused: 0, replaced: 0 };
      const inFlight = new Set<Promise<void>>();
      let batch: TrialCandidate[] = [];
      const send = async () => {
        const sent = put(batch).finally(() => inFlight.delete(sent));
        sent.catch(() => {}); // awaited below
        inFlight.add(sent);
        batch = [];
        if (inFlight.size >= BATCHES_IN_FLIGHT) await Promise.race(inFlight);
        onProgress(count.read);
      };
      for await (const read of readValues(input)) {
        count.read++;
        const checked = 'refused' in read ? read : checkCandidateLine(read.value);
        if ('refused' in checked) {
          count.refused++;
          onRefused({ line: read.number, reason: checked.refused });
          continue;
        }
        if (candidateIds.has(checked.id)) {
          count.replaced++;
          // The earlier line may be on its way.
          await Promise.all(inFlight);
        }
        candidateIds.add(checked.id);
        batch.push(checked);
        if (batch.length === BATCH) await send();
      }
      if (batch.length > 0) await send();
      await Promise.all(inFlight);
      return count;
    },

    async settle(onProgress) {
      const timer = setInterval(() => {
        outbox.waiting([REMATCH_LANE, PROPOSE_LANE]).then(onProgress, () => {}); // what is wrong with the database drain() says
      }, SHOWN_EVERY_MS);
      try {
        await matching.drain();
      } finally {
        clearInterval(timer);
      }
    },

    unsettled: () => unsettled,

    async *decisions() {
      const ids = [...candidateIds];
      const pages: Promise<TrialDecision[]>[] = [];
      for (let from = 0; from < ids.length || pages.length > 0; ) {
        while (from < ids.length && pages.length < PAGES_IN_FLIGHT) {
          const next = page(ids.slice(from, from + PAGE));
          next.catch(() => {}); // awaited below
          pages.push(next);
          from += PAGE;
        }
        yield* (await pages.shift()) ?? [];
      }
    },
  };
}

const rounded = (bits: number) => Math.round(bits * 1000) / 1000;
