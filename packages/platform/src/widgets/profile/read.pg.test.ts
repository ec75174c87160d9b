import type { WidgetMember, WidgetProfileAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  openAppWorld,
  setStrict,
} from '../../access/testing/app-world.ts';
import { decodePersonId } from '../../kernel/secrets.ts';
import { matchingHooks } from '../../matching/index.ts';
import { importMembers } from '../../members/index.ts';
import { recordView } from '../../profile/index.ts';
import { createProject, savePeople } from '../../projects/index.ts';
import { type Deciding, lift } from '../../review/index.ts';
import { personIdOf } from '../../search/index.ts';
import type { Session } from '../../session/index.ts';
import { createContract, type Seat, setIntegrationStatus } from '../../tenancy/index.ts';
import type { WidgetViewer } from '../viewer.ts';
import { decideHere } from './act.ts';
import { findPeople } from './find.ts';
import { readOwnRecord, readWidgetProfile } from './read.ts';

let world: AppWorld;
let ats: AtsSide;
let other: AtsSide;
let tenantId: number;
let organisationUrn: string;
let members: Map<string, number>;
let deciding: Deciding;
let rita: Session;
let rolf: Session;
let far: Session;

const member = (id: string): number => members.get(id) ?? 0;
const personOf = (id: string): string => personIdOf(world.ctx, tenantId, member(id));
const sessionOf = (seat: Seat, contractId: number): Session => ({
  tenantId,
  contractId,
  seatId: seat.seatId,
  openedSeats: [seat.seatId],
  memberId: seat.memberId,
  email: seat.email,
  isAdmin: false,
  expiresAt: Number.MAX_SAFE_INTEGER,
  tokenSha256: Buffer.alloc(32),
});

const viewer = (session: Session, side = ats): WidgetViewer => ({
  tenantId,
  atsNo: side.atsNo,
  applicationId: 700 + side.atsNo,
  atsName: 'OpenCATS',
  organisationUrn,
  personKey: world.ctx.keys.personKey(700 + side.atsNo),
  session,
});
const read = (session: Session, candidateId: string, side = ats): Promise<WidgetProfileAnswer> =>
  readWidgetProfile(world.ctx, viewer(session, side), candidateId);
const readMember = async (session: Session, candidateId: string): Promise<WidgetMember> => {
  const answer = await read(session, candidateId);
  if (answer.state !== 'matched') throw new Error(`not matched but ${answer.state}`);
  return answer.person;
};
const decide = (session: Session, candidateId: string, id: string, verdict: 'LINK' | 'UNLINK') =>
  decideHere(deciding, { ...viewer(session), candidateId }, { personId: personOf(id), verdict });

const PROFILE = 'https://www.linkedin.com/in';

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield `${text}\n`;
}

