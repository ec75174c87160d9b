import {
  batchResponse,
  decodeBatchIds,
  type ErrorBody,
  errorBody,
  escapeForUrl,
  isSimpleJobPostingTaskUrn,
  MAX_BATCH,
  ProtocolError,
  validateRecord,
} from '@carrick/protocol';
import type { Caller } from '../tenancy/index.ts';
import { contextRefusal, invalid } from './address.ts';
import { getJobTasks, type JobPosting, postJobs } from './jobs.ts';
import { keyProblem, type RecordStore } from './sync.ts';
import { bodyMember, isObject, type WireRequest } from './wire-request.ts';

type CheckedPosting = { readonly posting: JobPosting } | { readonly refusal: ErrorBody };

/** Takes postings; each answers with its task, in the order of the request. */
export async function createPostings(store: RecordStore, caller: Caller, wire: WireRequest): Promise<string> {
  const elements = bodyMember(wire.bodyText, 'elements');
  if (!Array.isArray(elements)) throw new ProtocolError('BAD_REQUEST', "The body has no 'elements'");
  if (elements.length > MAX_BATCH)
    throw new ProtocolError('BAD_REQUEST', `A batch takes at most ${MAX_BATCH} records`);
  const checked = elements.map((element: unknown) => checkPosting(element, caller));
  const postings = checked.flatMap((each) => ('posting' in each ? [each.posting] : []));
  const posted = postings.length > 0 ? (await postJobs(store, caller, postings)).values() : [].values();
  return JSON.stringify({
    elements: checked.map((each) => {
      if ('refusal' in each) return { status: each.refusal.status, error: each.refusal };
      const { externalJobPostingId } = each.posting;
      const result = posted.next().value;
      if (result === undefined) throw new Error('a posting has no result');
      if ('refusal' in result)
        return {
          status: result.refusal.status,
          error: { ...result.refusal, errorDetails: { externalJobPostingId } },
        };
      const { taskUrn } = result;
      return {
        id: taskUrn,
        status: 202,
        location: `/simpleJobPostings/${escapeForUrl(taskUrn)}`,
        entity: { externalJobPostingId },
      };
    }),
  });
}

function checkPosting(element: unknown, caller: Caller): CheckedPosting {
  if (isObject(element) && Array.isArray(element.workplaceTypes) && element.workplaceTypes.length > 1) {
    return {
      refusal: errorBody('BAD_REQUEST', 'The workplaceTypes field cannot have more than one value provided.'),
    };
  }
  const validated = validateRecord('job', element);
  if (!validated.ok) return { refusal: errorBody('INVALID_RECORD', validated.message) };
  const posting = validated.record;
  const problem = keyProblem('job', [posting.externalJobPostingId]);
  if (problem) return { refusal: errorBody('INVALID_RECORD', problem) };
  // Named by its page or name only, the company is the caller's own: a token serves one organisation.
  const context = posting.integrationContext ?? posting.company ?? caller.organisationUrn;
  const refusal = contextRefusal(context, caller);
  return refusal ? { refusal } : { posting };
}

export async function answerTasks({ ctx }: RecordStore, caller: Caller, wire: WireRequest): Promise<string> {
  const { keys, malformed } = decodeBatchIds(wire.params, wire.resource.key, wire.version);
  const urns = keys.map(([urn = '']) => urn);
  const tasks = await ctx.db.read(caller.tenantId, (tx) =>
    getJobTasks(tx, caller, urns.filter(isSimpleJobPostingTaskUrn)),
  );
  const errors = urns
    .filter((urn) => !tasks.has(urn))
    .map(
      (urn) =>
        [
          urn,
          isSimpleJobPostingTaskUrn(urn)
            ? errorBody('NOT_FOUND', 'There is no such task')
            : invalid('ids', 'is not the URN of a posting task'),
        ] as const,
    );
  const unreadable = malformed.map(({ raw, message }) => [raw, errorBody('BAD_REQUEST', message)] as const);
  return batchResponse(tasks, [...errors, ...unreadable], { statuses: true });
}
