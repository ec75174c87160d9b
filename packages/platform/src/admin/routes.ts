import {
  AUDIT_ACTIONS,
  CONTRACT_FEATURES,
  INTEGRATIONS,
  type IntegrationType,
  PREVIEW_FEATURES,
  SYNC_RANGES_HOURS,
} from '@carrick/protocol';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { answer, answerCsv, appRoute, bodyOf, Refusal, type Session } from '../session/index.ts';
import { auditCsv, readAudit } from './audit.ts';
import { readErrors } from './errors.ts';
import { readFeatures, setFeature } from './features.ts';
import { readIntegrations } from './integrations.ts';
import { readAdministrators, readPeople } from './people.ts';
import { preview } from './preview.ts';
import { changeSeat } from './seats.ts';
import { notifyPartner, removeIntegration, setViewers, switchIntegrations } from './switch.ts';
import { readSyncHealth } from './sync-health.ts';

const oneOf = <const T extends string>(values: readonly T[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));
const TYPES = Object.keys(INTEGRATIONS) as IntegrationType[]; // the table's own keys
const Key = { type: oneOf(TYPES), contextUrn: Type.String({ maxLength: 255 }) };
const AtsNo = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const Switch = Type.Object({
  atsNo: AtsNo,
  integrations: Type.Array(Type.Object(Key), { minItems: 1, maxItems: 20 }),
  isOn: Type.Boolean(),
  erase: Type.Optional(Type.String({ maxLength: 255 })),
});
const OneIntegration = Type.Object({ atsNo: AtsNo, ...Key });
const OneAts = Type.Object({ atsNo: AtsNo });
const Viewers = Type.Object({ atsNo: AtsNo, isOpen: Type.Boolean() });
const Feature = Type.Object({
  feature: oneOf(CONTRACT_FEATURES),
  atsNo: Type.Optional(AtsNo),
  isOn: Type.Boolean(),
});
const Seat = Type.Object({
  seatId: Type.String({ maxLength: 20 }),
  isActive: Type.Optional(Type.Boolean()),
  isAdmin: Type.Optional(Type.Boolean()),
  decidesMatches: Type.Optional(Type.Boolean()),
});
const Preview = Type.Object({
  seatId: Type.String({ maxLength: 20 }),
  feature: oneOf(PREVIEW_FEATURES),
  q: Type.Optional(Type.String({ maxLength: 200 })),
});

/** What administrators see and decide. Everybody else is refused, whatever they ask for. */
export function adminRoutes(ctx: Context, outbox: Outbox): Route[] {
  const adminRoute = (
    method: 'GET' | 'POST',
    path: string,
    work: (session: Session, request: HttpRequest) => Promise<HttpResponse>,
  ): Route =>
    appRoute(ctx, method, `/app/api/admin/${path}`, (session, request) => {
      if (!session.isAdmin) throw new Refusal('ADMINISTRATORS_ONLY');
      return work(session, request);
    });
  const read = (path: string, work: (session: Session, params: URLSearchParams) => Promise<object>) =>
    adminRoute('GET', path, async (session, { rawQuery }) =>
      answer(200, await work(session, new URLSearchParams(rawQuery))),
    );
  const write = <Body extends TSchema>(
    path: string,
    schema: Body,
    work: (session: Session, body: Static<Body>) => Promise<object> | Promise<void>,
  ) =>
    adminRoute('POST', path, async (session, request) => {
      const done = await work(session, bodyOf(schema, request));
      return done ? answer(200, done) : answer(204);
    });

  return [
    appRoute(ctx, 'GET', '/app/api/administrators', async (session) =>
      answer(200, await readAdministrators(ctx, session)),
    ),
    read('integrations', (session) => readIntegrations(ctx, session)),
    write('integrations/switch', Switch, (session, body) => switchIntegrations(ctx, session, body)),
    write('integrations/remove', OneIntegration, (session, { atsNo, ...key }) =>
      removeIntegration(ctx, session, atsNo, key),
    ),
    write('integrations/notify', OneAts, (session, { atsNo }) => notifyPartner(ctx, outbox, session, atsNo)),
    write('integrations/viewers', Viewers, (session, { atsNo, isOpen }) =>
      setViewers(ctx, session, atsNo, isOpen),
    ),
    read('features', async (session) => ({ features: await readFeatures(ctx, session) })),
    write('features', Feature, (session, body) => setFeature(ctx, session, body)),
    read('people', (session) => readPeople(ctx, session)),
    write('seats', Seat, (session, body) => changeSeat(ctx, session, body)),
    write('preview', Preview, (session, body) => preview(ctx, session, body)),
    read('errors', (session, params) =>
      ctx.db.read(session.tenantId, (tx) => readErrors(ctx, tx, hoursIn(params), wholeIn(params, 'atsNo'))),
    ),
    read('sync', (session, params) =>
      readSyncHealth(ctx, session, { atsNo: wholeIn(params, 'atsNo'), hours: hoursIn(params) }),
    ),
    read('audit', (session, params) =>
      ctx.db.read(session.tenantId, (tx) =>
        readAudit(ctx, tx, session, { action: actionIn(params), before: wholeIn(params, 'before') }),
      ),
    ),
    adminRoute('GET', 'audit.csv', async (session, { rawQuery }) => {
      const action = actionIn(new URLSearchParams(rawQuery));
      return answerCsv(
        'audit-log',
        await ctx.db.read(session.tenantId, (tx) => auditCsv(tx, session, action)),
      );
    }),
  ];
}

function actionIn(params: URLSearchParams) {
  const given = params.get('action');
  const known = AUDIT_ACTIONS.find((action) => action === given);
  if (given && !known) throw new Refusal('BAD_REQUEST');
  return known ?? null;
}

function hoursIn(params: URLSearchParams): number {
  return SYNC_RANGES_HOURS.find((hours) => String(hours) === params.get('hours')) ?? 24;
}

function wholeIn(params: URLSearchParams, name: string): number | null {
  const given = params.get(name);
  if (given === null) return null;
  if (!/^\d{1,15}$/.test(given)) throw new Refusal('BAD_REQUEST');
  return Number(given);
}
