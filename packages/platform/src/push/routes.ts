import { DELIVERY_STATES, type DeliveriesAnswer, parseJson, type ResendAnswer } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { answer, appRoute, Refusal, type Session } from '../session/index.ts';
import {
  type DeliveryFilter,
  type DeliveryPosition,
  enableDestination,
  listDeliveries,
  listDestinations,
  readDelivery,
  resend,
} from './deliveries.ts';

const PREFIX = '/app/api/deliveries/';
const USUAL = 100;
const MOST = 500;

/** What was sent to the organisation's ATSs, for its administrators. */
export function deliveryRoutes(ctx: Context): Route[] {
  const adminRoute = (
    method: 'GET' | 'POST',
    path: string,
    handler: (session: Session, request: HttpRequest) => Promise<HttpResponse>,
  ): Route =>
    appRoute(ctx, method, path, (session, request) => {
      if (!session.isAdmin) throw new Refusal('ADMINISTRATORS_ONLY');
      return handler(session, request);
    });
  return [
    adminRoute('GET', '/app/api/deliveries', async ({ tenantId }, { rawQuery }) => {
      const filter = readFilter(new URLSearchParams(rawQuery));
      const deliveries = await listDeliveries(ctx, tenantId, filter);
      const last = deliveries.length === filter.most ? deliveries.at(-1) : undefined;
      const next = last ? `${last.createdAt}~${last.id}` : null;
      return answer(200, { deliveries, next } satisfies DeliveriesAnswer);
    }),
    adminRoute('GET', `${PREFIX}*`, async ({ tenantId }, { path }) => {
      const delivery = await readDelivery(ctx, tenantId, idIn(path));
      if (!delivery) throw new Refusal('NO_SUCH_DELIVERY');
      return answer(200, delivery);
    }),
    adminRoute('POST', `${PREFIX}resend`, async ({ tenantId }, { body }) => {
      const { atsNo, since, onlyDead = false } = objectIn(body);
      if (!isWhole(atsNo) || !isWhole(since) || typeof onlyDead !== 'boolean')
        throw new Refusal('BAD_REQUEST');
      const resent = await resend(ctx, { tenantId, atsNo }, { since, onlyDead });
      return answer(200, { resent } satisfies ResendAnswer);
    }),
    adminRoute('POST', `${PREFIX}*`, async ({ tenantId }, { path }) => {
      if (!path.endsWith('/resend')) throw new Refusal('NO_SUCH_DELIVERY');
      const notificationId = idIn(path.slice(0, -'/resend'.length));
      const delivery = await readDelivery(ctx, tenantId, notificationId);
      if (!delivery) throw new Refusal('NO_SUCH_DELIVERY');
      const resent = await resend(ctx, { tenantId, atsNo: delivery.atsNo }, { notificationId });
      return answer(200, { resent } satisfies ResendAnswer);
    }),
    adminRoute('GET', '/app/api/destinations', async ({ tenantId }) =>
      answer(200, { destinations: await listDestinations(ctx, tenantId) }),
    ),
    adminRoute('POST', '/app/api/destinations/enable', async ({ tenantId }, { body }) => {
      const { atsNo } = objectIn(body);
      if (!isWhole(atsNo)) throw new Refusal('BAD_REQUEST');
      if (!(await enableDestination(ctx, { tenantId, atsNo }))) throw new Refusal('NO_SUCH_DELIVERY');
      return answer(204);
    }),
  ];
}

function idIn(path: string): string {
  try {
    return decodeURIComponent(path.slice(PREFIX.length));
  } catch {
    throw new Refusal('NO_SUCH_DELIVERY');
  }
}

function readFilter(query: URLSearchParams): DeliveryFilter {
  const state = query.get('state');
  const known = DELIVERY_STATES.find((each) => each === state);
  if (state !== null && !known) throw new Refusal('BAD_REQUEST');
  const number = (name: string): number | null => {
    const text = query.get(name);
    if (text === null) return null;
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new Refusal('BAD_REQUEST');
    return value;
  };
  const [atsNo, since, most] = [number('atsNo'), number('since'), number('most') ?? USUAL];
  if (most < 1 || most > MOST || (atsNo ?? 0) > 1_000_000) throw new Refusal('BAD_REQUEST');
  const before = positionIn(query.get('before'));
  return {
    most,
    ...(known ? { state: known } : {}),
    ...(atsNo === null ? {} : { atsNo }),
    ...(since === null ? {} : { since }),
    ...(before ? { before } : {}),
  };
}

function positionIn(text: string | null): DeliveryPosition | null {
  if (text === null) return null;
  const [, at = '', notificationId = ''] = /^(\d{1,15})(?:~([!-}]*))?$/.exec(text) ?? [];
  if (at === '') throw new Refusal('BAD_REQUEST');
  return { createdAt: Number(at), notificationId };
}

function objectIn(body: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseJson(body.toString('utf8'));
  } catch {
    throw new Refusal('BAD_REQUEST');
  }
  if (typeof value !== 'object' || value === null) throw new Refusal('BAD_REQUEST');
  return value as Record<string, unknown>; // an object: its members are looked at one by one
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
