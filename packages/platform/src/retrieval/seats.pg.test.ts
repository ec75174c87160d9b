import { formatUrn } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportCompany, openCompany } from '../exports/testing/export-world.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import { createContract } from '../tenancy/index.ts';
import { type OnboardingWorld, openOnboardingWorld } from '../tenancy/testing/onboarding-world.ts';

let world: OnboardingWorld;
let acme: ExportCompany;
let other: ExportCompany;
let second: string;
let closed: string;
const seatIds: number[] = [];
beforeAll(async () => {
  world = await openOnboardingWorld({ callbackUrls: 'loopback', quotas: true });
  acme = await openCompany(world, 'Acme');
  other = await openCompany(world, 'Other');
  const contract = await createContract(world.ctx, acme.tenantId, { name: 'Second' });
  second = contract.urn;
  closed = (await createContract(world.ctx, acme.tenantId, { name: 'Closed' })).urn;
  for (const urn of [acme.contractUrn, second]) {
    await acme.request({ type: 'CSA_API', contextUrn: urn });
    const { tenantId, atsNo } = acme;
    await world.ctx.db.pipeline(tenantId, (tx) => [
      tx`update integration set status = 'ENABLED'
         where tenant_id = ${tenantId} and ats_no = ${atsNo} and integration_type = 'CSA_API' and context_urn = ${urn}`,
    ]);
  }
  for (let no = 1; no <= 12; no++)
    seatIds.push((await acme.addSeat(`Seat Number${no}`, { isAdmin: no === 1 })).seatId);
  seatIds.push((await acme.addSeat('Other Contract', { contract: contract.contractId })).seatId);
  await world.ctx.db.pipeline(acme.tenantId, (tx) => [
    tx`update seat set is_active = false where tenant_id = ${acme.tenantId} and seat_id = ${seatIds[1] ?? 0}`,
  ]);
}, 120_000);
afterAll(async () => {
  await acme?.close();
  await other?.close();
  await world?.close();
});

const get = (path: string, version = '1.0.0') =>
  world.call(acme.token, path, { headers: { 'x-restli-protocol-version': version } });
const ids = (body: { elements: { id: number }[] }) => body.elements.map(({ id }) => id);
const legacy = (query: string) => `/v2/seats?q=seatsByAttributes&${query}`;
const current = (query: string) => `/v2/seatsV2?q=attributes&${query}`;

test('RT1 seats of a contract, with their person under the caller’s key, in pages of ten', async () => {
  const { status, body } = await get(legacy(`contracts=${acme.contractUrn}`));
  expect(status).toBe(200);
  expect(ids(body)).toEqual(seatIds.slice(0, 10));
  const key = world.ctx.keys.personKey(acme.applicationId);
  const [{ member_id }] = (await world.ctx.db.read(acme.tenantId, async (tx) => [
    ...(await tx<{ member_id: number }>`
      select member_id from seat where tenant_id = ${acme.tenantId} and seat_id = ${seatIds[0] ?? 0}`),
  ])) as [{ member_id: number }];
  expect(body.elements[0]).toEqual({
    id: seatIds[0],
    firstName: 'Seat',
    lastName: 'Number1',
    member: formatUrn('person', encodePersonId(key, member_id)),
    email: 'seat.number1@acme.example',
    contractId: acme.contractUrn,
    active: true,
    admin: true,
  });
  expect(body.paging).toMatchObject({ start: 0, count: 10, total: 12 });
  const next = await get(legacy(`contracts=${acme.contractUrn}&start=10`));
  expect(ids(next.body)).toEqual(seatIds.slice(10, 12));
  expect(ids((await get(legacy(`contracts=${acme.contractUrn}&active=false`))).body)).toEqual([seatIds[1]]);
  expect((await get(legacy(`contracts=${acme.contractUrn}&active=false&fields=id`))).body.elements).toEqual([
    { id: seatIds[1] },
  ]);
});

test('RT2 seatsV2 names state and roles, and fails without start', async () => {
  const missing = await get(current(`contracts=${acme.contractUrn}&states=ACTIVE&count=10`));
  expect(missing).toMatchObject({ status: 400, body: { message: "Parameter 'start' is missing" } });
  const { body } = await get(current(`contracts=${acme.contractUrn}&start=0&count=2`));
  expect(body.elements).toMatchObject([
    {
      id: seatIds[0],
      contract: acme.contractUrn,
      state: 'ACTIVE',
      seatRoles: ['ADMIN_SEAT', 'SOURCER_ADD_PROSPECT'],
    },
    { id: seatIds[1], state: 'INACTIVE', seatRoles: ['SOURCER_ADD_PROSPECT'] },
  ]);
  expect(ids((await get(current(`contracts=${acme.contractUrn}&states=PARKED&start=0`))).body)).toEqual([]);
  expect((await get(current(`contracts=${acme.contractUrn}&states=ASLEEP&start=0`))).status).toBe(400);
});

describe('several values', () => {
  test.each([
    [
      'repeated',
      '1.0.0',
      () => `contracts=${acme.contractUrn}&contracts=${second}&states=ACTIVE&states=INACTIVE`,
    ],
    [
      'with an index',
      '1.0.0',
      () => `contracts[0]=${acme.contractUrn}&contracts[1]=${second}&states[0]=ACTIVE&states[1]=INACTIVE`,
    ],
    [
      'as a list of 2.0',
      '2.0.0',
      () =>
        `contracts=List(${[acme.contractUrn, second].map(encodeURIComponent).join(',')})&states=List(ACTIVE,INACTIVE)`,
    ],
  ])('RT3 %s', async (_, version, query) => {
    const { body, status } = await get(current(`${query()}&start=0&count=20`), version);
    expect(status).toBe(200);
    expect(ids(body)).toEqual(seatIds);
  });
});

test('RT4 a contract that is not open to the caller, or another customer’s, is refused, each the same', async () => {
  const answers = await Promise.all(
    [closed, other.contractUrn, 'urn:li:contract:99999999'].map((urn) => get(legacy(`contracts=${urn}`))),
  );
  for (const { status, body } of answers)
    expect({ status, code: body.code, message: body.message }).toEqual({
      status: 403,
      code: 'CONTEXT_NOT_OWNED',
      message: answers[0]?.body.message,
    });
  expect((await get(legacy(`contracts=${acme.contractUrn}&contracts=${closed}`))).status).toBe(403);
  expect((await get(legacy('contracts=nonsense'))).status).toBe(400);
  expect((await get('/v2/seats?q=seatsByAttributes')).status).toBe(400);
  expect((await get('/v2/seats?q=other')).status).toBe(400);
  expect((await world.call('nobody', legacy(`contracts=${acme.contractUrn}`))).status).toBe(401);
});

test('RT5 seats, messages, stubs and notes share their calls of a day', async () => {
  const left = ({ headers }: { headers: Headers }) =>
    Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
  const first = left(await get(legacy(`contracts=${acme.contractUrn}`)));
  expect(left(await get(current(`contracts=${acme.contractUrn}&start=0`)))).toBe(first - 1);
  expect(left(await get(`/v2/mailStubs?q=contract&contract=${acme.contractUrn}`))).toBe(first - 2);
  expect(first).toBeLessThan(100_000);
});
