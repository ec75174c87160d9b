import {
  collectionResponse,
  countParam,
  ProtocolError,
  parsePage,
  ROOTS,
  textParam,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { projectCollection } from '../kernel/project-answer.ts';
import { readWireRequest, type WireRequest } from '../kernel/wire-request.ts';
import { type WireAnswer, wireRoutes } from '../kernel/wire-routes.ts';
import { authenticate, type Caller } from '../tenancy/index.ts';
import type { Traffic } from '../traffic/index.ts';
import { tellClosedProfiles } from './closed-profiles.ts';
import { fetchExport } from './fetch.ts';

const NAME = 'exportedCandidates';
const MOST = 1_000;

/** `exportedCandidates` in both dialects. */
export function exportedCandidateRoutes(ctx: Context, outbox: Outbox, traffic: Traffic): Route[] {
  const answer = async (request: HttpRequest): Promise<WireAnswer> => {
    const caller = await authenticate(ctx, request);
    const wire = readWireRequest(request);
    await traffic.admit(request, caller, wire);
    switch (textParam(wire.params, 'q')) {
      case 'request':
        return findRequested(ctx, outbox, caller, wire, request.origin);
      case 'closedProfiles':
        return findClosed(ctx, caller, wire);
      default:
        throw new ProtocolError('BAD_REQUEST', 'The finders here are q=request and q=closedProfiles');
    }
  };
  return Object.values(ROOTS).flatMap((root) => wireRoutes([NAME], answer, root));
}

async function findRequested(
  ctx: Context,
  outbox: Outbox,
  caller: Caller,
  { params, path, rawQuery }: WireRequest,
  origin: string,
): Promise<WireAnswer> {
  const requestId = textParam(params, 'requestId') ?? '';
  if (requestId === '') throw new ProtocolError('BAD_REQUEST', "Parameter 'requestId' is missing");
  const page = parsePage(params);
  const found = await fetchExport(ctx, outbox, caller, requestId, ctx.config.publicUrl ?? origin);
  const elements = [found].slice(page.start, page.start + page.count);
  return { body: projectCollection(params, collectionResponse(elements, page, { path, rawQuery })) };
}

async function findClosed(
  ctx: Context,
  caller: Caller,
  { params, path, rawQuery }: WireRequest,
): Promise<WireAnswer> {
  if (textParam(params, 'integrationContext') !== caller.organisationUrn)
    throw new ProtocolError('CONTEXT_NOT_OWNED');
  const page = parsePage(params);
  if (page.count > MOST) throw new ProtocolError('BAD_REQUEST', `count is at most ${MOST}`);
  const closedAfter = countParam(params, 'closedAfter') ?? 0;
  const { elements, total } = await tellClosedProfiles(ctx, caller, { ...page, closedAfter });
  return { body: projectCollection(params, collectionResponse(elements, page, { total, path, rawQuery })) };
}
