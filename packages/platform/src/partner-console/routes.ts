import {
  type DeliverySummary,
  type NewSecret,
  type PartnerCustomers,
  type PartnerDeliveries,
  type PartnerRequests,
  ProtocolError,
  ProvisionedApplication,
  type TestEvent,
} from '@carrick/protocol';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { type Limit, Throttle } from '../kernel/throttle.ts';
import { answer, bodyOf, openRoute, Refusal } from '../session/index.ts';
import {
  type AtsScope,
  changeApplication,
  detailsProblem,
  LONGEST_ROTATION_OVERLAP_MS,
  provisionApplication,
  rotatePartnerSecret,
  rotateSecret,
} from '../tenancy/index.ts';
import { notePartnerAction, partnerAuditCsv, readPartnerAudit } from './audit.ts';
import { listCustomers, requireCustomer, shownCustomer } from './customers.ts';
import {
  closePartnerSession,
  type PartnerSession,
  requirePartner,
  signInPartner,
} from './partner-session.ts';
import { readRequests } from './requests.ts';

/** What belongs to push, which nobody imports: handed over by the composition root. */
export interface PartnerDoors {
  sendTestEvent(scope: AtsScope, url: string): Promise<TestEvent>;
  listDeliveries(
    tenantId: number,
    filter: { readonly atsNo: number; readonly most: number },
  ): Promise<readonly DeliverySummary[]>;
}

const SIGN_INS: Limit = { most: 10, windowMs: 15 * 60_000 };
/** A test calls a foreign server: not as often as somebody can click. */
const TESTS: Limit = { most: 20, windowMs: 10 * 60_000 };
const DELIVERIES = 50;

const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const Overlap = Type.Integer({ minimum: 0, maximum: LONGEST_ROTATION_OVERLAP_MS });
const WITHOUT_NUL = '^[^\\0]*$';
const { properties: wire } = ProvisionedApplication;
const Customer = Type.Object({
  foreignId: Type.String({
    minLength: 1,
    maxLength: wire.uniqueForeignId.maxLength ?? 255,
    pattern: WITHOUT_NUL,
  }),
  name: Type.String({ minLength: 1, maxLength: wire.name.maxLength ?? 50, pattern: WITHOUT_NUL }),
  description: Type.String({ minLength: 1, maxLength: 2_000, pattern: WITHOUT_NUL }),
});
const Addresses = Type.Array(Type.String({ maxLength: 2_000, pattern: WITHOUT_NUL }), { maxItems: 50 });
const Change = Type.Object({
  applicationId: Id,
  jsDomains: Type.Optional(Addresses),
  redirectAddresses: Type.Optional(Addresses),
});
const Rotation = Type.Object({ applicationId: Id, overlapMs: Overlap });
const OwnRotation = Type.Object({ overlapMs: Overlap });
const OneCustomer = Type.Object({ applicationId: Id });