beforeAll(async () => {
  world = await openAppWorld();
  const acme = await world.addCompany('Acme');
  tenantId = acme.tenantId;
  organisationUrn = acme.urn;
  ats = await acme.addAts('OpenCATS', { isOpen: true });
  other = await acme.addAts('Greenlight', { isOpen: true });
  for (const { atsNo } of [ats, other])
    await setIntegrationStatus(
      world.ctx,
      { tenantId, atsNo },
      [{ type: 'PROFILE_PLUGIN', contextUrn: acme.urn }],
      'ENABLED',
    );
  const quiet = { ...world.outbox, signal: () => {} };
  const matching = matchingHooks(world.ctx, quiet, []);
  await matching.prepare();
  deciding = { ctx: world.ctx, outbox: quiet, decisions: matching.decisions, origin: 'widget' };
  members = await world.addMembers([
    { id: 'rita', firstName: 'Rita', lastName: 'One', connections: ['gabe', 'ida'] },
    {
      id: 'cat',
      firstName: 'Catherine',
      lastName: 'Silva',
      headline: 'Project manager',
      industry: 'Software',
      location: 'Chicago',
      summary: 'Plans.',
      emails: ['private@mail.example'],
      websites: ['https://cat.example', 'javascript:alert(1)'],
      positions: [
        { title: 'Project manager', companyName: 'Globex', startDate: '2019-03' },
        { title: 'Analyst', companyName: 'Initech', startDate: '2015', endDate: '2019-02' },
      ],
      educations: [{ school: 'Uni' }],
      skills: ['planning'],
      recommendations: [{ author: 'Barbara Allen', authorTitle: 'Engineer', text: 'Good.' }],
      connections: ['gabe', 'ida', 'not here'],
    },
    { id: 'gabe', firstName: 'Gabriel', lastName: 'Francis' },
    { id: 'ida', firstName: 'Ida', lastName: 'Able', connections: ['third'] },
    { id: 'third', firstName: 'Theo', lastName: 'Three', connections: ['fourth'] },
    { id: 'fourth', firstName: 'Fay', lastName: 'Four', connections: [] },
    { id: 'gone', firstName: 'Cy', lastName: 'Closed', closed: true },
  ]);
  const line = { id: 'url', firstName: 'Ursula', lastName: 'Address', profileUrls: [`${PROFILE}/ursula-a`] };
  await importMembers(world.ctx, oneChunk(JSON.stringify(line)), { hooks: [matching.member] });
  const contract = await createContract(world.ctx, tenantId, { name: 'Acme agency' });
  const ritaSeat = await acme.addSeat('Rita One', { memberExternalId: 'rita' });
  rita = sessionOf(ritaSeat, acme.contractId);
  rolf = sessionOf(await acme.addSeat('Rolf Two'), acme.contractId);
  const { contractId } = contract;
  far = sessionOf(await acme.addSeat('Fred Far', { contractId }), contractId);
  await ats.putJob('SEC1', { title: 'Hidden director' });
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'board']);
  await ats.put('entityAclAssignee', [ritaSeat.memberId, 'JOB_POSTING', 'board']);
  await ats.put('candidate', ['c1'], aCandidate({ lastName: 'Silva', emailAddresses: ['cat@ats.example'] }));
  await ats.put(
    'candidate',
    ['c2'],
    aCandidate({ firstName: 'Cathy', lastName: 'Silva', emailAddresses: [] }),
  );
  await ats.put('candidate', ['c3'], aCandidate({ emailAddresses: [] }));
  await other.put('candidate', ['only-there'], aCandidate());
  await ats.link('c1', member('cat'));
  await ats.link('c3', member('gone'));
  await ats.put('application', ['a1'], anApplication('c1', 'SEC1', { dispositionReason: 'Salary' }));
  await ats.put('applicationNote', ['a1', 'n1'], { note: 'For the board only' });
});
afterAll(() => world.close());

