import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AtsScope } from '../records/index.ts';
import type { Decider, Verdict } from './decisions.ts';
import { candidate, type OpenedWorld, openWorld } from './testing/world.ts';

let world: OpenedWorld;
let scope: AtsScope;
const ANA: Decider = { origin: 'app', seatId: 1 };
const BEN: Decider = { origin: 'app', seatId: 2 };

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const jane = (id: string, more: object = {}) => ({ id, firstName: 'Jane', lastName: 'Doe', ...more });

async function decide(verdict: Verdict, by = ANA): Promise<number | null> {
  return world.ctx.db.transaction(scope.tenantId, (tx) =>
    world.hooks.decisions.decide(tx, scope, verdict, by),
  );
}

interface Row {
  readonly decisionNo: number;
  readonly candidateId: string;
  readonly member: string;
  readonly verdict: string;
  readonly origin: string;
  readonly seatId: number | null;
  readonly isLive: boolean;
  readonly isContested: boolean;
  readonly suspectKeys: readonly string[];
}

async function log(): Promise<Row[]> {
  const rows = await world.ctx.db.read(
    scope.tenantId,
    async (tx) => tx<Row>`
      select d.decision_no as "decisionNo", d.candidate_id as "candidateId", m.external_id as member, d.verdict, d.origin,
        d.seat_id as "seatId", d.lifted_at is null as "isLive", d.is_contested as "isContested",
        coalesce(d.suspect_keys, '{}')::text[] as "suspectKeys"
      from match_decision d join member m using (member_id)
      where d.tenant_id = ${scope.tenantId} order by d.decision_no`,
  );
  return [...rows];
}

async function lift(decisionNo: number, by = ANA): Promise<boolean> {
  const decision = (await log()).find((row) => row.decisionNo === decisionNo);
  if (!decision) throw new Error(`no decision ${decisionNo}`);
  const { candidateId, suspectKeys } = decision;
  return world.ctx.db.transaction(scope.tenantId, (tx) =>
    world.hooks.decisions.lift(tx, { ...scope, decisionNo, candidateId, suspectKeys }, by),
  );
}

/** Whom the candidate is shown to be, as an external id. */
async function shown(id = '1'): Promise<string | null> {
  const [row] = await world.ctx.db.read(
    scope.tenantId,
    async (tx) => tx<{ member: string }>`
      select m.external_id as member from candidate_member l join member m using (member_id)
      where l.tenant_id = ${scope.tenantId} and l.ats_no = ${scope.atsNo} and l.candidate_id = ${id}`,
  );
  return row?.member ?? null;
}

/** The rest of it is done behind the transaction. */
function eventually(expectation: () => Promise<void>): Promise<void> {
  return vi.waitFor(
    async () => {
      await world.outbox.poll();
      await expectation();
    },
    { timeout: 60_000 },
  );
}

let run = 0;
let right: number;
let wrong: number;
let mail: string;

/** Candidate 1 is linked with `wrong` by e-mail; `right` is somebody else. */
beforeEach(async () => {
  scope = { tenantId: await world.organisation(), atsNo: 1 };
  const n = ++run;
  mail = `jane@d${n}.org`;
  await world.importLines([jane(`wrong${n}`, { emails: [mail] }), jane(`right${n}`)]);
  wrong = await world.memberId(`wrong${n}`);
  right = await world.memberId(`right${n}`);
  await put();
  expect(await shown()).toBe(`wrong${n}`);
});

const put = (manualMember?: number | null) =>
  world.put(scope, [candidate('1', { emailAddresses: [mail] }, manualMember)]);
const unlink = (by = ANA) => decide({ candidateId: '1', memberId: wrong, verdict: 'UNLINK' }, by);
const link = (memberId = right, by = ANA) => decide({ candidateId: '1', memberId, verdict: 'LINK' }, by);

