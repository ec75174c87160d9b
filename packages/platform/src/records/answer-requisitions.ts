import { invalidField, type RecordOf, type TypedKey } from '@carrick/protocol';
import { BatchAnswer, entitiesOf, idsOf } from '../kernel/batch-answer.ts';
import { isObject, type WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import type { Caller } from '../tenancy/index.ts';
import { addressesOf } from './address.ts';
import { takePostings } from './answer-jobs.ts';
import { getJobTasks } from './job-tasks.ts';
import type { RecordStore } from './sync.ts';

/** Who has not said it means a requisition for recruiters, not for a job board. */
const AVAILABILITY: RecordOf<'job'>['availability'] = 'PRIVATE_TO_ATS_INTEGRATION';

/** Requisitions are jobs of the same id. Nobody has seen their bodies: those of postings are taken, and judged before the answer. */
export async function updateRequisitions(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const addressOf = addressesOf('job', wire, caller);
  const keys: TypedKey[] = [];
  const postings: object[] = [];
  for (const { key, value } of entitiesOf(wire, ids)) {
    const address = addressOf(key);
    if ('refusal' in address) {
      answer.refuse(key, address.refusal);
      continue;
    }
    const [externalJobPostingId] = address.key;
    const integrationContext = caller.organisationUrn;
    keys.push(key);
    postings.push({
      availability: AVAILABILITY,
      ...(isObject(value) ? value : {}),
      externalJobPostingId,
      integrationContext,
    });
  }
  const taken = await takePostings(store, caller, wire, postings);
  const taskUrns = taken.flatMap((each) => ('id' in each ? [each.id] : []));
  const tasks = await store.ctx.db.read(caller.tenantId, (tx) =>
    getJobTasks(tx, caller, taskUrns, store.ctx.clock.now()),
  );
  for (const [index, key] of keys.entries()) {
    const each = taken[index];
    if (!each) throw new Error('a posting has no result');
    const failure = 'id' in each ? tasks.get(each.id)?.errorMessage : undefined;
    if ('error' in each) answer.refuse(key, each.error);
    else answer.settle(key, failure === undefined ? { status: 204 } : invalidField('', failure));
  }
  return answer.answer();
}
