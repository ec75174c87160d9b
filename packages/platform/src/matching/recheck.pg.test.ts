import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeMember } from '../members/index.ts';
import type { AtsScope } from '../records/index.ts';
import { createContract, createCustomerApplication, createSeat } from '../tenancy/index.ts';
import { candidate, type OpenedWorld, openWorld } from './testing/world.ts';

let world: OpenedWorld;
let scope: AtsScope;
let at: string;
let round = 0;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  scope = { tenantId: await world.organisation(), atsNo: 1 };
  at = `r${++round}.org`;
});

const jane = (more: object = {}) => ({ id: `jane.${at}`, firstName: 'Jane', lastName: 'Doe', ...more });
const links = async (of = scope) => {
  await world.hooks.drain();
  return world.links(of);
};
const sent = (id: string, firstName: string, lastName: string, mail: string) =>
  candidate(id, { firstName, lastName, emailAddresses: [mail] });

describe('an identifier of several people', () => {
  test('MA40 under three family names it links nobody, and links that rest on it alone go', async () => {
    const mail = `crew@${at}`;
    await world.importLines([jane({ emails: [mail] })]);
    await world.put(scope, [sent('1', 'Jane', 'Doe', mail)]);
    await world.put(scope, [sent('2', 'Ana', 'Silva', mail)]);
    expect(await links()).toEqual({ 1: `jane.${at}` });
    await world.put(scope, [sent('3', 'Kurt', 'Brandt', mail)]);
    expect(await links()).toEqual({});
    // Nobody new is linked by it, and with another identifier a link holds.
    await world.put(scope, [sent('4', 'Jane', 'Doe', mail)]);
    await world.importLines([
      jane({ emails: [mail], profileUrls: [`https://linkedin.com/in/jane-${round}`] }),
    ]);
    const url = { linkedInProfileUrl: `https://www.linkedin.com/in/jane-${round}` };
    await world.put(scope, [candidate('5', { emailAddresses: [mail], ...url })]);
    expect(await links()).toEqual({ 5: `jane.${at}` });
  });

  test('MA40 when one of the names has gone it identifies again', async () => {
    const mail = `crew@${at}`;
    await world.importLines([jane({ emails: [mail] })]);
    await world.put(scope, [
      sent('1', 'Jane', 'Doe', mail),
      sent('2', 'Ana', 'Silva', mail),
      sent('3', 'Kurt', 'Brandt', mail),
    ]);
    expect(await links()).toEqual({});
    await world.put(scope, [sent('3', 'Kurt', 'Silva', mail)]);
    expect(await links()).toEqual({ 1: `jane.${at}` });
    await world.put(scope, [sent('4', 'Li', 'Wang', mail)]);
    expect(await links()).toEqual({});
    await world.remove(scope, ['4']);
    expect(await links()).toEqual({ 1: `jane.${at}` });
  });

  test('MA40 it does not matter whether the member came before or after', async () => {
    const mail = `crew@${at}`;
    await world.put(scope, [
      sent('1', 'Jane', 'Doe', mail),
      sent('2', 'Ana', 'Silva', mail),
      sent('3', 'Kurt', 'Brandt', mail),
    ]);
    await world.importLines([jane({ emails: [mail] })]);
    expect(await links()).toEqual({});
  });

  test('MA40 each organisation counts for itself', async () => {
    const mail = `crew@${at}`;
    const other = { tenantId: await world.organisation(), atsNo: 1 };
    await world.importLines([jane({ emails: [mail] })]);
    await world.put(scope, [sent('1', 'Jane', 'Doe', mail), sent('2', 'Ana', 'Silva', mail)]);
    await world.put(other, [sent('1', 'Jane', 'Doe', mail), sent('2', 'Kurt', 'Brandt', mail)]);
    expect(await links()).toEqual({ 1: `jane.${at}` });
    expect(await links(other)).toEqual({ 1: `jane.${at}` });
  });

  test('MA41 shared in five organisations it is so in all', async () => {
    const mail = `crew@${at}`;
    const three = [
      sent('1', 'Jane', 'Doe', mail),
      sent('2', 'Ana', 'Silva', mail),
      sent('3', 'Li', 'Wang', mail),
    ];
    await world.importLines([jane({ emails: [mail] })]);
    await world.put(scope, [sent('1', 'Jane', 'Doe', mail)]);
    const others = await Promise.all([1, 2, 3, 4].map(() => world.organisation()));
    for (const tenantId of others) await world.put({ tenantId, atsNo: 1 }, three);
    await world.hooks.drain();
    await world.hooks.keepUp(AbortSignal.timeout(60_000));
    expect(await links()).toEqual({ 1: `jane.${at}` });
    await world.put({ tenantId: await world.organisation(), atsNo: 1 }, three);
    await world.hooks.drain();
    await world.hooks.keepUp(AbortSignal.timeout(60_000));
    expect(await links()).toEqual({});
  });

  test('MA42 the mailbox and the domain of a seat are a recruiter’s own, of candidates that were there too', async () => {
    const { tenantId } = scope;
    await createCustomerApplication(world.ctx, { name: 'ATS', tenantId });
    const mails = [`seat@agency.${at}`, `other@agency.${at}`, `private@${at}`];
    await world.importLines([jane({ emails: mails })]);
    await world.put(
      scope,
      mails.map((mail, i) => sent(String(i), 'Jane', 'Doe', mail)),
    );
    expect(Object.keys(await links())).toEqual(['0', '1', '2']);
    const { contractId } = await createContract(world.ctx, tenantId, { name: 'Contract' });
    await createSeat(world.ctx, [world.hooks.member], tenantId, {
      contractId,
      email: `seat@agency.${at}`,
      password: 'a long enough password',
      firstName: 'Rita',
      lastName: 'Recruiter',
      isAdmin: false,
    });
    expect(Object.keys(await links())).toEqual(['2']);
  });
});

