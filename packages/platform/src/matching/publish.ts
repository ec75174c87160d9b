import type { AtsScope } from '../records/index.ts';
import { countMembers, NORM_VERSION } from './count-members.ts';
import { readEvidence } from './evidence.ts';
import { firstLooks } from './first-look.ts';
import { holdersOf, readHolders } from './holders.ts';
import type { Matcher } from './matcher.ts';
import type { NumberedModel } from './models.ts';
import { appendProposeSweep } from './propose-work.ts';
import { appendSweep } from './rematch-work.ts';
import { nextCandidates, readCandidates } from './stored-candidates.ts';

/** What another model would change, of all organisations. */
export interface ShadowReport {
  readonly candidates: number;
  readonly unchanged: number;
  readonly gained: number;
  readonly lost: number;
  readonly moved: number;
  /** Links that it would only keep: it would not make them. */
  readonly kept: number;
  /** Some of those that would change, to be looked at. */
  readonly examples: readonly ShadowExample[];
}

export interface ShadowExample extends AtsScope {
  readonly candidateId: string;
  readonly change: 'gained' | 'lost' | 'moved';
}

/** A model comes in three steps: it is made, run in the shadow of the one that holds, and published. */
export interface ModelKeeping {
  /** Of the members as they are. @returns its number */
  make(signal?: AbortSignal): Promise<number>;
  shadow(modelNo: number): Promise<ShadowReport>;
  /** Every candidate is decided anew under it, behind this. */
  publish(modelNo: number): Promise<void>;
  /** The one that is published, or 0; and whether members' keys are of the form that the program looks for. */
  current(): Promise<{
    readonly modelNo: number;
    readonly memberCount: number;
    readonly isOfThisForm: boolean;
  }>;
}

const PAGE = 200;
const MOST_EXAMPLES = 20;

export function modelKeeping(matcher: Matcher): ModelKeeping {
  const { db, clock } = matcher.ctx;

  async function current() {
    const [row] = await db.lookup<{ model_no: number; member_count: number; norm_version: number }>`
      select model_no, member_count, norm_version from match_model
      where published_at is not null order by published_at desc, model_no desc limit 1`;
    return {
      modelNo: row?.model_no ?? 0,
      memberCount: row?.member_count ?? 0,
      isOfThisForm: row?.norm_version === NORM_VERSION,
    };
  }

  return {
    current,
    make: async (signal) =>
      countMembers(matcher, { areKeysWritten: !(await current()).isOfThisForm, signal }),

    async shadow(modelNo) {
      const other = await matcher.models.read(modelNo);
      const report = { candidates: 0, unchanged: 0, gained: 0, lost: 0, moved: 0, kept: 0 };
      const examples: ShadowExample[] = [];
      for (const scope of await allAts(matcher)) {
        await matcher.countries.load(scope.tenantId);
        for (let after: string | undefined = ''; after !== undefined; ) {
          const page: ShadowPage = await shadowPage(matcher, scope, other, after);
          after = page.last;
          for (const { candidateId, change } of page.changes) {
            report.candidates++;
            report[change]++;
            if (change === 'gained' || change === 'lost' || change === 'moved')
              if (examples.length < MOST_EXAMPLES) examples.push({ ...scope, candidateId, change });
          }
        }
      }
      await db.pipeline(null, (tx) => [
        tx`update match_model set report = ${JSON.stringify({ ...report, examples })}::text::jsonb where model_no = ${modelNo}`,
      ]);
      return { ...report, examples };
    },

    async publish(modelNo) {
      await db.pipeline(null, (tx) => [
        tx`update match_model set published_at = ${clock.now()} where model_no = ${modelNo}`,
      ]);
      // Should this break off, publishing again does the rest.
      for (const scope of await allAts(matcher))
        await db.pipeline(scope.tenantId, (tx) => [
          appendSweep(matcher, tx, scope, 'model'),
          appendProposeSweep(matcher, tx, scope),
        ]);
      matcher.outbox.signal();
    },
  };
}

async function allAts({ ctx }: Matcher): Promise<AtsScope[]> {
  const rows = await ctx.db.lookup<{
    tenant_id: number;
    ats_no: number;
  }>`select tenant_id, ats_no from ats_numbers()`;
  return rows.map((row) => ({ tenantId: row.tenant_id, atsNo: row.ats_no }));
}

interface ShadowPage {
  readonly last: string | undefined;
  readonly changes: readonly {
    readonly candidateId: string;
    readonly change: 'unchanged' | 'gained' | 'lost' | 'moved' | 'kept';
  }[];
}

async function shadowPage(
  matcher: Matcher,
  scope: AtsScope,
  other: NumberedModel,
  after: string,
): Promise<ShadowPage> {
  return matcher.ctx.db.read(scope.tenantId, async (tx) => {
    const ids = await nextCandidates(tx, scope, after, PAGE);
    const stored = await readCandidates(tx, scope, ids);
    const candidates = stored.map(({ id, fields }) => matcher.candidate(scope, id, fields));
    const [holders, evidence] = await Promise.all([
      readHolders(matcher, tx, candidates),
      readEvidence(tx, scope, candidates, true),
    ]);
    const looks = firstLooks(candidates, evidence, other, holdersOf(holders));
    const changes = looks.map(({ candidate, decision, isKept }) => {
      const now = evidence.links.get(candidate.id)?.memberId ?? null;
      const then = decision?.outcome === 'AUTO' ? decision.memberId : null;
      return { candidateId: candidate.id, change: isKept ? ('kept' as const) : changeOf(now, then) };
    });
    return { last: ids.length === PAGE ? ids.at(-1) : undefined, changes };
  });
}

function changeOf(now: number | null, then: number | null): 'unchanged' | 'gained' | 'lost' | 'moved' {
  if (now === then) return 'unchanged';
  if (now === null) return 'gained';
  return then === null ? 'lost' : 'moved';
}