describe('who is shown', () => {
  test('WI40 L-049 L-135 the member who is matched with the record, as the directory has it', async () => {
    const answer = await read(rita, 'c1');
    expect(answer).toMatchObject({
      state: 'matched',
      ats: 'OpenCATS',
      contract: 'Acme hiring',
      record: { name: 'Ada Silva', emails: ['cat@ats.example'] },
      person: {
        id: personOf('cat'),
        name: 'Catherine Silva',
        headline: 'Project manager',
        industry: 'Software',
        location: 'Chicago',
        summary: 'Plans.',
        current: [{ title: 'Project manager', companyName: 'Globex' }],
        past: [{ title: 'Analyst' }],
        educations: [{ school: 'Uni' }],
        skills: ['planning'],
        recommendations: [{ author: 'Barbara Allen', authorTitle: 'Engineer', text: 'Good.' }],
        websites: ['https://cat.example/'],
      },
    });
  });

  test('WI40 L-131 what the member changes shows at the next reading, without the ATS', async () => {
    await world.ctx.db.transaction(null, async (tx) => {
      await tx`update member set headline = 'Head of projects' where member_id = ${member('cat')}`;
    });
    expect(await readMember(rita, 'c1')).toMatchObject({ headline: 'Head of projects' });
  });

  test("WI41 an id that was never sent, another ATS's and nonsense are answered alike", async () => {
    const unknown = await read(rita, 'never');
    expect(unknown).toMatchObject({ state: 'not-synced' });
    expect(Object.keys(unknown).sort()).toEqual(['answeredAt', 'ats', 'contract', 'state', 'undoable']);
    for (const id of ['only-there', '', "c1' or true --", 'x'.repeat(500)])
      expect(await read(rita, id)).toEqual(unknown);
    expect(await read(rita, 'only-there', other)).toMatchObject({ state: 'unmatched' });
  });

  test('WI42 D2 a contract that does without sees nothing of the record', async () => {
    const { contractId } = far;
    await world.ctx.db.transaction(tenantId, async (tx) => {
      await tx`
        insert into contract_switch (tenant_id, contract_id, feature, is_on, changed_at)
        values (${tenantId}, ${contractId}, 'widget', false, 0)`;
    });
    await expect(read(far, 'c1')).rejects.toMatchObject({ code: 'WIDGET_OFF' });
    await expect(read(far, 'never')).rejects.toMatchObject({ code: 'WIDGET_OFF' });
    await world.ctx.db.transaction(tenantId, async (tx) => {
      await tx`delete from contract_switch where tenant_id = ${tenantId}`;
    });
    expect(await read(far, 'c1')).toMatchObject({ state: 'matched', contract: 'Acme agency' });
  });

  test('WI42 AC17 in strict mode a record of whom no application may be seen is as one that was never sent', async () => {
    const { contractId } = far;
    await setStrict(world.ctx, { tenantId, contractId }, true);
    expect(await read(far, 'c1')).toEqual(await read(far, 'never'));
    await setStrict(world.ctx, { tenantId, contractId: rita.contractId }, true);
    expect(await read(rita, 'c1')).toMatchObject({ state: 'matched' });
    await setStrict(world.ctx, { tenantId, contractId }, false);
  });

  test('WI43 of a closed account nothing is shown but what the ATS holds', async () => {
    const answer = await read(rita, 'c3');
    expect(answer).toMatchObject({ state: 'closed', record: { name: 'Ada Novak' } });
    expect(JSON.stringify(answer)).not.toContain('Closed');
    // Matching lets go of whoever closes: that this was the last it did about the record is told from its log.
    await ats.put('candidate', ['c3b'], aCandidate({ emailAddresses: [] }));
    const letGo = (at: number) =>
      world.ctx.db.transaction(tenantId, async (tx) => {
        await tx`
          insert into match_event (tenant_id, ats_no, candidate_id, member_id, decision, cause, happened_at)
          values (${tenantId}, ${ats.atsNo}, 'c3b', ${member('gone')}, 'NONE', 'member', ${at})`;
      });
    await letGo(0);
    expect(await read(rita, 'c3b')).toMatchObject({ state: 'unmatched' });
    await letGo(world.clock.now());
    expect(await read(rita, 'c3b')).toMatchObject({ state: 'closed', canDecide: true });
  });

  test('WI44 somebody without a seat reads what the ATS holds of that one record, and nothing of the network', async () => {
    const { session: _, ...seatless } = viewer(rita);
    const own = await readOwnRecord(world.ctx, { ...seatless, candidateId: 'c1' });
    expect(own).toMatchObject({ record: { name: 'Ada Silva', emails: ['cat@ats.example'] } });
    expect(JSON.stringify(own)).not.toMatch(/Catherine|private@|SEC1|board/);
    expect(await readOwnRecord(world.ctx, { ...seatless, candidateId: 'never' })).toMatchObject({
      record: null,
    });
  });
});