/** A vendor's view of its own customers. Each answer is made of what `list_partner_customers` gives for the vendor's own id. */
export function partnerConsoleRoutes(ctx: Context, doors: PartnerDoors): Route[] {
  const signIns = new Throttle(ctx.clock, SIGN_INS);
  const tests = new Throttle(ctx.clock, TESTS);
  const route = (
    method: 'GET' | 'POST',
    path: string,
    work: (session: PartnerSession, request: HttpRequest) => Promise<HttpResponse>,
  ): Route =>
    openRoute(method, `/app/api/partner/${path}`, async (request) =>
      work(await requirePartner(ctx, request), request),
    );
  const read = (path: string, work: (session: PartnerSession, params: URLSearchParams) => Promise<object>) =>
    route('GET', path, async (session, { rawQuery }) =>
      answer(200, await work(session, new URLSearchParams(rawQuery))),
    );
  const write = <Body extends TSchema>(
    path: string,
    schema: Body,
    work: (session: PartnerSession, body: Static<Body>) => Promise<object | null>,
  ) =>
    route('POST', path, async (session, { body }) => {
      const done = await work(session, bodyOf(schema, { body }));
      return done ? answer(200, done) : answer(204);
    });

  return [
    openRoute('POST', '/app/api/partner/sign-in', async (request) => {
      const { me, cookie } = await signInPartner(ctx, signIns, request);
      return answer(200, me, { 'set-cookie': cookie });
    }),
    route('POST', 'sign-out', async (session, { origin }) =>
      answer(204, undefined, { 'set-cookie': await closePartnerSession(ctx, session, origin) }),
    ),
    read('me', async ({ me }) => me),
    read(
      'customers',
      async (session): Promise<PartnerCustomers> => ({
        customers: (await listCustomers(ctx, session)).map(shownCustomer),
        answeredAt: ctx.clock.now(),
      }),
    ),
    write('customers', Customer, (session, body) => addCustomer(ctx, session, body)),
    write('customers/change', Change, async (session, { applicationId, jsDomains, redirectAddresses }) => {
      const former = await requireCustomer(ctx, session, applicationId);
      requireGood({
        ...(jsDomains && { validJsSdkDomains: jsDomains }),
        ...(redirectAddresses && { oauth2AuthorizedCallbackUrls: redirectAddresses }),
      });
      const changes = [
        ['origins-changed', former.jsDomains, jsDomains],
        ['redirects-changed', former.redirectAddresses, redirectAddresses],
      ] as const;
      await ctx.db.transaction(null, async (tx) => {
        const isThere = await changeApplication(tx, session.partnerId, applicationId, {
          ...(jsDomains && { jsDomains }),
          ...(redirectAddresses && { callbackUrls: redirectAddresses }),
        });
        if (!isThere) throw new Refusal('NO_SUCH_CUSTOMER');
        for (const [action, before, after] of changes)
          if (after)
            await notePartnerAction(ctx, tx, session, {
              action,
              applicationId,
              detail: difference(before, after),
            });
      });
      return null;
    }),
    write(
      'customers/rotate',
      Rotation,
      (session, { applicationId, overlapMs }): Promise<NewSecret> =>
        ctx.db.transaction(null, async (tx) => {
          const rotated = await rotateSecret(ctx, tx, session.partnerId, applicationId, overlapMs);
          if (!rotated) throw new Refusal('NO_SUCH_CUSTOMER');
          const detail = { overlapMs };
          await notePartnerAction(ctx, tx, session, { action: 'secret-rotated', applicationId, detail });
          return rotated;
        }),
    ),
    write('rotate', OwnRotation, (session, { overlapMs }): Promise<NewSecret> => {
      const { partnerId, me } = session;
      const own = { applicationId: partnerId, clientId: me.clientId };
      return ctx.db.transaction(null, async (tx) => {
        const rotated = await rotatePartnerSecret(ctx, tx, own, overlapMs);
        await notePartnerAction(ctx, tx, session, { action: 'own-secret-rotated', detail: { overlapMs } });
        return rotated;
      });
    }),
    write('customers/test-event', OneCustomer, async (session, { applicationId }): Promise<TestEvent> => {
      const { scope, callbackUrl } = await requireCustomer(ctx, session, applicationId);
      if (!scope || callbackUrl === null) throw new Refusal('NO_CALLBACK_URL');
      const waitMs = tests.attempt(String(session.partnerId));
      if (waitMs > 0) throw new Refusal('TOO_MANY_TESTS', waitMs);
      const event = await doors.sendTestEvent(scope, callbackUrl);
      const { outcome } = event;
      // Sent is sent: here the entry can only follow.
      await notePartnerAction(ctx, ctx.db.lookup, session, {
        action: 'test-event-sent',
        applicationId,
        detail: { outcome: 'status' in outcome ? outcome.status : outcome.failure },
      });
      return event;
    }),
    read('audit', (session, params) => readPartnerAudit(ctx, session, Number(params.get('before')) || null)),
    route('GET', 'audit.csv', async (session) => ({
      status: 200,
      headers: {
        'cache-control': 'no-store',
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="partner-audit-log.csv"',
        'x-content-type-options': 'nosniff',
      },
      body: await partnerAuditCsv(ctx, session),
    })),
    read('requests', async (session, params): Promise<PartnerRequests> => {
      const chosen = params.get('applicationId');
      const ids =
        chosen === null
          ? (await listCustomers(ctx, session)).map(({ applicationId }) => applicationId)
          : [(await requireCustomer(ctx, session, Number(chosen))).applicationId];
      const requests = await readRequests(ctx, ids, params.get('failed') === 'yes');
      return { requests, answeredAt: ctx.clock.now() };
    }),
    read('deliveries', async (session, params): Promise<PartnerDeliveries> => {
      const { scope } = await requireCustomer(ctx, session, Number(params.get('applicationId')));
      if (!scope) return { deliveries: [] };
      const { tenantId, atsNo } = scope;
      return { deliveries: await doors.listDeliveries(tenantId, { atsNo, most: DELIVERIES }) };
    }),
  ];
}

async function addCustomer(
  ctx: Context,
  session: PartnerSession,
  { foreignId, name, description }: Static<typeof Customer>,
): Promise<NewSecret> {
  requireGood({ name });
  try {
    return await ctx.db.transaction(null, async (tx) => {
      const { clientId, clientSecret, applicationId } = await provisionApplication(
        ctx,
        tx,
        session.partnerId,
        {
          foreignId,
          details: { name, description, callbackUrls: [], jsDomains: [] },
          credentials: null,
        },
      );
      const detail = { foreignId };
      await notePartnerAction(ctx, tx, session, { action: 'customer-added', applicationId, detail });
      return { clientId, clientSecret, formerGoodUntil: null };
    });
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'CONFLICT') throw new Refusal('CUSTOMER_EXISTS');
    throw error;
  }
}

function difference(before: readonly string[], after: readonly string[]) {
  return {
    added: after.filter((each) => !before.includes(each)),
    removed: before.filter((each) => !after.includes(each)),
  };
}

/** @throws Refusal NOT_VALID, which names the entry and what is wrong with it */
function requireGood(details: Parameters<typeof detailsProblem>[0]): void {
  const problem = detailsProblem(details);
  if (!problem) return;
  const [field = '', index] = problem.field.split('/');
  const values =
    field === 'validJsSdkDomains' ? details.validJsSdkDomains : details.oauth2AuthorizedCallbackUrls;
  const value = index === undefined ? field : (values?.[Number(index)] ?? field);
  throw new Refusal('NOT_VALID', null, `${value} ${problem.reason}.`);
}
