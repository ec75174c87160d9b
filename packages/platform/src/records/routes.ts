import {
  ERRORS,
  PROTOCOL_VERSION_HEADER,
  ProtocolError,
  type ProtocolVersion,
  RESOURCES,
  type ResourceDefinition,
  RestliError,
} from '@carrick/protocol';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { renderError } from '../kernel/render-error.ts';
import { authenticate } from '../tenancy/index.ts';
import { deleteBatch, getCandidates, patchBatch, updateBatch } from './answer-batch.ts';
import { findAcls } from './answer-finder.ts';
import { answerTasks, createPostings } from './answer-jobs.ts';
import type { RecordStore } from './sync.ts';
import { ROOT, readWireRequest, versionOf, type WireRequest } from './wire-request.ts';

/** The synced resources under /v2, mounted from the protocol's resource table. */
export function recordRoutes(store: RecordStore): Route[] {
  const roots = RESOURCES.filter((resource: ResourceDefinition) => resource.parent === undefined).map(
    ({ name }) => `${ROOT}${name}`,
  );
  const handler = (request: HttpRequest) => answer(store, request);
  // The last one answers for what is no resource, in the protocol's form.
  const paths = [...roots.flatMap((path) => [path, `${path}/*`]), `${ROOT}*`];
  return paths.map((path): Route => ({ method: '*', path, handler }));
}

async function answer(store: RecordStore, request: HttpRequest): Promise<HttpResponse> {
  try {
    const caller = await authenticate(store.ctx, request);
    const wire = readWireRequest(request);
    return {
      status: 200,
      headers: headersOf(wire.version),
      body: await dispatch(store, caller, wire),
    };
  } catch (error) {
    if (!(error instanceof ProtocolError || error instanceof RestliError)) throw error;
    return refusal(error, request);
  }
}

type Caller = Awaited<ReturnType<typeof authenticate>>;

function dispatch(store: RecordStore, caller: Caller, wire: WireRequest): Promise<string> {
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

function headersOf(version: ProtocolVersion): Record<string, string> {
  return { 'content-type': 'application/json', [PROTOCOL_VERSION_HEADER]: version };
}

/** A refused request names its kind of error in the header of its protocol version. */
function refusal(error: ProtocolError | RestliError, request: HttpRequest): HttpResponse {
  const { response } = renderError(error, request.id);
  const { 'x-restli-error-response': marker = 'true', ...headers } = response.headers;
  const version = readableVersion(request);
  const name = version === '1.0.0' ? 'X-LinkedIn-Error-Response' : 'X-RestLi-Error-Response';
  return { ...response, headers: { ...headers, ...headersOf(version), [name]: marker } };
}

function readableVersion(request: HttpRequest): ProtocolVersion {
  try {
    return versionOf(request);
  } catch {
    return '2.0.0'; // the newest, for a version that is none
  }
}
