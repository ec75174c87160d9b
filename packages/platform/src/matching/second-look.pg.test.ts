import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AtsScope } from '../records/index.ts';
import { createCustomerApplication } from '../tenancy/index.ts';
import { FORM_VERSION } from './member-form.ts';
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
  const tenantId = await world.organisation();
  const { atsNo } = await createCustomerApplication(world.ctx, { name: 'ATS', tenantId });
  scope = { tenantId, atsNo };
  at = `s${++round}`;
  name = NAMES[round] ?? '';
});

/** Another one for each test: the directory is one. */
const NAMES =
  'Oxenford Quartermaine Blythe Zimmerli Kowalczyk Thorvaldsen Abernathy Villanueva Mbeki Castellanos Pettigrew'.split(
    ' ',
  );
let name: string;
const COMPANY = () => `${name} and Sons`;
const member = (id: string, more: object = {}) => ({
  id: `${id}.${at}`,
  firstName: 'Philippa',
  lastName: name,
  positions: [{ title: 'Loom Engineer', companyName: COMPANY() }],
  address: { city: 'Kingsbridge', country: 'gb' },
  ...more,
});
const philippa = (id: string, more: object = {}) =>
  candidate(id, {
    firstName: 'Philippa',
    lastName: name,
    currentCompanyName: COMPANY(),
    currentJobTitle: 'Loom Engineer',
    addresses: [{ city: 'Kingsbridge', country: 'gb' }],
    ...more,
  });
const proposals = async () => {
  await world.hooks.drain();
  return world.proposals(scope);
};

describe('proposals', () => {
  test('MA44 whom names, company and place lead to is proposed and not linked', async () => {
    await world.importLines([member('a'), member('b', { firstName: 'Kurt', lastName: 'Brandt' })]);
    await world.put(scope, [philippa('1')]);
    expect(await proposals()).toEqual({ 1: [`a.${at}`] });
    expect(await world.links(scope)).toEqual({});
  });

  test('MA44 at most five are proposed', async () => {
    await world.importLines(Array.from({ length: 8 }, (_, i) => member(`m${i}`)));
    await world.put(scope, [philippa('1')]);
    expect((await proposals())['1']).toHaveLength(5);
  });

  test('MA44 a link takes the proposals away; when it goes they are back', async () => {
    const mail = `philippa@${at}.org`;
    await world.importLines([member('a'), member('b')]);
    await world.put(scope, [philippa('1')]);
    expect((await proposals())['1']).toHaveLength(2);
    await world.importLines([member('a', { emails: [mail] })]);
    await world.put(scope, [philippa('1', { emailAddresses: [mail] })]);
    expect(await proposals()).toEqual({});
    expect(await world.links(scope)).toEqual({ 1: `a.${at}` });
    await world.importLines([member('a', { emails: [] })]);
    expect((await proposals())['1']).toHaveLength(2);
  });

  test('MA44 a member who changes or closes the account is looked at again', async () => {
    await world.importLines([member('a'), member('b')]);
    await world.put(scope, [philippa('1')]);
    expect((await proposals())['1']).toHaveLength(2);
    await world.importLines([member('a', { firstName: 'Kurt', lastName: 'Brandt' })]);
    expect(await proposals()).toEqual({ 1: [`b.${at}`] });
    await world.importLines([member('b', { closed: true })]);
    expect(await proposals()).toEqual({});
  });

  test('MA44 who was refused, or is linked by hand, is not proposed', async () => {
    await world.importLines([member('a'), member('b')]);
    await world.put(scope, [philippa('1'), philippa('2')]);
    expect(Object.keys(await proposals())).toEqual(['1', '2']);
    const [a, b] = [await world.memberId(`a.${at}`), await world.memberId(`b.${at}`)];
    const by = { origin: 'app', seatId: 1 } as const;
    await world.ctx.db.transaction(scope.tenantId, async (tx) => {
      await world.hooks.decisions.decide(tx, scope, { candidateId: '1', memberId: a, verdict: 'UNLINK' }, by);
      await world.hooks.decisions.decide(tx, scope, { candidateId: '2', memberId: b, verdict: 'LINK' }, by);
    });
    expect(await proposals()).toEqual({ 1: [`b.${at}`] });
  });

  test('MA44 a deleted candidate leaves no proposal', async () => {
    await world.importLines([member('a')]);
    await world.put(scope, [philippa('1')]);
    expect(Object.keys(await proposals())).toEqual(['1']);
    await world.remove(scope, ['1']);
    expect(await proposals()).toEqual({});
  });
});