describe('undoing a link', () => {
  test('MA80 L-048 a link that a person undid never comes back by itself', async () => {
    expect(await unlink()).toBeGreaterThan(0);
    expect(await shown()).toBeNull();
    expect(await world.links(scope)).toEqual({});
    await put();
    await world.put(scope, [candidate('1', { emailAddresses: [mail, 'new@x.org'], firstName: 'J' })]);
    await world.importLines([jane(`wrong${run}`, { emails: [mail, 'second@x.org'] })]);
    await put();
    expect(await shown()).toBeNull();
    expect(await world.matched(scope, ['1'])).toEqual(new Map());
  });

  test('MA80 nor when the candidate is deleted and sent again', async () => {
    await decide({ candidateId: '1', memberId: wrong, verdict: 'UNLINK', note: 'she told me' });
    await world.remove(scope, ['1']);
    await put();
    expect(await shown()).toBeNull();
    const [row] = await world.ctx.db.read(
      scope.tenantId,
      async (tx) => tx`select note from match_decision where tenant_id = ${scope.tenantId}`,
    );
    expect(row).toEqual({ note: null });
  });

  test('MA80 other members may still be found', async () => {
    await unlink();
    await world.importLines([jane(`third${run}`, { emails: ['third@x.org'] })]);
    await world.put(scope, [candidate('1', { emailAddresses: [mail, 'third@x.org'] })]);
    expect(await shown()).toBe(`third${run}`);
  });

  test('MA81 who decided, when and why stays in the log; deciding the same again adds nothing', async () => {
    await decide({ candidateId: '1', memberId: wrong, verdict: 'UNLINK', reason: 'other-person', note: 'n' });
    expect(await unlink(BEN)).toBeNull();
    const rows = await world.ctx.db.read(
      scope.tenantId,
      async (tx) => tx`
        select verdict, origin, seat_id, reason, note, basis, decided_at from match_decision where tenant_id = ${scope.tenantId}`,
    );
    expect(rows).toEqual([
      {
        verdict: 'UNLINK',
        origin: 'app',
        seat_id: 1,
        reason: 'other-person',
        note: 'n',
        basis: 'automatic',
        decided_at: world.ctx.clock.now(),
      },
    ]);
  });

  test('MA82 what was undone can be undone: the link is as it was', async () => {
    const no = await unlink();
    expect(await lift(no ?? 0, BEN)).toBe(true);
    expect(await lift(no ?? 0, BEN)).toBe(false);
    expect(await shown()).toBe(`wrong${run}`);
    expect((await log()).map(({ isLive }) => isLive)).toEqual([false]);
  });

  test('MA83 identifiers that carried the undone link are suspect in this organisation, and others that rest on them alone go', async () => {
    await world.put(scope, [candidate('2', { emailAddresses: [mail] })]);
    const elsewhere = { tenantId: await world.organisation(), atsNo: 1 };
    await world.put(elsewhere, [candidate('1', { emailAddresses: [mail] })]);
    const no = await unlink();
    const suspects = async () =>
      (
        await world.ctx.db.read(
          scope.tenantId,
          async (tx) => tx`
            select reason, kind from weak_identifier where tenant_id = ${scope.tenantId} and reason = 'SUSPECT'`,
        )
      ).length;
    expect(await suspects()).toBe(1);
    await eventually(async () => {
      expect(await world.links(scope)).toEqual({});
    });
    expect(await world.links(elsewhere)).toEqual({ 1: `wrong${run}` });
    await lift(no ?? 0);
    expect(await suspects()).toBe(0);
    await eventually(async () => {
      expect(await world.links(scope)).toEqual({ 1: `wrong${run}`, 2: `wrong${run}` });
    });
  });
});

describe('linking by hand', () => {
  test('MA84 L-047 a manual link outranks the automatic one and survives 50 random syncs', async () => {
    await link();
    let seed = 42;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let i = 0; i < 50; i++) {
      const steps = [
        () => put(),
        () => world.put(scope, [candidate('1', { emailAddresses: [`other${i}@x.org`] })]),
        () => world.put(scope, [candidate('1', { lastName: 'Smith', emailAddresses: [mail] })]),
        () => world.importLines([jane(`wrong${run}`, { emails: [mail, `more${i}@x.org`] })]),
        () => world.importLines([jane(`right${run}`, { lastName: i % 2 ? 'Doe' : 'Roe' })]),
        () => world.outbox.poll(),
      ];
      await steps[random(steps.length)]?.();
      expect(await shown()).toBe(`right${run}`);
    }
    expect((await world.matched(scope, ['1'])).get('1')?.manual).toBe(right);
    expect(await log()).toHaveLength(1);
  });

  test('MA85 a later link by another seat supersedes; both stay in the log', async () => {
    await link(right, ANA);
    await link(wrong, BEN);
    expect(await shown()).toBe(`wrong${run}`);
    expect((await log()).map(({ seatId, isLive }) => [seatId, isLive])).toEqual([
      [1, false],
      [2, true],
    ]);
    const [, second] = await log();
    await lift(second?.decisionNo ?? 0);
    expect(await shown()).toBe(`right${run}`);
  });

  test('MA85 a later link takes the place of an undoing, and undoing that restores it', async () => {
    await unlink();
    const no = await link(wrong, BEN);
    expect(await shown()).toBe(`wrong${run}`);
    await lift(no ?? 0);
    expect(await shown()).toBeNull();
    expect((await log()).filter(({ isLive }) => isLive)).toMatchObject([
      { verdict: 'UNLINK', origin: 'undo' },
    ]);
  });

  test('MA86 "not the right profile" lifts a manual link and stands against the pair', async () => {
    await link();
    await decide({ candidateId: '1', memberId: right, verdict: 'UNLINK' }, BEN);
    expect(await shown()).toBe(`wrong${run}`);
    expect((await log()).filter(({ isLive }) => isLive)).toMatchObject([{ verdict: 'UNLINK', seatId: 2 }]);
  });

  test('MA87 the ATS lifts the manual link only: an undoing stays', async () => {
    await unlink();
    await put(right);
    expect(await shown()).toBe(`right${run}`);
    await put(null);
    expect(await shown()).toBeNull();
    expect((await log()).filter(({ isLive }) => isLive)).toMatchObject([
      { verdict: 'UNLINK', member: `wrong${run}` },
    ]);
  });

  test('MA88 whole records that repeat a link, or that there is none, overrule nobody', async () => {
    await put(wrong);
    await put(wrong);
    expect(await log()).toHaveLength(1);
    await unlink();
    await put(wrong);
    expect(await shown()).toBeNull();
    await link(right, BEN);
    await put(wrong);
    await put(null);
    expect(await shown()).toBe(`right${run}`);
    await world.importLines([jane(`third${run}`)]);
    await put(await world.memberId(`third${run}`)); // the ATS says something new
    expect(await shown()).toBe(`third${run}`);
  });

  test('MA89 decisions on one candidate at the same time leave one link', async () => {
    await Promise.all([link(right, ANA), link(wrong, BEN), put(right), unlink(ANA), link(right, BEN), put()]);
    const live = (await log()).filter(({ isLive, verdict }) => isLive && verdict === 'LINK');
    expect(live.length).toBeLessThanOrEqual(1);
    const members = (await log()).filter(({ isLive }) => isLive).map(({ member }) => member);
    expect(new Set(members).size).toBe(members.length);
  });

  test('MA20 a decision about a candidate of another organisation is none', async () => {
    const other = { tenantId: await world.organisation(), atsNo: 1 };
    const no = await world.ctx.db.transaction(other.tenantId, (tx) =>
      world.hooks.decisions.decide(tx, other, { candidateId: '1', memberId: right, verdict: 'LINK' }, ANA),
    );
    expect(no).toBeNull();
    expect(await shown()).toBe(`wrong${run}`);
  });
});

