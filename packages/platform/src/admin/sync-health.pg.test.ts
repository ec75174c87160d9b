import type { SyncHealth, SyncHealthAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createSeat,
  type OauthApplication,
  setIntegrationStatus,
} from '../tenancy/index.ts';
import { type OnboardingWorld, openOnboardingWorld } from '../tenancy/testing/onboarding-world.ts';
import { stateOf } from './sync-health.ts';

const MINUTE_MS = 60_000;
const PASSWORD = 'a long enough password';

let world: OnboardingWorld;
let urn: string;
let ats: OauthApplication & { readonly atsNo: number };
let cookie: string;

beforeAll(async () => {
  world = await openOnboardingWorld();
  const { ctx } = world;
  const organisation = await createOrganisation(ctx, { name: 'Acme' });
  urn = organisation.urn;
  const { contractId } = await createContract(ctx, organisation.tenantId, { name: 'Hiring' });
  const seat = {
    contractId,
    email: 'ada@acme.example',
    password: PASSWORD,
    firstName: 'Ada',
    lastName: 'Admin',
  };
  await createSeat(ctx, [], organisation.tenantId, { ...seat, isAdmin: true });
  ats = await createCustomerApplication(ctx, { tenantId: organisation.tenantId, name: 'Hireworks' });
  const scope = { tenantId: organisation.tenantId, atsNo: ats.atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }], 'ENABLED');
  const signedIn = await fetch(`${world.platform.baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers: { 'x-carrick': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ email: seat.email, password: PASSWORD }),
  });
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(() => world.close());

async function health(hours = 24): Promise<SyncHealth> {
  const response = await fetch(`${world.platform.baseUrl}/app/api/admin/sync?hours=${hours}`, {
    headers: { cookie },
  });
  const { ats: found } = (await response.json()) as SyncHealthAnswer;
  if (!found) throw new Error('there is an ATS');
  return found;
}

const addressOf = (ids: readonly string[]): string =>
  `/v2/atsCandidates?${ids
    .map(
      (id, n) =>
        `ids[${n}].atsCandidateId=${id}&ids[${n}].dataProvider=ATS&ids[${n}].integrationContext=${urn}`,
    )
    .join('&')}`;

/** One batch of candidates; those without a first name are refused. */
async function send(ids: readonly string[], given: (id: string) => object = () => ({})): Promise<void> {
  const keys = ids.map((id) => `atsCandidateId=${id}&dataProvider=ATS&integrationContext=${urn}`);
  const now = world.clock.now();
  const record = (id: string) => ({
    atsCreatedAt: Date.UTC(2019, 5, 1),
    atsLastModifiedAt: now - 5 * MINUTE_MS,
    firstName: 'Ann',
    lastName: id,
    emailAddresses: [],
    ...given(id),
  });
  const { status } = await world.call(await world.tokenOf(ats), addressOf(ids), {
    method: 'PUT',
    headers: { 'x-restli-method': 'batch_update' },
    body: { entities: Object.fromEntries(keys.map((key, n) => [key, record(ids[n] ?? '')])) },
  });
  expect(status).toBe(200);
}
const ids = (from: number, count: number) => Array.from({ length: count }, (_, n) => `c${from + n}`);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

test('AD21 the word for an ATS is the first that holds', () => {
  const good = { isOn: true, isFailing: false, silentMs: 10 * MINUTE_MS, usualPauseMs: 10 * MINUTE_MS };
  expect(stateOf(good)).toBe('up-to-date');
  expect(stateOf({ ...good, silentMs: MINUTE_MS })).toBe('syncing');
  expect(stateOf({ ...good, silentMs: 20 * MINUTE_MS })).toBe('up-to-date');
  expect(stateOf({ ...good, silentMs: 20 * MINUTE_MS + 1, isFailing: true })).toBe('delayed');
  expect(stateOf({ ...good, silentMs: null })).toBe('delayed');
  expect(stateOf({ ...good, isFailing: true })).toBe('attention');
  expect(stateOf({ ...good, isOn: false, isFailing: true })).toBe('off');
});

test('AD21 AD22 AD24 5.4 A1 A2 what is sent and refused is counted; silence beyond two pauses is a delay, and shows as a gap', async () => {
  expect(await health()).toMatchObject({ state: 'delayed', lastCallAt: null, warnings: [] });
  for (let round = 0; round < 5; round++) {
    await send(ids(round * 6, 6));
    // What is read back is a call, and no record that came in.
    if (round === 0) await world.call(await world.tokenOf(ats), addressOf(ids(0, 6)));
    world.clock.advance(10 * MINUTE_MS);
  }
  await expect.poll(async () => sum((await health()).calls), { timeout: 60_000 }).toBe(6);
  const first = await health();
  expect(first).toMatchObject({ state: 'up-to-date', usualPauseMs: 10 * MINUTE_MS });
  const candidates = first.kinds.find(({ kind }) => kind === 'candidate');
  expect(candidates).toMatchObject({ stored: 30, failed: 0, lagMs: 5 * MINUTE_MS });
  expect(sum(candidates?.accepted ?? [])).toBe(30);
  expect(first.times).toHaveLength(96);
  expect(first.funnel).toMatchObject({ candidates: 30, identifiable: 0, linked: 0 });
  expect(first.warnings).toContainEqual({ code: 'never-sent', kind: 'application' });
  expect(first.warnings).toContainEqual({
    code: 'mostly-empty',
    kind: 'candidate',
    field: 'emailAddresses',
    empty: 30,
    of: 30,
  });

  await send(ids(100, 10), () => ({ firstName: undefined }));
  await expect.poll(async () => (await health()).state, { timeout: 60_000 }).toBe('attention');
  const failing = await health(1);
  expect(failing.kinds.find(({ kind }) => kind === 'candidate')).toMatchObject({ failed: 10, stored: 30 });
  expect(failing.latest[0]).toMatchObject({ resource: 'v2/atsCandidates', records: 10, failed: 10 });

  world.clock.advance(21 * MINUTE_MS);
  const silent = await health(1);
  expect(silent.state).toBe('delayed');
  expect(silent.calls.slice(-20)).toEqual(Array.from({ length: 20 }, () => 0));
  expect(silent.p50Ms.at(-1)).toBeNull();
  for (const hours of [1, 24, 168, 2160]) expect((await health(hours)).times.length).toBeLessThanOrEqual(170);
});

test('AD23 an ATS says what it holds, and the page sets it beside what came', async () => {
  const put = async (body: unknown, token = '') =>
    world.call(token || (await world.tokenOf(ats)), '/ats/record-counts', { method: 'PUT', body });
  const counts = [
    { kind: 'candidate', year: 2019, count: 40 },
    { kind: 'candidate', year: 2018, count: 7 },
  ];
  expect((await put({ counts }, 'no token')).status).toBe(401);
  expect((await put({ counts: [{ kind: 'candidate', year: 2019, count: -1 }] })).status).toBe(422);
  expect((await put({ counts: [{ kind: 'pets', year: 2019, count: 1 }] })).status).toBe(422);
  expect((await put({ counts: [...counts, { kind: 'job', year: 2020, count: 3 }] })).status).toBe(204);
  expect((await put({ counts })).status).toBe(204);
  const { completeness } = await health();
  expect(completeness.years).toEqual([2018, 2019]);
  expect(completeness.countedAt).toBe(world.clock.now());
  expect(completeness.rows.find(({ kind }) => kind === 'candidate')?.cells).toEqual([
    { ours: 0, theirs: 7 },
    { ours: 30, theirs: 40 },
  ]);
  const stranger = await createOrganisation(world.ctx, { name: 'Globex' });
  const other = await createCustomerApplication(world.ctx, { tenantId: stranger.tenantId, name: 'Other' });
  expect((await put({ counts: [] }, await world.tokenOf(other))).status).toBe(403);
  expect((await health()).completeness.years).toEqual([2018, 2019]);
});