describe('models', () => {
  test('MA45 a model is made of the members, run in the shadow, published, and everybody is decided anew', async () => {
    const mail = `philippa@${at}.org`;
    await world.importLines([member('a', { emails: [mail] }), member('b')]);
    await world.put(scope, [philippa('1', { emailAddresses: [mail] }), philippa('2')]);
    await world.hooks.drain();
    const modelNo = await world.hooks.models.make();
    expect(await world.hooks.models.shadow(modelNo)).toMatchObject({ lost: 0, moved: 0, gained: 0 });
    expect(await modelsOfLinks()).toEqual([0]);
    await world.hooks.models.publish(modelNo);
    await world.hooks.drain();
    expect(await world.hooks.models.current()).toMatchObject({ modelNo, isOfThisForm: true });
    expect(await modelsOfLinks()).toEqual([modelNo]);
  });

  test('MA45 a link that a new model would not make again is kept while it weighs enough, and new ones are not made', async () => {
    const mail = `philippa@${at}.org`;
    await world.ctx.db.pipeline(null, (tx) => [tx`delete from match_model`]);
    await world.importLines([{ id: `a.${at}`, firstName: 'Philippa', lastName: name, emails: [mail] }]);
    const bare = (id: string) =>
      candidate(id, { firstName: 'Philippa', lastName: name, emailAddresses: [mail] });
    await world.put(scope, [bare('1')]);
    const [weight = 0] = await weightsOfLinks();
    // A model under which the same evidence is 8 bits: below making, above keeping.
    await publishHeavier(weight - 8);
    await world.put(scope, [bare('2')]);
    await world.hooks.drain();
    expect(await world.links(scope)).toEqual({ 1: `a.${at}` });
    await publishHeavier(weight - 5);
    await world.hooks.drain();
    expect(await world.links(scope)).toEqual({});
    await world.ctx.db.pipeline(null, (tx) => [tx`delete from match_model`]);
  });

  async function modelsOfLinks(): Promise<number[]> {
    const rows = await world.ctx.db.read(
      scope.tenantId,
      async (tx) =>
        tx<{
          n: number;
        }>`select distinct model_no as n from automatic_match where tenant_id = ${scope.tenantId}`,
    );
    return rows.map(({ n }) => n);
  }

  async function weightsOfLinks(): Promise<number[]> {
    const rows = await world.ctx.db.read(
      scope.tenantId,
      async (tx) =>
        tx<{ weight: number }>`select weight from automatic_match where tenant_id = ${scope.tenantId}`,
    );
    return rows.map(({ weight }) => weight);
  }

  /** So many bits less for everybody, by the number of members there seem to be. */
  async function publishHeavier(bits: number): Promise<void> {
    const modelNo = await world.hooks.models.make();
    await world.ctx.db.pipeline(null, (tx) => [
      tx`update match_model set totals = '{"given":0,"family":0,"company":0,"city":0}',
           member_count = (${100_000} * (2 ^ ${bits}::numeric))::bigint where model_no = ${modelNo}`,
      tx`delete from term_frequency where model_no = ${modelNo}`,
    ]);
    await world.hooks.models.publish(modelNo);
    await world.hooks.drain();
  }
});

test('MA47 every change of a link is logged with its cause and weight; a deleted candidate’s log names nobody', async () => {
  const mail = `philippa@${at}.org`;
  await world.importLines([member('a', { emails: [mail] })]);
  await world.put(scope, [philippa('1', { emailAddresses: [mail] })]);
  await world.put(scope, [philippa('1', { emailAddresses: [mail] })]);
  await world.importLines([member('a', { emails: [] })]);
  const log = () =>
    world.ctx.db.read(
      scope.tenantId,
      async (tx) => tx<{ candidate: string; decision: string; cause: string; weight: number | null }>`
        select candidate_id as candidate, decision, cause, weight from match_event
        where tenant_id = ${scope.tenantId} order by event_no`,
    );
  expect(await log()).toEqual([
    { candidate: '1', decision: 'AUTO', cause: 'candidate', weight: expect.any(Number) },
    { candidate: '1', decision: 'NONE', cause: 'member', weight: null },
  ]);
  await world.remove(scope, ['1']);
  expect((await log()).map(({ candidate: id }) => id)).not.toContain('1');
  expect(await log()).toHaveLength(2);
});

test('MA50 a form of an earlier version is not compared with, and is made anew; of a closed account none is left', async () => {
  await world.importLines([member('a')]);
  const a = await world.memberId(`a.${at}`);
  await world.ctx.db.pipeline(null, (tx) => [
    tx`update member_form set version = ${FORM_VERSION - 1}, form = '[]' where member_id = ${a}`,
  ]);
  await world.put(scope, [philippa('1')]);
  expect(await proposals()).toEqual({ 1: [`a.${at}`] });
  const forms = () =>
    world.ctx.db.read(
      null,
      async (tx) => tx<{ version: number; form: string }>`
        select version, form from member_form where member_id = ${a}`,
    );
  await world.hooks.keepUp(AbortSignal.timeout(60_000));
  expect(await forms()).toEqual([{ version: FORM_VERSION, form: expect.stringContaining('kingsbridge') }]);
  await world.importLines([member('a', { address: { city: 'Anstruther', country: 'gb' } })]);
  expect(await forms()).toEqual([{ version: FORM_VERSION, form: expect.stringContaining('anstruther') }]);
  await world.importLines([member('a', { closed: true })]);
  expect(await forms()).toEqual([]);
});
