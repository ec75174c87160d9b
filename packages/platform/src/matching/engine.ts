import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';
import type { MemberHook } from '../members/index.ts';
import type { AtsScope, RecordHook } from '../records/index.ts';
import { applicationHook } from './application-hook.ts';
import { Countries } from './countries.ts';
import { type MatchDecisions, matchDecisions } from './decisions.ts';
import type { MatchHook } from './hooks.ts';
import { keepMatching } from './keep-up.ts';
import { createMatcher } from './matcher.ts';
import { memberHook } from './member-hook.ts';
import { Models } from './models.ts';
import { proposeWorker } from './propose.ts';
import { PROPOSE_LANE } from './propose-work.ts';
import { type ModelKeeping, modelKeeping } from './publish.ts';
import { recordHook } from './record-hook.ts';
import { rematchWorker } from './rematch.ts';
import { REMATCH_LANE } from './rematch-work.ts';
import { type SecondLook, secondLooks } from './second-look.ts';
import { readCandidates } from './stored-candidates.ts';

/** Matching as the composition root sees it. */
export interface MatchingHooks {
  /** For the batch engine: candidates and applications. */
  readonly records: readonly RecordHook[];
  /** For every writer of members. */
  readonly member: MemberHook;
  /** For who lets people decide. */
  readonly decisions: MatchDecisions;
  /** Once, before anything is matched. */
  prepare(): Promise<void>;
  /** Before the outbox starts: does the work behind the commits. Proposing waits for its turn. */
  work(turn?: () => Promise<void>): void;
  /** Works until nothing is waiting; for who cannot wait for the workers. */
  drain(): Promise<void>;
  readonly models: ModelKeeping;
  /** Now and then: what is generic, a first model, the log of those who are forgotten, people who came since the last time. */
  keepUp(signal: AbortSignal): Promise<void>;
  /** These candidates as all that is known of them decides, now and without writing anything. Unknown ids are absent. */
  look(tx: Tx, scope: AtsScope, candidateIds: readonly string[]): Promise<SecondLook[]>;
}

/** Rows of proposing that one transaction takes: it holds the rows of a hundred candidates. */
const PROPOSE_CLAIM = 1;

/** `hooks` are told of every link that changes, by hand or not, in the transaction that changes it. */
export function matchingHooks(ctx: Context, outbox: Outbox, hooks: readonly MatchHook[]): MatchingHooks {
  const models = new Models(ctx.db);
  const countries = new Countries(ctx.db);
  const matcher = createMatcher(ctx, outbox, hooks, models, countries);
  return {
    records: [recordHook(matcher), applicationHook(matcher)],
    member: memberHook(matcher),
    decisions: matchDecisions(matcher),
    prepare: () => countries.loadAll(),
    work(turn) {
      outbox.work(REMATCH_LANE, rematchWorker(matcher));
      outbox.work(PROPOSE_LANE, proposeWorker(matcher), { claim: PROPOSE_CLAIM, ...(turn ? { turn } : {}) });
    },
    async drain() {
      do await outbox.poll();
      while ((await outbox.waiting([REMATCH_LANE, PROPOSE_LANE])) > 0);
    },
    models: modelKeeping(matcher),
    keepUp: (signal) => keepMatching(matcher, signal),
    async look(tx, scope, candidateIds) {
      await countries.load(scope.tenantId);
      const stored = await readCandidates(tx, scope, candidateIds);
      return secondLooks(
        matcher,
        tx,
        scope,
        stored.map(({ id, fields }) => matcher.candidate(scope, id, fields)),
      );
    },
  };
}
