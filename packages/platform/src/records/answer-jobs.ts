import {
  type ErrorBody,
  errorBody,
  escapeForUrl,
  formatUrn,
  invalidField,
  isSimpleJobPostingTaskUrn,
  isWebUrl,
  MAX_BATCH,
  messageToWire,
  ProtocolError,
  type ResourceDefinition,
  recordFromWire,
  tooLong,
  validateRecord,
} from '@carrick/protocol';
import { BatchAnswer, idsOf } from '../kernel/batch-answer.ts';
import { projectorOf } from '../kernel/project-answer.ts';
import { isObject, jsonBody, type WireRequest } from '../kernel/wire-request.ts';
import { createdHeaders, type WireAnswer } from '../kernel/wire-routes.ts';
import type { Caller } from '../tenancy/index.ts';
import { contextRefusal } from './address.ts';
import { jobBoardPath } from './job-board-path.ts';
import { getJobStatuses } from './job-status.ts';
import { getJobTasks } from './job-tasks.ts';
import { postJobs } from './jobs.ts';
import type { JobPosting } from './judge-posting.ts';
import { keyProblem, type RecordStore } from './sync.ts';

type CheckedPosting = { readonly posting: JobPosting } | { readonly refusal: ErrorBody };

/** Takes postings; each answers with its task, in the order of the request. */
export async function createPostings(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const { elements } = jsonBody(wire);
  if (!Array.isArray(elements)) throw new ProtocolError('BAD_REQUEST', "The body has no 'elements'");
  if (elements.length > MAX_BATCH)
    throw new ProtocolError('BAD_REQUEST', `A batch takes at most ${MAX_BATCH} records`);
  return { body: { elements: await takePostings(store, caller, wire, elements) } };
}

/** Takes one posting; its task is what was created. */
export async function createPosting(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const [taken] = await takePostings(store, caller, wire, [jsonBody(wire)]);
  if (!taken) throw new Error('a posting has no result');
  if ('error' in taken) throw new ProtocolError(taken.error.code, taken.error.message);
  const { id, status, location } = taken;
  return { status, headers: createdHeaders(id, location) };
}

type Taken =
  | {
      readonly id: string;
      readonly status: number;
      readonly location: string;
      readonly entity: { readonly externalJobPostingId: string };
    }
  | { readonly status: number; readonly error: ErrorBody };

export async function takePostings(
  store: RecordStore,
  caller: Caller,
  { resource }: WireRequest,
  sent: readonly unknown[],
): Promise<Taken[]> {
  const elements = sent.map((element) => recordFromWire(resource, element));
  const contracts = await contractsOf(store, caller, elements);
  const checked = elements.map((element) => checkPosting(element, caller, contracts, resource));
  const postings = checked.flatMap((each) => ('posting' in each ? [each.posting] : []));
  const posted = postings.length > 0 ? (await postJobs(store, caller, postings)).values() : [].values();
  return checked.map((each) => {
    if ('refusal' in each) {
      const message = messageToWire(resource, each.refusal.message);
      return { status: each.refusal.status, error: { ...each.refusal, message } };
    }
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
  });
}

const NO_COMPANY =
  'A posting names its company by integrationContext, company, companyPageUrl or companyName: one of them is needed';

/** What the vendor refuses with 400 rather than with its validator's words. */
function malformedPosting(element: unknown): string | null {
  if (!isObject(element)) return null;
  const { workplaceTypes, companyApplyUrl } = element;
  if (Array.isArray(workplaceTypes) && workplaceTypes.length > 1)
    return 'The workplaceTypes field cannot have more than one value provided.';
  if (typeof companyApplyUrl === 'string' && companyApplyUrl !== '' && !isWebUrl(companyApplyUrl))
    return 'The companyApplyUrl is not a valid URL';
  if (!COMPANY_FIELDS.some((field) => element[field])) return NO_COMPANY;
  return null;
}

const COMPANY_FIELDS = ['integrationContext', 'company', 'companyPageUrl', 'companyName'] as const;

function checkPosting(
  element: unknown,
  caller: Caller,
  contracts: ReadonlySet<string>,
  resource: ResourceDefinition,
): CheckedPosting {
  const malformed = malformedPosting(element);
  if (malformed) return { refusal: errorBody('BAD_REQUEST', malformed) };
  const validated = validateRecord('job', element);
  if (!validated.ok) return { refusal: errorBody('INVALID_RECORD', validated.message) };
  const posting = validated.record;
  const long = tooLong(resource, posting);
  if (long) return { refusal: invalidField(long.field, `is longer than ${long.most} characters`) };
  const problem = keyProblem('job', [posting.externalJobPostingId]);
  if (problem) return { refusal: errorBody('INVALID_RECORD', problem) };
  // Named by its page or name only, the company is the caller's own: a token serves one organisation.
  const context = posting.integrationContext ?? posting.company ?? caller.organisationUrn;
  const refusal = contextRefusal(context, caller);
  if (refusal) return { refusal };
  const contract = posting.contract ?? null;
  return contract !== null && !contracts.has(contract)
    ? {
        refusal: errorBody(
          'ACCESS_DENIED',
          `Caller is not authorized to access the jobs for contract: ${contract}`,
        ),
      }
    : { posting };
}

/** The contracts of the caller's organisation, asked for only where a posting names one. */
async function contractsOf({ ctx }: RecordStore, caller: Caller, elements: readonly unknown[]) {
  if (!elements.some((element) => isObject(element) && typeof element.contract === 'string'))
    return new Set<string>();
  const rows = await ctx.db.read(
    caller.tenantId,
    async (tx) =>
      tx<{ contract_id: number }>`select contract_id from contract where tenant_id = ${caller.tenantId}`,
  );
  return new Set<string>(rows.map((row) => formatUrn('contract', row.contract_id)));
}

export async function answerTasks(
  { ctx }: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const projected = projectorOf(wire.params, 'fields');
  const urns = ids.keys.map(([urn = '']) => urn).filter(isSimpleJobPostingTaskUrn);
  const tasks = await ctx.db.read(caller.tenantId, (tx) => getJobTasks(tx, caller, urns, ctx.clock.now()));
  for (const key of ids.keys) {
    const [urn = ''] = key;
    const task = tasks.get(urn);
    if (task) answer.give(key, projected(task));
    else if (isSimpleJobPostingTaskUrn(urn))
      answer.refuse(key, errorBody('NOT_FOUND', 'There is no such task'));
    else answer.refuse(key, invalidField('ids', 'is not the URN of a posting task'));
  }
  return answer.answer({ statuses: true });
}

/** `origin`: where the company's job board stands. */
export async function answerStatuses(
  { ctx }: RecordStore,
  caller: Caller,
  wire: WireRequest,
  origin: string,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const projected = projectorOf(wire.params, 'fields');
  const boardUrl = `${origin}${jobBoardPath(caller.organisationUrn)}`;
  const wanted = ids.keys.map(([id = '']) => id);
  const statuses = await ctx.db.read(caller.tenantId, (tx) =>
    getJobStatuses(
      tx,
      caller,
      wanted.filter((id) => keyProblem('job', [id]) === null),
      { now: ctx.clock.now(), boardUrl },
    ),
  );
  for (const key of ids.keys) {
    const status = statuses.get(key[0] ?? '');
    if (status) answer.give(key, projected(status));
    else answer.refuse(key, errorBody('NOT_FOUND', 'There is no job with this externalJobPostingId'));
  }
  return answer.answer({ statuses: true });
}