describe('what is shown', () => {
  test('WI45 L-055 nothing of applications, for whoever may see them and for whoever may not', async () => {
    const [mine, theirs] = [await read(rita, 'c1'), await read(rolf, 'c1')];
    expect(JSON.stringify([mine, theirs])).not.toMatch(/SEC1|Hidden director|Salary|board only/);
  });

  test("WI46 an e-mail is the record's own or one that the member shared with this contract, never the directory's", async () => {
    expect((await readMember(rita, 'c1')).emails).toEqual([{ address: 'cat@ats.example', source: 'ats' }]);
    await world.ctx.db.transaction(tenantId, async (tx) => {
      await tx`
        insert into contact_consent (tenant_id, member_id, contract_id, seat_id, conversation_id, asked, last_asked_at, answer,
          answered_at, text_version, email)
        values (${tenantId}, ${member('cat')}, ${rita.contractId}, ${rita.seatId}, '1', 1, 0, 'YES', 1, 'x', 'cat@shared.example')`;
    });
    expect((await readMember(rita, 'c1')).emails).toEqual([
      { address: 'cat@shared.example', source: 'member' },
      { address: 'cat@ats.example', source: 'ats' },
    ]);
    expect((await readMember(far, 'c1')).emails).toEqual([{ address: 'cat@ats.example', source: 'ats' }]);
    expect(JSON.stringify(await read(rita, 'c1'))).not.toContain('private@mail.example');
  });

  test('WI47 L-138 the shortest ways from the viewer to the member, each by name; none, and none is told', async () => {
    const person = await readMember(rita, 'c1');
    expect(person.degree).toBe(2);
    expect(person.paths.map((way) => way.map(({ name }) => name))).toEqual([
      ['Gabriel Francis'],
      ['Ida Able'],
    ]);
    expect(person.paths[0]?.[0]?.id).toBe(personOf('gabe'));
    expect(await readMember(rolf, 'c1')).toMatchObject({ degree: null, paths: [] });
    await ats.put('candidate', ['c9'], aCandidate());
    await ats.link('c9', member('fourth'));
    expect(await readMember(rita, 'c9')).toMatchObject({
      degree: 3,
      paths: [[{ name: 'Ida Able' }, { name: 'Theo Three' }]],
    });
    await ats.link('c9', member('ida'));
    expect(await readMember(rita, 'c9')).toMatchObject({ degree: 1, paths: [[]] });
  });

  test('WI48 L-139 views and savings of the own contract are grouped by whose they are, newest first; others are not told', async () => {
    const projects = { ctx: world.ctx, outbox: { ...world.outbox, signal: () => {} } };
    const save = async (session: Session, title: string, isPrivate = false) => {
      const { id } = await createProject(projects, session, { title, isPrivate });
      await savePeople(projects, session, Number(id), { personIds: [personOf('third')] });
      return Number(id);
    };
    await ats.put('candidate', ['c8'], aCandidate());
    await ats.link('c8', member('third'));
    await recordView(world.ctx, rolf, personOf('third'));
    await world.clock.advance(3_600_000);
    await recordView(world.ctx, rolf, personOf('third'));
    await world.clock.advance(3_600_000);
    const board = await save(rolf, 'Board search');
    await save(rolf, 'Secret search', true);
    await save(far, 'Elsewhere');
    await recordView(world.ctx, far, personOf('third'));
    const { activities } = await readMember(rita, 'c8');
    expect(activities).toMatchObject([
      { kind: 'saved', by: 'Rolf Two', isOwn: false, project: 'Board search', times: 1 },
      { kind: 'viewed', by: 'Rolf Two', isOwn: false, project: null, times: 2 },
    ]);
    await world.ctx.db.transaction(tenantId, async (tx) => {
      await tx`
        update project_person set archived_at = ${world.clock.now() + 1}, archive_reason = 'Moves abroad', moved_by = ${rolf.seatId}
        where tenant_id = ${tenantId} and project_id = ${board}`;
    });
    expect((await readMember(rolf, 'c8')).activities[0]).toMatchObject({
      kind: 'archived',
      isOwn: true,
      project: 'Board search',
      reason: 'Moves abroad',
    });
    expect(JSON.stringify((await readMember(rita, 'c8')).activities)).not.toContain('Moves');
    // Opening the widget is a look at the profile, and told to the next one.
    expect(
      (await readMember(rolf, 'c8')).activities.map(({ kind, by, isOwn }) => [kind, by, isOwn]),
    ).toContainEqual(['viewed', 'Rita One', false]);
  });

  test('WI49 L-141 L-142 D9 a colleague reads neither private notes nor what a conversation says, and only its writer the text', async () => {
    await world.ctx.db.transaction(tenantId, async (tx) => {
      for (const [session, visibility, body] of [
        [rolf, 'CONTRACT', 'Call in spring'],
        [rolf, 'PRIVATE', 'Mine alone'],
        [far, 'CONTRACT', 'Of the agency'],
      ] as const)
        await tx`
          insert into recruiter_note (tenant_id, contract_id, seat_id, member_id, visibility, was_shared, body, created_at, modified_at)
          values (${tenantId}, ${session.contractId}, ${session.seatId}, ${member('cat')}, ${visibility}, true, ${body}, 1, 1)`;
      for (const [no, visibility] of [
        [1, 'ORGANISATION'],
        [2, 'PRIVATE'],
      ] as const) {
        const [row] = await tx<{ conversation_id: number }>`
          insert into conversation (tenant_id, contract_id, seat_id, member_id, visibility, request_key, state, sent_at, last_at)
          values (${tenantId}, ${rolf.contractId}, ${rolf.seatId}, ${member('cat')}, ${visibility}, ${String(no)}, 'ACCEPTED', ${no}, ${no})
          returning conversation_id`;
        await tx`
          insert into conversation_message (tenant_id, conversation_id, seat_id, kind, subject, body, created_at)
          values (${tenantId}, ${row?.conversation_id ?? 0}, ${rolf.seatId}, 'MESSAGE', ${`Subject ${no}`}, ${`Text ${no}`}, ${no})`;
      }
    });
    const mine = await readMember(rolf, 'c1');
    expect(mine.notes.map(({ body }) => body).sort()).toEqual(['Call in spring', 'Mine alone']);
    expect(mine.messages.map(({ subject, text }) => [subject, text])).toEqual([
      ['Subject 2', 'Text 2'],
      ['Subject 1', 'Text 1'],
    ]);
    const theirs = await readMember(rita, 'c1');
    expect(theirs.notes).toMatchObject([{ author: 'Rolf Two', body: 'Call in spring', isOwn: false }]);
    expect(theirs.messages).toMatchObject([
      { by: 'Rolf Two', isOwn: false, subject: null, text: null, state: 'SENT', at: 2 },
      { by: 'Rolf Two', isOwn: false, subject: 'Subject 1', text: null, state: 'ACCEPTED', at: 1 },
    ]);
  });
});

