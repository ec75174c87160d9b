import {
  ERRORS,
  ProtocolError,
  RESOURCES,
  REST_RESOURCES,
  type ResourceDefinition,
  ROOTS,
} from '@carrick/protocol';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { readWireRequest, type WireRequest } from '../kernel/wire-request.ts';
import { type WireAnswer, wireRoutes } from '../kernel/wire-routes.ts';
import { authenticate, type Caller } from '../tenancy/index.ts';
import type { Traffic } from '../traffic/index.ts';
import { createMediaUrl, removeAttachments, updateAttachments, uploadRoutes } from './answer-attachments.ts';
import { deleteBatch, getCandidates, patchBatch, updateBatch } from './answer-batch.ts';
import { digestAnswers } from './answer-digests.ts';
import { findAcls } from './answer-finder.ts';
import { answerStatuses, answerTasks, createPosting, createPostings } from './answer-jobs.ts';
import { updateRequisitions } from './answer-requisitions.ts';
import { KINDS } from './kinds.ts';
import type { RecordStore } from './sync.ts';

/** The synced resources of both dialects, mounted from the protocol's resource tables. */
export function recordRoutes(store: RecordStore, traffic: Traffic): Route[] {
  const handler = (request: HttpRequest) => answer(store, traffic, request);
  const offersUnseen = store.ctx.config.unseenResources;
  const rest = REST_RESOURCES.filter((resource) => offersUnseen || !('isUnseen' in resource));
  return [
    ...wireRoutes(RESOURCES.filter(isRecord).map(nameOf), handler),
    ...wireRoutes(rest.filter(isRecord).map(nameOf), handler, ROOTS.rest),
    ...uploadRoutes(store),
    ...wireRoutes(['digests'], digestAnswers(store, traffic), '/carrick/'),
  ];
}

const nameOf = ({ name }: ResourceDefinition): string => name;

function isRecord({ kind, parent }: ResourceDefinition): boolean {
  return parent === undefined && (OTHER_KINDS.has(kind) || Object.hasOwn(KINDS, kind));
}

/** What is mounted here and is no synced record. */
const OTHER_KINDS: ReadonlySet<string> = new Set(['jobTask', 'jobStatus', 'attachment', 'mediaUrl']);

async function answer(store: RecordStore, traffic: Traffic, request: HttpRequest): Promise<WireAnswer> {
  const caller = await authenticate(store.ctx, request);
  const wire = readWireRequest(request);
  await traffic.admit(request, caller, wire);
  const answered = await dispatch(store, caller, wire, request.origin);
  traffic.warn(request, answered.warnings);
  return answered;
}

async function dispatch(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
  origin: string,
): Promise<WireAnswer> {
  switch (wire.method) {
    case 'batch_update':
    case 'update':
      if (wire.resource.kind === 'attachment') return updateAttachments(store, caller, wire);
      return wire.resource.kind === 'job'
        ? updateRequisitions(store, caller, wire)
        : updateBatch(store, caller, wire);
    case 'batch_delete':
    case 'delete':
      return wire.resource.kind === 'attachment'
        ? removeAttachments(store, caller, wire)
        : deleteBatch(store, caller, wire);
    case 'batch_partial_update':
    case 'partial_update':
      return patchBatch(store, caller, wire);
    case 'batch_get':
    case 'get':
      if (wire.resource.kind === 'jobTask') return answerTasks(store, caller, wire);
      return wire.resource.kind === 'jobStatus'
        ? answerStatuses(store, caller, wire, origin)
        : getCandidates(store, caller, wire);
    case 'batch_create':
      return createPostings(store, caller, wire);
    case 'create':
      return wire.resource.kind === 'mediaUrl'
        ? createMediaUrl(store, caller, wire, origin)
        : createPosting(store, caller, wire);
    case 'finder':
      return { body: await findAcls(store, caller, wire) };
    default:
      // The resource table offers nothing else.
      throw new ProtocolError('BAD_REQUEST', ERRORS.METHOD_NOT_ALLOWED.message);
  }
}
