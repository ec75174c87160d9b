import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../kernel/context.ts';
import { type TestDatabase, testContext, testDatabase } from '../kernel/testing.ts';
import {
  changeMember,
  importMembers,
  type MemberFacts,
  type MemberHook,
  memberByExternalId,
  type OwnChange,
  readMembers,
} from './index.ts';

let database: TestDatabase;
let ctx: Context;
const told: { before: MemberFacts | undefined; after: MemberFacts | undefined }[] = [];
const hook: MemberHook = {
  async after(_tx, [after], [before]) {
    told.push({ before, after });
  },
};

beforeAll(async () => {
  database = await testDatabase();
  ctx = testContext(database);
});
afterAll(() => database.drop());
beforeEach(() => {
  told.length = 0;
});

const FULL = {
  id: 'own-1',
  firstName: 'Zoë',
  lastName: 'Stone',
  headline: 'Data engineer',
  industry: 'Software',
  location: 'Zürich',
  emails: ['zoe@x.org'],
  phones: ['+41 44 555 01 00'],
  positions: [{ title: 'Data Engineer', companyName: 'Acme', startDate: '2019-03' }],
  skills: ['PostgreSQL'],
  connections: ['own-2', 'own-3'],
  openToWork: true,
  shareWithThirdParties: true,
};

async function bring(line: object) {
  async function* text() {
    yield JSON.stringify(line);
  }
  return importMembers(ctx, text(), { hooks: [hook] });
}
async function memberId(externalId: string): Promise<number> {
  return (await ctx.db.read(null, (tx) => memberByExternalId(tx, externalId))) ?? 0;
}
const member = async (id: number) => (await ctx.db.read(null, (tx) => readMembers(tx, [id]))).get(id);
const change = (id: number, what: OwnChange) =>
  ctx.db.transaction(null, (tx) => changeMember(ctx, tx, [hook], id, what));

test('ME12 a choice changes that one thing and tells the hooks what was before and what is', async () => {
  await bring(FULL);
  const id = await memberId('own-1');
  const before = await member(id);
  told.length = 0;
  expect(await change(id, { kind: 'switch', name: 'found-by-email', isOn: false })).toBe(true);
  expect(await member(id)).toEqual({ ...before, isFoundByEmail: false });
  expect(told).toEqual([
    {
      before: expect.objectContaining({ isFoundByEmail: true }),
      after: expect.objectContaining({ isFoundByEmail: false, emails: ['zoe@x.org'] }),
    },
  ]);
  expect(await change(id, { kind: 'switch', name: 'found-by-email', isOn: false })).toBe(false);
  expect(told).toHaveLength(1);
  await change(id, { kind: 'switch', name: 'found-by-email', isOn: true });
  expect(await member(id)).toEqual(before);
});

test('ME12 addresses keep the feed’s order, those confirmed come behind, and case does not matter', async () => {
  await bring({ id: 'own-4', lastName: 'A', emails: ['One@x.org', 'two@x.org'] });
  const id = await memberId('own-4');
  expect(await change(id, { kind: 'confirm-email', email: ' Three@X.org ' })).toBe(true);
  expect(await change(id, { kind: 'confirm-email', email: 'ONE@x.org' })).toBe(false);
  expect((await member(id))?.emails).toEqual(['One@x.org', 'two@x.org', 'three@x.org']);
  expect(await change(id, { kind: 'remove-email', email: 'one@X.ORG' })).toBe(true);
  await bring({ id: 'own-4', lastName: 'B', emails: ['One@x.org', 'THREE@x.org', 'two@x.org'] });
  expect((await member(id))?.emails).toEqual(['THREE@x.org', 'two@x.org']);
  expect(await change(id, { kind: 'confirm-email', email: 'one@x.org' })).toBe(true);
  expect((await member(id))?.emails).toEqual(['THREE@x.org', 'two@x.org', 'one@x.org']);
});

test('ME12 an import that says what is stored already is skipped, choices or not', async () => {
  const line = { ...FULL, id: 'own-5' };
  await bring(line);
  const id = await memberId('own-5');
  await change(id, { kind: 'switch', name: 'sharing', isOn: false });
  await bring(line);
  expect(await bring(line)).toMatchObject({ unchanged: 1, changed: 0 });
  expect(await member(id)).toMatchObject({ sharesWithThirdParties: false, connectionCount: 2 });
});

test('ME12 an import and a choice that come together leave the choice', async () => {
  for (let round = 0; round < 20; round++) {
    const id = `own-race-${round}`;
    const line = (headline: string) => ({ ...FULL, id, headline });
    await bring(line('a'));
    const number = await memberId(id);
    await Promise.all([
      bring(line('b')),
      change(number, { kind: 'switch', name: 'sharing', isOn: false }),
      bring(line('c')),
      change(number, { kind: 'remove-email', email: 'zoe@x.org' }),
    ]);
    expect(await member(number)).toMatchObject({ sharesWithThirdParties: false, emails: [] });
  }
});

test('ME12 of an erased member nothing changes any more, and of an unknown one nothing ever', async () => {
  await bring({ ...FULL, id: 'own-6' });
  const id = await memberId('own-6');
  expect(await change(id, { kind: 'erase' })).toBe(true);
  expect(told.at(-1)).toEqual({
    before: expect.objectContaining({ lastName: 'Stone', emails: ['zoe@x.org'] }),
    after: expect.objectContaining({ lastName: '', emails: [], isClosed: true }),
  });
  expect(await change(id, { kind: 'erase' })).toBe(false);
  expect(await change(id, { kind: 'switch', name: 'account', isOn: true })).toBe(false);
  expect(await change(987_654, { kind: 'switch', name: 'account', isOn: true })).toBe(false);
});
