import type {
  AtsCard,
  CandidateList,
  Decided,
  DecisionLog,
  MatchExplanation,
  Merged,
  MergeList,
  Profile,
  ReviewAnswer,
} from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  type Company,
  openAppWorld,
} from '../access/testing/app-world.ts';
import { personIdOf } from '../search/index.ts';

let world: AppWorld;
let acme: Company;
let ats: AtsSide;
let hidden: AtsSide;
let rita: Browser;
let rolf: Browser;
let stranger: Browser;
let members: Map<string, number>;

const memberOf = (id: string): number => members.get(id) ?? 0;
const personOf = (id: string): string => personIdOf(world.ctx, acme.tenantId, memberOf(id));

const EVIDENCE = [
  { field: 'name', level: 'nickname', bits: 13.5, tf: -1.5 },
  { field: 'email', level: 'exact', bits: 24 },
  { field: 'company', level: 'different', bits: -1.3 },
];

async function propose(side: AtsSide, candidateId: string, member: string, weight: number) {
  await world.ctx.db.transaction(acme.tenantId, async (tx) => {
    await tx`
      insert into match_proposal (tenant_id, ats_no, candidate_id, member_id, weight, reasons, evidence, model_no, proposed_at)
      values (${acme.tenantId}, ${side.atsNo}, ${candidateId}, ${memberOf(member)}, ${weight}, '["identifier.none"]',
        ${JSON.stringify(EVIDENCE)}::text::jsonb, 0, ${world.clock.now()})`;
  });
}

beforeAll(async () => {
  world = await openAppWorld();
  acme = await world.addCompany('Acme');
  ats = await acme.addAts('OpenCATS', { isOpen: true });
  hidden = await acme.addAts('Secret', { isOpen: true });
  await acme.addSeat('Rita One');
  const rolfSeat = await acme.addSeat('Rolf Two');
  const other = await world.addCompany('Other');
  await other.addAts('Else', { isOpen: true });
  await other.addSeat('Sam Stranger');
  await world.ctx.db.transaction(acme.tenantId, async (tx) => {
    await tx`update seat set decides_matches = false where tenant_id = ${acme.tenantId} and seat_id = ${rolfSeat.seatId}`;
    await tx`update integration set status = 'PARTNER_READY' where tenant_id = ${acme.tenantId} and ats_no = ${hidden.atsNo}`;
  });
  members = await world.addMembers([
    {
      id: 'ann',
      firstName: 'Ann',
      lastName: 'Lee',
      emails: ['secret@mail.example'],
      phones: ['+47 22 22 22 22'],
      headline: 'Designer',
      location: 'Oslo',
      positions: [{ title: 'Designer', companyName: 'Globex', startDate: '2019-03' }],
    },
    { id: 'ben', firstName: 'Ben', lastName: 'Lee', emails: ['ben@mail.example'] },
    { id: 'cy', firstName: 'Cy', lastName: 'Closed', closed: true },
  ]);
  const jo = { firstName: 'Annie', lastName: 'Lee', currentCompanyName: 'Initech' };
  await ats.put('candidate', ['1'], aCandidate({ ...jo, emailAddresses: ['annie@ats.example'] }));
  await ats.put('candidate', ['2'], aCandidate({ emailAddresses: ['info@ats.example'] }));
  await ats.put('candidate', ['3'], aCandidate({ firstName: 'Zoe', emailAddresses: [] }));
  await hidden.put('candidate', ['1'], aCandidate());
  await ats.put('application', ['a1'], anApplication('1', 'SEC', {}));
  rita = await world.signIn('rita.one@acme.example');
  rolf = await world.signIn('rolf.two@acme.example');
  stranger = await world.signIn('sam.stranger@other.example');
  await propose(ats, '1', 'ann', 12);
  await propose(ats, '1', 'ben', 5);
  await propose(ats, '2', 'ben', 20);
  await propose(ats, '2', 'cy', 30);
  await propose(hidden, '1', 'ann', 40);
});
afterAll(() => world.close());

