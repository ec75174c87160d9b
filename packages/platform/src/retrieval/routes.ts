import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { readWireRequest, type WireRequest } from '../kernel/wire-request.ts';
import { type WireAnswer, wireRoutes } from '../kernel/wire-routes.ts';
import { authenticate, type Caller } from '../tenancy/index.ts';
import type { Traffic } from '../traffic/index.ts';
import { findSeats, findSeatsV2 } from './seats.ts';

type Find = (ctx: Context, caller: Caller, wire: WireRequest) => Promise<WireAnswer>;

/** `seats` and `seatsV2`, of contracts whose CSA_API is enabled for the caller. */
export function retrievalRoutes(ctx: Context, traffic: Traffic): Route[] {
  const found = (find: Find) => async (request: HttpRequest) => {
    const caller = await authenticate(ctx, request);
    const wire = readWireRequest(request);
    await traffic.admit(request, caller, wire);
    return find(ctx, caller, wire);
  };
  return [...wireRoutes(['seats'], found(findSeats)), ...wireRoutes(['seatsV2'], found(findSeatsV2))];
}
