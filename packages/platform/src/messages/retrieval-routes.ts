import { textParam } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { Throttle } from '../kernel/throttle.ts';
import { readWireRequest, type WireRequest } from '../kernel/wire-request.ts';
import { wireRoutes } from '../kernel/wire-routes.ts';
import { authenticate, type Caller } from '../tenancy/index.ts';
import type { Traffic } from '../traffic/index.ts';
import { findEvents } from './answer-events.ts';
import { findStubs } from './answer-stubs.ts';
import { findWithdrawn } from './withdrawn-contact.ts';

/** "12 records per member per minute": taken as calls of one application about one viewer. */
const EVENTS_OF_VIEWER = { most: 12, windowMs: 60_000 };

/** What an ATS reads back of messages. */
export function messageRetrievalRoutes(ctx: Context, traffic: Traffic): Route[] {
  const viewers = new Throttle(ctx.clock, EVENTS_OF_VIEWER);
  const admitted = async (request: HttpRequest): Promise<{ caller: Caller; wire: WireRequest }> => {
    const caller = await authenticate(ctx, request);
    const wire = readWireRequest(request);
    await traffic.admit(request, caller, wire);
    return { caller, wire };
  };
  return [
    ...wireRoutes(['conversationEvents'], async (request) => {
      const { caller, wire } = await admitted(request);
      return findEvents(ctx, viewers, caller, wire);
    }),
    ...wireRoutes(['mailStubs'], async (request) => {
      const { caller, wire } = await admitted(request);
      return textParam(wire.params, 'q') === 'request'
        ? findWithdrawn(ctx, caller, wire)
        : findStubs(ctx, caller, wire, request.origin);
    }),
  ];
}