describe('merging candidates of the ATS', () => {
  const merge = async () => {
    const mergeNo = await world.ctx.db.transaction(scope.tenantId, (tx) =>
      world.hooks.decisions.merge(tx, scope, { fromId: '2', intoId: '1' }, ANA),
    );
    return typeof mergeNo === 'number' ? mergeNo : null;
  };
  const undo = (mergeNo: number | null) =>
    world.ctx.db.transaction(scope.tenantId, (tx) =>
      world.hooks.decisions.undoMerge(tx, { ...scope, mergeNo: mergeNo ?? 0, fromId: '2', intoId: '1' }, BEN),
    );
  const live = async () =>
    (await log())
      .filter(({ isLive }) => isLive)
      .map(({ candidateId, member, verdict }) => `${candidateId} ${verdict} ${member}`)
      .sort();

  beforeEach(() => world.put(scope, [candidate('2')]));

  test('MA90 a merge moves decisions, and moves them back', async () => {
    await decide({ candidateId: '2', memberId: right, verdict: 'LINK' });
    await decide({ candidateId: '2', memberId: wrong, verdict: 'UNLINK' });
    const mergeNo = await merge();
    expect(await live()).toEqual([`1 LINK right${run}`, `1 UNLINK wrong${run}`]);
    expect([await shown('1'), await shown('2')]).toEqual([`right${run}`, null]);
    expect(await undo(mergeNo)).toBe(true);
    expect(await undo(mergeNo)).toBe(false);
    expect(await live()).toEqual([`2 LINK right${run}`, `2 UNLINK wrong${run}`]);
    expect([await shown('1'), await shown('2')]).toEqual([`wrong${run}`, `right${run}`]);
  });

  test('MA91 two links that clash are for a person to decide, and neither is shown until then', async () => {
    await link(wrong);
    await decide({ candidateId: '2', memberId: right, verdict: 'LINK' });
    const mergeNo = await merge();
    expect(await shown()).toBeNull();
    expect(await world.matched(scope, ['1'])).toEqual(new Map());
    await put(wrong); // a sync decides no dispute
    expect(await shown()).toBeNull();
    await undo(mergeNo);
    expect([await shown('1'), await shown('2')]).toEqual([`wrong${run}`, `right${run}`]);
    await merge();
    await link(right, BEN);
    expect(await shown()).toBe(`right${run}`);
    expect((await log()).filter(({ isContested, isLive }) => isContested && isLive)).toEqual([]);
  });

  test('MA91 to reject one of two clashing links is to keep the other', async () => {
    await link(wrong);
    await decide({ candidateId: '2', memberId: right, verdict: 'LINK' });
    await merge();
    await unlink();
    expect(await shown()).toBe(`right${run}`);
  });

  test('MA91 a dispute that was decided is one again when that is undone', async () => {
    await link(wrong);
    await decide({ candidateId: '2', memberId: right, verdict: 'LINK' });
    const mergeNo = await merge();
    const decisionNo = (await link(right, BEN)) ?? 0;
    await lift(decisionNo);
    expect(await shown()).toBeNull();
    expect((await log()).filter(({ isContested, isLive }) => isContested && isLive)).toHaveLength(2);
    await undo(mergeNo);
    expect([await shown('1'), await shown('2')]).toEqual([`wrong${run}`, `right${run}`]);
  });

  test('MA90 what was decided since the merge stays when it is undone', async () => {
    await decide({ candidateId: '2', memberId: wrong, verdict: 'UNLINK' });
    const mergeNo = await merge();
    await link(wrong, BEN);
    await undo(mergeNo);
    expect(await live()).toEqual([`1 LINK wrong${run}`, `2 UNLINK wrong${run}`]);
  });
});