describe('applications', () => {
  test('MA43 the address in an application is evidence of its candidate, and goes with it', async () => {
    const mail = `jane@${at}`;
    await world.importLines([jane({ emails: [mail] })]);
    await world.put(scope, [candidate('1')]);
    await world.apply(scope, { a: { of: '1', email: mail } });
    expect(await links()).toEqual({ 1: `jane.${at}` });
    // The candidate is sent again, without the address.
    await world.put(scope, [candidate('1', { middleInitial: 'Q' })]);
    expect(await links()).toEqual({ 1: `jane.${at}` });
    await world.withdraw(scope, ['a']);
    expect(await links()).toEqual({});
  });

  test('MA43 whichever of application, candidate and member comes last', async () => {
    const mail = `jane@${at}`;
    await world.apply(scope, { a: { of: '1', email: mail } });
    await world.put(scope, [candidate('1')]);
    expect(await links()).toEqual({});
    await world.importLines([jane({ emails: [mail] })]);
    expect(await links()).toEqual({ 1: `jane.${at}` });
    await world.remove(scope, ['1']);
    await world.put(scope, [candidate('1')]);
    // Its application was detached with it.
    expect(await links()).toEqual({});
  });
});

describe('identifiers', () => {
  test('MA11 L-044 without a common e-mail a phone number or a profile address links, together with the name', async () => {
    await world.importLines([
      jane({ phones: ['+1 212 736 5000'], profileUrls: [`https://www.linkedin.com/in/jane-${round}`] }),
    ]);
    await world.put(scope, [
      candidate('phone', { phoneNumbers: [{ number: '(212) 736-5000' }] }),
      candidate('url', { linkedInProfileUrl: `linkedin.com/in/jane-${round}/` }),
      candidate('stranger', {
        firstName: 'Kurt',
        lastName: 'Brandt',
        phoneNumbers: [{ number: '(212) 736-5000' }],
      }),
    ]);
    expect(await links()).toEqual({ phone: `jane.${at}`, url: `jane.${at}` });
  });

  test('MA16 who does not want to be found by e-mail or phone is not', async () => {
    const mail = `jane@${at}`;
    await world.importLines([jane({ emails: [mail], phones: ['+1 212 736 5001'] })]);
    await world.put(scope, [
      candidate('1', { emailAddresses: [mail] }),
      candidate('2', { phoneNumbers: [{ number: '+12127365001' }] }),
    ]);
    expect(Object.keys(await links())).toEqual(['1', '2']);
    const memberId = await world.memberId(`jane.${at}`);
    const choose = (name: 'found-by-email' | 'found-by-phone', isOn: boolean) =>
      world.ctx.db.transaction(null, (tx) =>
        changeMember(world.ctx, tx, [world.hooks.member], memberId, { kind: 'switch', name, isOn }),
      );
    await choose('found-by-phone', false);
    expect(Object.keys(await links())).toEqual(['1']);
    await choose('found-by-email', false);
    expect(await links()).toEqual({});
    // It outlasts an import.
    await world.importLines([jane({ emails: [mail], phones: ['+1 212 736 5001'], headline: 'Engineer' })]);
    expect(await links()).toEqual({});
    await choose('found-by-email', true);
    await choose('found-by-phone', true);
    expect(Object.keys(await links())).toEqual(['1', '2']);
  });
});

test('MA49 a guess at an address under another name is answered alike, hit or not, and leaves the same behind', async () => {
  await world.importLines([jane({ emails: [`known@${at}`] })]);
  const guess = async (id: string, mail: string) => {
    await world.put(scope, [sent(id, 'Zebulon', 'Quatermass', mail)]);
    const rows = await world.ctx.db.read(
      scope.tenantId,
      async (tx) => tx<{ lane: string; payload: unknown }>`
        select lane, payload from outbox where tenant_id = ${scope.tenantId} order by id`,
    );
    await world.hooks.drain();
    const work = rows
      .filter(({ lane }) => lane !== 'records')
      .map(({ lane, payload }) => [lane, shapeOf(payload)]);
    return {
      work,
      matched: [...(await world.matched(scope, [id])).values()],
      proposals: await world.proposals(scope),
    };
  };
  await guess('0', `first@${at}`); // of its organisation the process knows nothing yet
  const hit = await guess('1', `known@${at}`);
  expect(hit).toEqual(await guess('2', `other@${at}`));
  expect(hit).toMatchObject({ matched: [], proposals: {} });
});

/** Without the values: numbers and texts by their kind. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