describe('who is who', () => {
  test('WI50 L-046 members are found by name and employer, or by a profile address in any form', async () => {
    const find = (given: object) =>
      findPeople(world.ctx, rita, { name: '', employer: '', profileUrl: '', ...given });
    const names = async (given: object) => (await find(given)).people.map(({ name }) => name);
    expect(await names({ name: 'catherine', employer: 'globex' })).toEqual(['Catherine Silva']);
    expect(await names({ name: 'catherine', employer: 'elsewhere' })).toEqual([]);
    expect(await names({ profileUrl: 'uk.linkedin.com/in/Ursula-A/?x=1' })).toEqual(['Ursula Address']);
    expect(await names({ name: 'catherine', profileUrl: `${PROFILE}/nobody-here` })).toEqual([]);
    expect(await names({ name: 'catherine', profileUrl: 'not an address' })).toEqual(['Catherine Silva']);
    expect(await find({})).toEqual({ people: [], total: 0 });
  });

  test('WI51 L-136 D17 a link and its undoing are decided as from the widget, with the URN of the own ATS; an undo brings back what held', async () => {
    const linked = await decide(rita, 'c2', 'cat', 'LINK');
    expect(await read(rolf, 'c2')).toMatchObject({ state: 'matched', person: { name: 'Catherine Silva' } });
    const unlinked = await decide(rita, 'c2', 'cat', 'UNLINK');
    expect(unlinked.urn).toBe(linked.urn);
    const id = unlinked.urn.replace('urn:li:person:', '');
    expect(decodePersonId(world.ctx.keys.personKey(700 + ats.atsNo), id)).toBe(member('cat'));
    expect(id).not.toBe(personOf('cat'));
    const { decisionNo, urn } = unlinked;
    const undoable = { decisionNo, verdict: 'UNLINK', name: 'Catherine Silva', urn };
    expect(await read(rita, 'c2')).toMatchObject({ state: 'unmatched', canDecide: true, undoable });
    expect(await read(rolf, 'c2')).toMatchObject({ undoable: null });
    await world.clock.advance(10_000);
    expect(await read(rita, 'c2')).toMatchObject({ undoable: null });
    await lift(deciding, rita, unlinked.decisionNo ?? 0);
    expect(await read(rita, 'c2')).toMatchObject({ state: 'matched' });
    const rows = await world.ctx.db.read(
      tenantId,
      async (tx) => tx`
        select verdict, origin, seat_id from match_decision where tenant_id = ${tenantId} and origin <> 'undo' order by decision_no`,
    );
    expect(rows).toMatchObject([
      { verdict: 'LINK', origin: 'widget', seat_id: rita.seatId },
      { verdict: 'UNLINK', origin: 'widget', seat_id: rita.seatId },
    ]);
  });

  test('WI52 a seat that does not decide is offered nobody and refused; so is everybody about records that are not there', async () => {
    await world.ctx.db.transaction(tenantId, async (tx) => {
      await tx`update seat set decides_matches = false where tenant_id = ${tenantId} and seat_id = ${rolf.seatId}`;
      await tx`
        insert into match_proposal (tenant_id, ats_no, candidate_id, member_id, weight, reasons, evidence, model_no, proposed_at)
        values (${tenantId}, ${ats.atsNo}, 'c5', ${member('cat')}, 5, '[]', '[]', 0, 0)`;
    });
    await ats.put('candidate', ['c5'], aCandidate({ emailAddresses: [] }));
    expect(await read(rolf, 'c5')).toMatchObject({ state: 'unmatched', possible: [], canDecide: false });
    expect(await read(rita, 'c5')).toMatchObject({
      possible: [{ name: 'Catherine Silva' }],
      canDecide: true,
    });
    await expect(decide(rolf, 'c5', 'cat', 'LINK')).rejects.toMatchObject({ code: 'MAY_NOT_DECIDE' });
    for (const id of ['never', 'only-there'])
      await expect(decide(rita, id, 'cat', 'LINK')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(decide(rita, 'c5', 'gone', 'LINK')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