const queue = (query = '') => rita.read<ReviewAnswer>(`/app/api/review${query}`);
const explain = (id: string, browser = rita) =>
  browser.read<MatchExplanation>(`/app/api/matches?ats=${ats.atsNo}&candidate=${id}`);
const decide = async (
  candidateId: string,
  member: string,
  verdict: 'LINK' | 'UNLINK',
  more: object = {},
): Promise<number> => {
  const body = { atsNo: ats.atsNo, candidateId, personId: personOf(member), verdict, ...more };
  const response = await rita.post('/app/api/matches/decide', body);
  expect(response.status).toBe(200);
  const { decisionNo } = (await response.json()) as Decided;
  return decisionNo ?? 0;
};
const lift = async (decisionNo: number) => (await rita.post('/app/api/matches/lift', { decisionNo })).status;

describe('the queue', () => {
  test('SE70 lists what waits by weight, the most first, of open accounts and enabled ATSs only', async () => {
    const { items, total, counts } = await queue();
    expect(
      items.map((item) => [item.candidate.candidateId, item.proposals.map((p) => p.person.name)]),
    ).toEqual([
      ['2', ['Ben Lee']],
      ['1', ['Ann Lee', 'Ben Lee']],
    ]);
    expect(total).toBe(2);
    expect(counts).toEqual({ all: 2, single: 1, several: 1, disputed: 0 });
    expect((await queue('?kind=several')).items.map(({ candidate }) => candidate.candidateId)).toEqual(['1']);
    expect(await queue(`?ats=${hidden.atsNo}`)).toMatchObject({ total: 0, items: [] });
  });

  test('SE71 both sides stand side by side, and nothing of the member that the profile does not show', async () => {
    const response = await rita.get('/app/api/review');
    const text = await response.text();
    expect(text).not.toContain('secret@mail.example');
    expect(text).not.toContain('22 22');
    const { items } = JSON.parse(text) as ReviewAnswer;
    const [ann] = items.find(({ candidate }) => candidate.candidateId === '1')?.proposals ?? [];
    expect(
      ann?.fields.map(({ field, ats: mine, member, verdict }) => [field, mine, member, verdict]),
    ).toEqual([
      ['name', ['Annie Lee'], ['Ann Lee'], 'similar'],
      ['email', ['annie@ats.example'], null, 'agrees'],
      ['phone', [], null, 'unknown'],
      ['url', [], null, 'unknown'],
      ['company', ['Initech'], ['Globex'], 'differs'],
      ['title', [], ['Designer'], 'unknown'],
      ['place', [], ['Oslo'], 'unknown'],
    ]);
    expect(ann?.evidence).toMatchObject({ weight: 12, autoAt: 10, reviewAt: 3 });
    expect(ann?.evidence?.prior).toBeCloseTo(12 - 13.5 - 24 + 1.3);
  });

  test('SE72 a seat that does not decide gets no proposals, and may read why a link is', async () => {
    expect((await rolf.get('/app/api/review')).status).toBe(403);
    const body = { atsNo: ats.atsNo, candidateId: '1', personId: personOf('ann'), verdict: 'LINK' };
    expect((await rolf.post('/app/api/matches/decide', body)).status).toBe(403);
    expect((await rolf.post('/app/api/matches/lift', { decisionNo: 1 })).status).toBe(403);
    expect((await explain('1', rolf)).proposals).toBe(0);
    expect((await rolf.read<Profile>(`/app/api/people/${personOf('ann')}`)).maybeInAts).toEqual([]);
    expect((await rolf.read<AtsCard>(`/app/api/people/${personOf('ann')}/card`)).possible).toEqual([]);
  });

  test('SE73 a person of whom a record may be says so, with the record on the card', async () => {
    const profile = await rita.read<Profile>(`/app/api/people/${personOf('ann')}`);
    expect([profile.inAts, profile.maybeInAts.map(({ name }) => name)]).toEqual([[], ['OpenCATS']]);
    const card = await rita.read<AtsCard>(`/app/api/people/${personOf('ann')}/card`);
    expect(card.possible.map(({ candidate }) => candidate.candidateId)).toEqual(['1']);
  });

  test('AC12 nothing of it reaches another organisation', async () => {
    expect(await stranger.read<ReviewAnswer>('/app/api/review')).toMatchObject({ total: 0, accepted: 0 });
    expect((await stranger.get(`/app/api/matches?ats=${ats.atsNo}&candidate=1`)).status).toBe(404);
    const list = await stranger.read<CandidateList>('/app/api/candidates');
    expect(list.total).toBe(0);
    const body = { atsNo: ats.atsNo, candidateId: '1', personId: personOf('ann'), verdict: 'LINK' };
    expect((await stranger.post('/app/api/matches/decide', body)).status).toBe(404);
  });

  test('AC9 a job that is hidden leaves no trace in a record', async () => {
    const { candidate } = await explain('1');
    expect([candidate.applications, candidate.newestJob]).toEqual([0, null]);
  });

  test('AC17 in strict mode nobody decides about a candidate of whom no application may be seen', async () => {
    const before = await queue();
    await acme.setStrict(true);
    expect(await queue()).toMatchObject({ total: 0, items: [] });
    expect((await rita.get(`/app/api/matches?ats=${ats.atsNo}&candidate=1`)).status).toBe(404);
    expect((await rita.read<CandidateList>('/app/api/candidates')).total).toBe(0);
    const body = { atsNo: ats.atsNo, candidateId: '1', personId: personOf('ann'), verdict: 'LINK' };
    expect((await rita.post('/app/api/matches/decide', body)).status).toBe(404);
    await ats.putJob('OPEN');
    await ats.put('application', ['a2'], anApplication('2', 'OPEN', {}));
    expect((await queue()).items.map(({ candidate }) => candidate.candidateId)).toEqual(['2']);
    await ats.remove('application', ['a2']);
    await acme.setStrict(false);
    expect((await queue()).total).toBe(before.total);
  });
});

