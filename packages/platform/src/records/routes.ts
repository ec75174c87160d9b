import { ERRORS, ProtocolError, RESOURCES, type ResourceDefinition } from '@carrick/protocol';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { readWireRequest, type WireRequest } from '../kernel/wire-request.ts';
import { type WireAnswer, wireRoutes } from '../kernel/wire-routes.ts';
import { authenticate, type Caller } from '../tenancy/index.ts';
import { deleteBatch, getCandidates, patchBatch, updateBatch } from './answer-batch.ts';
import { findAcls } from './answer-finder.ts';
import { answerTasks, createPostings } from './answer-jobs.ts';
import { KINDS } from './kinds.ts';
import type { RecordStore } from './sync.ts';

/** The synced resources under /v2, mounted from the protocol's resource table. */
export function recordRoutes(store: RecordStore): Route[] {
  const isRecord = ({ kind, parent }: ResourceDefinition) =>
    parent === undefined && (kind === 'jobTask' || Object.hasOwn(KINDS, kind));
  const names = RESOURCES.filter(isRecord).map(({ name }) => name);
  return wireRoutes(names, (request) => answer(store, request));
}

async function answer(store: RecordStore, request: HttpRequest): Promise<WireAnswer> {
  const caller = await authenticate(store.ctx, request);
  return { body: await dispatch(store, caller, readWireRequest(request)) };
}

function dispatch(store: RecordStore, caller: Caller, wire: WireRequest): Promise<unknown> {
  switch (wire.method) {
    case 'batch_update':
      return updateBatch(store, caller, wire);
    case 'batch_delete':
      return deleteBatch(store, caller, wire);
    case 'batch_partial_update':
      return patchBatch(store, caller, wire);
    case 'batch_get':
      return wire.resource.kind === 'jobTask'
        ? answerTasks(store, caller, wire)
        : getCandidates(store, caller, wire);
    case 'batch_create':
      return createPostings(store, caller, wire);
    case 'finder':
      return findAcls(store, caller, wire);
    default:
      // The resource table offers nothing else.
      throw new ProtocolError('BAD_REQUEST', ERRORS.METHOD_NOT_ALLOWED.message);
  }
}
