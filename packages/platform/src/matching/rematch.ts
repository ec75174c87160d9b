import type { Tx } from '../kernel/db.ts';
import type { WorkHandler } from '../kernel/outbox.ts';
import type { AtsScope } from '../records/index.ts';
import { shareDirectory } from './locks.ts';
import type { Matcher } from './matcher.ts';
import { recheck } from './recheck.ts';
import { type CandidatesWork, REMATCH_LANE, rematchWork, type SweepWork } from './rematch-work.ts';
import { settleStored } from './settle-stored.ts';
import { nextCandidates } from './stored-candidates.ts';

const CHUNK = 200;

/** For the lane of rematch-work.ts. */
export function rematchWorker(matcher: Matcher): WorkHandler {
  return async (tx, payload) => {
    const work = rematchWork(payload);
    if (tx.tenantId === null) throw new Error('work of no tenant');
    const scope = { tenantId: tx.tenantId, atsNo: work.atsNo };
    await matcher.countries.load(scope.tenantId);
    switch (work.what) {
      case 'keys':
        return recheck(matcher, tx, scope, work);
      case 'sweep':
        return sweep(matcher, tx, scope, work);
      case 'candidates':
      case undefined:
        return rematch(matcher, tx, scope, work);
    }
  };
}

async function rematch(matcher: Matcher, tx: Tx, scope: AtsScope, work: CandidatesWork): Promise<void> {
  if (await isPutOff(matcher, tx, work)) return;
  const { candidateIds, cause, gone = [] } = work;
  await shareDirectory(tx);
  for (let i = 0; i < candidateIds.length; i += CHUNK) {
    const ids = candidateIds.slice(i, i + CHUNK);
    await settleStored(matcher, tx, scope, ids, {
      cause: cause ?? 'candidate',
      former: gone.filter(({ owner }) => ids.includes(owner)),
    });
  }
}

async function sweep(matcher: Matcher, tx: Tx, scope: AtsScope, work: SweepWork): Promise<void> {
  if (await isPutOff(matcher, tx, work)) return;
  const ids = await nextCandidates(tx, scope, work.after, CHUNK);
  const last = ids.at(-1);
  if (last === undefined) return;
  await shareDirectory(tx);
  await settleStored(matcher, tx, scope, ids, { cause: work.cause, domain: work.domain });
  if (ids.length === CHUNK) await matcher.outbox.append(tx, REMATCH_LANE, { ...work, after: last });
}

async function isPutOff({ outbox }: Matcher, tx: Tx, work: CandidatesWork | SweepWork): Promise<boolean> {
  if (!work.isLate) return false;
  await outbox.append(tx, REMATCH_LANE, { ...work, isLate: false });
  return true;
}