describe('deciding', () => {
  test('SE74 L-048 yes and no take a record off the queue, count for the yield, and can be undone', async () => {
    const no = await decide('1', 'ann', 'UNLINK', { reason: 'other-person', note: 'Another Ann' });
    const after = await queue();
    expect(after.items.find(({ candidate }) => candidate.candidateId === '1')?.proposals).toHaveLength(1);
    expect([after.accepted, after.rejected]).toEqual([0, 1]);
    const yes = await decide('1', 'ben', 'LINK');
    expect(await queue()).toMatchObject({ total: 1, accepted: 1, rejected: 1 });
    expect(await explain('1')).toMatchObject({
      standing: 'manual',
      person: { name: 'Ben Lee' },
      proposals: 0,
    });
    const log = await rita.read<DecisionLog>('/app/api/review/log');
    expect(log.entries).toMatchObject([
      { decisionNo: yes, verdict: 'LINK', by: 'Rita One', candidateName: 'Annie Lee', liftedAt: null },
      { decisionNo: no, verdict: 'UNLINK', reason: 'other-person', note: 'Another Ann' },
    ]);
    expect(await lift(yes)).toBe(204);
    expect(await lift(yes)).toBe(404);
    expect(await lift(no)).toBe(204);
    expect(await queue()).toMatchObject({ total: 2, accepted: 0, rejected: 0 });
  });

  test('SE75 what is not there cannot be decided about', async () => {
    const body = { atsNo: ats.atsNo, candidateId: '1', personId: personOf('ann'), verdict: 'LINK' };
    for (const wrong of [{ candidateId: 'x' }, { atsNo: hidden.atsNo }, { personId: 'AAAA' }])
      expect((await rita.post('/app/api/matches/decide', { ...body, ...wrong })).status).toBe(404);
    for (const wrong of [{ verdict: 'MAYBE' }, { note: 'x'.repeat(501) }, { reason: 'because' }])
      expect((await rita.post('/app/api/matches/decide', { ...body, ...wrong })).status).toBe(400);
    expect((await rita.post('/app/api/matches/lift', { decisionNo: 999_999 })).status).toBe(404);
  });

  test('SE76 candidates are found by name, e-mail and id; those without a link apart', async () => {
    const ids = async (query: string) =>
      (await rita.read<CandidateList>(`/app/api/candidates?${query}`)).candidates.map(
        ({ candidateId, linkedTo }) => [candidateId, linkedTo?.name ?? null],
      );
    expect(await ids('q=ann+lee')).toEqual([['1', null]]);
    expect(await ids('q=ANNIE@ats')).toEqual([['1', null]]);
    expect(await ids('q=3')).toEqual([['3', null]]);
    expect(await ids('q=%25')).toEqual([]);
    const no = await decide('3', 'ann', 'LINK');
    expect(await ids('q=zoe')).toEqual([['3', 'Ann Lee']]);
    expect(await ids('q=zoe&linked=no')).toEqual([]);
    await lift(no);
  });

  test('SE77 why a record is linked with nobody speaks of the record alone', async () => {
    expect((await explain('2')).identifiers.map(({ kind, problem }) => [kind, problem])).toEqual([
      ['email', 'role'],
      ['phone', 'missing'],
      ['url', 'missing'],
    ]);
    expect((await explain('3')).identifiers.every(({ problem }) => problem === 'missing')).toBe(true);
  });

  test('SE78 two records of one person are merged; links that clash stand first in the queue', async () => {
    await decide('1', 'ann', 'LINK');
    await decide('3', 'ben', 'LINK');
    const response = await rita.post('/app/api/matches/merge', {
      atsNo: ats.atsNo,
      fromId: '3',
      intoId: '1',
    });
    expect(response.status).toBe(200);
    const { mergeNo } = (await response.json()) as Merged;
    const [first] = (await queue()).items;
    expect(first).toMatchObject({ isDisputed: true, candidate: { candidateId: '1' } });
    expect(first?.proposals.map(({ person }) => person.name).sort()).toEqual(['Ann Lee', 'Ben Lee']);
    expect(await explain('1')).toMatchObject({ standing: 'disputed', person: null });
    expect((await rita.post('/app/api/matches/undo-merge', { mergeNo })).status).toBe(204);
    expect(await explain('1')).toMatchObject({ standing: 'manual', person: { name: 'Ann Lee' } });
    expect(await explain('3')).toMatchObject({ standing: 'manual', person: { name: 'Ben Lee' } });
  });

  test('SE79 merges are listed with who and what they moved; one in the way of another is undone first', async () => {
    const scope = { atsNo: ats.atsNo };
    const merge = (fromId: string, intoId: string) =>
      rita.post('/app/api/matches/merge', { ...scope, fromId, intoId });
    const first = (await (await merge('3', '1')).json()) as Merged;
    expect((await merge('3', '2')).status).toBe(409);
    expect((await merge('2', '3')).status).toBe(409);
    const second = (await (await merge('1', '2')).json()) as Merged;
    expect((await rita.post('/app/api/matches/undo-merge', first)).status).toBe(409);
    const { merges, total } = await rita.read<MergeList>('/app/api/review/merges');
    expect(total).toBe(3);
    expect(merges.map(({ from, into, moved, by, undoneBy }) => [from, into, moved, by, undoneBy])).toEqual([
      [
        { candidateId: '1', name: 'Annie Lee' },
        expect.objectContaining({ candidateId: '2' }),
        2,
        'Rita One',
        null,
      ],
      [
        expect.objectContaining({ name: expect.stringContaining('Zoe') }),
        expect.anything(),
        1,
        'Rita One',
        null,
      ],
      [expect.anything(), expect.anything(), 1, 'Rita One', 'Rita One'],
    ]);
    expect(await stranger.read('/app/api/review/merges')).toMatchObject({ total: 0, merges: [] });
    for (const each of [second, first])
      expect((await rita.post('/app/api/matches/undo-merge', each)).status).toBe(204);
    expect(await explain('1')).toMatchObject({ standing: 'manual', person: { name: 'Ann Lee' } });
    expect(await explain('3')).toMatchObject({ standing: 'manual', person: { name: 'Ben Lee' } });
    expect((await rolf.post('/app/api/matches/merge', { ...scope, fromId: '3', intoId: '1' })).status).toBe(
      403,
    );
  });
});
