import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { candidate, type OpenedWorld, openWorld } from './testing/world.ts';

let world: OpenedWorld;
let scope: AtsScope;
let other: AtsScope;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  scope = { tenantId: await world.organisation(), atsNo: 1 };
  other = { tenantId: await world.organisation(), atsNo: 1 };
  world.told.length = 0;
});

const line = (id: string, fields: object = {}) => ({ id, firstName: 'Jane', lastName: 'Doe', ...fields });
const keyRows = ({ tenantId }: AtsScope) =>
  world.ctx.db.read(
    tenantId,
    async (tx) => tx<{ candidate_id: string; key: string }>`
    select candidate_id, key::text as key from candidate_key where tenant_id = ${tenantId} order by candidate_id, key`,
  );

describe('links', () => {
  test('MA15 L-043 a candidate whose e-mail is a member’s is linked in the transaction that stores it', async () => {
    await world.importLines([
      line('a1', { emails: ['jane.a1@gmail.com'], profileUrls: ['https://linkedin.com/in/jane-a1'] }),
    ]);
    await world.put(scope, [
      candidate('1', { emailAddresses: ['JaneA1+cv@googlemail.com'] }),
      candidate('2', { linkedInProfileUrl: 'https://uk.linkedin.com/in/Jane-A1/' }),
      candidate('3', { firstName: 'John', emailAddresses: ['jane.a1@gmail.com'] }),
      candidate('4', { emailAddresses: ['nobody@gmail.com'] }),
      candidate('5'),
    ]);
    expect(await world.links(scope)).toEqual({ 1: 'a1', 2: 'a1' });
    const memberId = await world.memberId('a1');
    expect(world.told).toEqual([
      { ...scope, isOfBatch: true, candidateIds: ['1', '2'], memberIds: [memberId], formerMemberIds: [] },
    ]);
  });

  test('MA16 L-043 a member who comes later matches, in every organisation', async () => {
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@b1.org'] }), candidate('2')]);
    await world.put({ ...scope, atsNo: 2 }, [candidate('1', { emailAddresses: ['jane@b1.org'] })]);
    await world.put(other, [candidate('9', { emailAddresses: ['jane@b1.org'] })]);
    world.told.length = 0;
    await world.importLines([line('b1', { emails: ['jane@b1.org'] })]);
    expect(await world.links(scope)).toEqual({ 1: 'b1' });
    expect(await world.links({ ...scope, atsNo: 2 })).toEqual({ 1: 'b1' });
    expect(await world.links(other)).toEqual({ 9: 'b1' });
    const told = { isOfBatch: false, memberIds: [await world.memberId('b1')], formerMemberIds: [] };
    expect(world.told).toEqual([
      { ...scope, ...told, candidateIds: ['1'] },
      { ...scope, ...told, atsNo: 2, candidateIds: ['1'] },
      { ...other, ...told, candidateIds: ['9'] },
    ]);
  });

  test('MA16 L-039 a member who changes e-mail, name or address is decided anew; the stored link follows', async () => {
    await world.put(scope, [
      candidate('1', { emailAddresses: ['jane@c1.org'] }),
      candidate('2', { linkedInProfileUrl: 'linkedin.com/in/jane-c1' }),
    ]);
    await world.importLines([
      line('c1', { emails: ['jane@c1.org'], profileUrls: ['linkedin.com/in/jane-c1'] }),
    ]);
    expect(await world.links(scope)).toEqual({ 1: 'c1', 2: 'c1' });
    await world.importLines([
      line('c1', { emails: ['new@c1.org'], profileUrls: ['linkedin.com/in/jane-c1'] }),
    ]);
    expect(await world.links(scope)).toEqual({ 2: 'c1' });
    await world.importLines([line('c1', { firstName: 'Mary', profileUrls: ['linkedin.com/in/jane-c1'] })]);
    expect(await world.links(scope)).toEqual({});
    await world.importLines([
      line('c1', { emails: ['jane@c1.org'] }),
      line('c2', { profileUrls: ['linkedin.com/in/jane-c1'] }),
    ]);
    expect(await world.links(scope)).toEqual({ 1: 'c1', 2: 'c2' });
  });

  test('MA16 a closed account loses its links, and has them again when it is opened', async () => {
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@d1.org'] })]);
    await world.importLines([line('d1', { emails: ['jane@d1.org'] })]);
    await world.importLines([{ id: 'd1', closed: true }]);
    expect(await world.links(scope)).toEqual({});
    await world.importLines([line('d1', { emails: ['jane@d1.org'] })]);
    expect(await world.links(scope)).toEqual({ 1: 'd1' });
  });

  test('MA12 a second member with the same claim takes the link away, and gives it back', async () => {
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@e1.org'] })]);
    await world.importLines([line('e1', { emails: ['jane@e1.org'] })]);
    await world.importLines([line('e2', { emails: ['jane@e1.org'] })]);
    expect(await world.links(scope)).toEqual({});
    await world.importLines([{ id: 'e1', closed: true }]);
    expect(await world.links(scope)).toEqual({ 1: 'e2' });
  });

  test('MA21 a changed candidate is decided anew; its former keys go', async () => {
    await world.importLines([
      line('f1', { emails: ['jane@f1.org'] }),
      line('f2', { emails: ['jane@f2.org'] }),
    ]);
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@f1.org', 'extra@f1.org'] })]);
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@f2.org'] })]);
    expect(await world.links(scope)).toEqual({ 1: 'f2' });
    expect(await keyRows(scope)).toHaveLength(1);
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@f2.org'], lastName: 'Smith' })]);
    expect(await world.links(scope)).toEqual({});
  });

  test('MA21 a deleted candidate leaves neither key nor link', async () => {
    await world.importLines([line('g1', { emails: ['jane@g1.org'] })]);
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@g1.org'] })]);
    await world.remove(scope, ['1']);
    expect(await world.links(scope)).toEqual({});
    expect(await keyRows(scope)).toEqual([]);
  });

  test('MA19 nothing is told when nothing changed', async () => {
    await world.importLines([line('h1', { emails: ['jane@h1.org'] })]);
    const item = candidate('1', { emailAddresses: ['jane@h1.org'] });
    await world.put(scope, [item]);
    world.told.length = 0;
    await world.put(scope, [item]);
    await world.importLines([line('h1', { emails: ['jane@h1.org'], headline: 'new' })]);
    expect(world.told).toEqual([]);
  });

  test('MA19 MA22 a manual link is told and stands beside the automatic one', async () => {
    await world.importLines([line('i1', { emails: ['jane@i1.org'] }), line('i2')]);
    const [automatic, manual] = [await world.memberId('i1'), await world.memberId('i2')];
    const fields = { emailAddresses: ['jane@i1.org'] };
    await world.put(scope, [candidate('1', fields, manual), candidate('2', fields), candidate('3')]);
    expect(await world.matched(scope, ['1', '2', '3'])).toEqual(
      new Map([
        ['1', { automatic: [automatic], manual }],
        ['2', { automatic: [automatic], manual: null }],
      ]),
    );
    world.told.length = 0;
    await world.put(scope, [candidate('1', fields, null)]);
    expect(world.told).toEqual([
      { ...scope, isOfBatch: true, candidateIds: ['1'], memberIds: [manual], formerMemberIds: [manual] },
    ]);
  });

  test('MA20 keys and links are seen by their organisation alone', async () => {
    await world.importLines([line('j1', { emails: ['jane@j1.org'] })]);
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@j1.org'] })]);
    const seen = await world.ctx.db.read(
      other.tenantId,
      async (tx) => tx<{ n: number }>`
      select (select count(*) from candidate_key) + (select count(*) from automatic_match) as n`,
    );
    expect(seen[0]?.n).toBe(0);
    expect(await world.links(other)).toEqual({});
  });

  test('MA14 stored reasons are codes', async () => {
    await world.importLines([line('k1', { emails: ['jane@k1.org'] })]);
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@k1.org'] })]);
    const rows = await world.ctx.db.read(
      scope.tenantId,
      async (tx) => tx`
      select reasons from automatic_match where tenant_id = ${scope.tenantId}`,
    );
    expect(rows[0]?.reasons).toEqual(['name.exact', 'email.exact']);
  });

  test.each([
    [
      'of ours',
      () => {
        throw new Error('a listener fails');
      },
    ],
    ['of the database', (tx: Tx) => [tx`select 1 / 0`]],
  ])('MA18 an error of matching, %s, stores the batch and matches it later', async (_, fail) => {
    await world.importLines([line('l1', { emails: ['jane@l1.org'] })]);
    const failing = vi.spyOn(world.listener, 'answer').mockImplementationOnce(fail);
    await world.put(scope, [candidate('1', { emailAddresses: ['jane@l1.org'] }), candidate('2')]);
    failing.mockRestore();
    expect(await world.links(scope)).toEqual({});
    const stored = await world.ctx.db.read(
      scope.tenantId,
      async (tx) => tx`select id from candidate where tenant_id = ${scope.tenantId}`,
    );
    expect(stored).toHaveLength(2);
    await world.hooks.drain();
    expect(await world.links(scope)).toEqual({ 1: 'l1' });
    expect(await keyRows(scope)).toHaveLength(1);
    const left = await world.ctx.db.read(
      scope.tenantId,
      async (tx) => tx`
      select id from outbox where tenant_id = ${scope.tenantId} and lane = 'rematch'`,
    );
    expect(left).toEqual([]);
  });
});
