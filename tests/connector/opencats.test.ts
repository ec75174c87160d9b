import type { AtsTab, SearchAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dryRun, openMysql, readMapping, type Source } from '../../packages/connector/src/daemon.ts';
import { startTestMariadb, type TestMariadb } from '../../packages/connector/src/testing-mariadb.ts';
import { missingOpencats, OPENCATS_MAPPING, OPENCATS_SQL } from './opencats-data.ts';
import { writes } from './wire-proxy.ts';
import { openWorld, type World } from './world.ts';

const missing = missingOpencats();
if (missing) console.warn(`skipped: the tests with OpenCATS. ${missing}`);

/** An office as OpenCATS ships it: 71 people (one entered twice), 3 jobs, 8 in a pipeline. */
describe.skipIf(missing !== null)('OpenCATS', async () => {
  let mariadb: TestMariadb;
  let url: string;
  let source: Source;
  let world: World;
  const mapping = await readMapping(OPENCATS_MAPPING);

  beforeAll(async () => {
    mariadb = await startTestMariadb();
    url = await mariadb.database('cats', OPENCATS_SQL);
    source = await openMysql(url);
    world = await openWorld();
  });
  afterAll(async () => {
    await world?.close();
    await source?.close();
    await mariadb?.stop();
  });

  const idsOf = async (kind: string) =>
    (await world.dump()).filter((record) => record.kind === kind).map(({ key }) => key.at(-1));

  test('CO14 a dry run finds every row valid and sends nothing', async () => {
    const { kinds, warnings } = await dryRun(mapping, source);
    expect(warnings).toEqual([]);
    expect(Object.entries(kinds).map(([kind, { source: rows, refused }]) => [kind, rows, refused])).toEqual([
      ['job', 3, 0],
      ['candidate', 71, 0],
      ['candidateNote', 0, 0],
      ['application', 8, 0],
      ['stage', 8, 0],
      ['applicationNote', 8, 0],
    ]);
    expect(world.proxy.seen).toEqual([]);
  });

  test('CO16 CO5 L-031 L-037 L-053 L-056 L-062 L-064 everything arrives, with equal counts on both sides', async () => {
    const connector = world.connector(mapping, source);
    const { kinds, held } = await connector.runOnce();
    connector.close();
    expect(held).toEqual([]);
    expect(kinds).toMatchObject({
      job: { source: 3, sent: 3, failed: 0, acknowledged: 3 },
      candidate: { source: 71, sent: 71, failed: 0, acknowledged: 71 },
      application: { source: 8, sent: 8, failed: 0, acknowledged: 8 },
      stage: { source: 8, sent: 8, failed: 0, acknowledged: 8 },
      applicationNote: { source: 8, sent: 8, failed: 0, acknowledged: 8 },
    });
    expect(await world.counts()).toEqual({
      job: 3,
      candidate: 71,
      application: 8,
      stage: 8,
      applicationNote: 8,
    });
    const resources = writes(world.proxy.seen).map(({ path }) =>
      path.split('/').at(path.split('/').length > 3 ? -1 : 2),
    );
    expect(resources.filter((name, index) => name !== resources[index - 1])).toEqual([
      'simpleJobPostings',
      'atsCandidates',
      'atsApplications',
      'stages',
      'notes',
    ]);
  });

  test('CO16 CO2 CO3 L-041 L-052 L-058 placeholders are missing, notes are readable, jobs are private', async () => {
    const records = await world.dump();
    const find = (kind: string, id: string) =>
      records.find((record) => record.kind === kind && record.key.at(-1) === id)?.record;
    expect(find('candidate', '52')).toMatchObject({
      firstName: 'Teresa',
      lastName: 'Atnip',
      emailAddresses: ['Teresa.J.Atnip@pookmail.com'],
      phoneNumbers: [{ number: '517-523-3223' }],
    });
    const texts = JSON.stringify(records.map(({ record }) => record));
    expect(texts).not.toMatch(/"0"|<span|style=/);
    expect(find('applicationNote', '1')).toMatchObject({ note: 'Status change: Contacted' });
    expect(find('application', '5')).toMatchObject({ atsCandidateId: '52', atsJobPostingId: '3' });
    for (const { kind, record } of records)
      if (kind === 'job')
        expect(record).toMatchObject({ availability: 'PRIVATE_TO_ATS_INTEGRATION', state: 'LISTED' });
  });

  test('CO8 L-032 a second run sends nothing', async () => {
    world.proxy.seen.length = 0;
    const connector = world.connector(mapping, source);
    const { kinds } = await connector.runOnce();
    connector.close();
    expect(writes(world.proxy.seen)).toEqual([]);
    expect(kinds.candidate).toMatchObject({ source: 71, sent: 0, skipped: 71, acknowledged: 71 });
  });

  test('CO9 L-033 L-038 L-057 L-073 changes that move no cursor, new rows and deletions arrive', async () => {
    await mariadb.run(
      url,
      `update candidate set last_name = 'Atnip-Moore' where candidate_id = 52;
       update joborder set status = 'Closed' where joborder_id = 2;
       update candidate_joborder set candidate_id = 2 where candidate_joborder_id = 4;
       update activity set notes = 'Called, <b>no answer</b>' where activity_id = 1;
       insert into candidate (candidate_id, site_id, first_name, last_name, email1, date_created, date_modified)
         values (72, 201, 'New', 'Person', 'new@people.example', '2007-02-01 10:00:00', '2007-02-01 10:00:00');
       update candidate set notes = 'Met at <i>the fair</i>' where candidate_id = 3;
       update activity set joborder_id = -1 where activity_id = 3;
       delete from candidate where candidate_id = 71;
       delete from candidate_joborder where candidate_joborder_id = 8;
       delete from candidate_joborder_status_history where candidate_joborder_status_history_id = 8;`,
    );
    const connector = world.connector(mapping, source);
    const { kinds } = await connector.runOnce();
    connector.close();
    expect(kinds.candidate).toMatchObject({ sent: 2, deleted: 1 });
    const records = await world.dump();
    const find = (kind: string, id: string) =>
      records.find((record) => record.kind === kind && record.key.at(-1) === id)?.record;
    expect(find('candidate', '52')).toMatchObject({ lastName: 'Atnip-Moore' });
    expect(find('candidate', '72')).toMatchObject({ firstName: 'New' });
    expect(find('candidate', '71')).toBeUndefined();
    expect(find('job', '2')).toMatchObject({ state: 'CLOSED' });
    expect(find('application', '4')).toMatchObject({ atsCandidateId: '2' });
    expect(find('application', '8')).toBeUndefined();
    expect(find('stage', '8')).toBeUndefined();
    expect(find('applicationNote', '1')).toMatchObject({ note: 'Called, no answer' });
    expect(find('candidateNote', 'candidate-3')).toMatchObject({ note: 'Met at the fair' });
    expect(find('candidateNote', '3')).toMatchObject({
      note: 'Status change: Negotiating',
      author: { firstName: 'John', lastName: 'Anderson' },
    });
    expect(find('applicationNote', '3')).toBeUndefined();
    expect(await idsOf('candidate')).toHaveLength(71);
  });

  test('CO11 L-039 L-050 L-052 matches are read back, and a match that changes later is followed', async () => {
    // Ten members; Christine Jordan stands twice in OpenCATS.
    const people: [string, string, string][] = [
      ['Maria', 'Gregg', 'Maria.T.Gregg@spambob.com'],
      ['Sherry', 'Johnson', 'Sherry.L.Johnson@pookmail.com'],
      ['Larry', 'Gallardo', 'Larry.J.Gallardo@mailinator.com'],
      ['Christine', 'Jordan', 'Christine.J.Jordan@mailinator.com'],
      ['Lisa', 'Black', 'Lisa.N.Black@mailinator.com'],
      ['Jessica', 'Blanco', 'Jessica.D.Blanco@dodgeit.com'],
      ['Robert', 'Burton', 'Robert.A.Burton@spambob.com'],
      ['Silas', 'Normand', 'Silas.M.Normand@mytrashmail.com'],
      ['Curt', 'Benham', 'Curt.K.Benham@mytrashmail.com'],
      ['Walter', 'Stephens', 'Walter.S.Stephens@mailinator.com'],
    ];
    const line = ([firstName, lastName, email]: [string, string, string]) => ({
      id: `m:${email}`,
      firstName,
      lastName,
      emails: [email],
    });
    const stranger: [string, string, string] = ['Greta', 'Nobody', 'greta@people.example'];
    await world.importMembers([...people, stranger].map(line));
    const connector = world.connector(mapping, source);
    const first = await connector.runOnce();
    expect(first).toMatchObject({ matched: 11, matchesChanged: 11 });
    const persons = new Map(connector.persons().map(({ candidateId, person }) => [candidateId, person]));
    expect([...persons.keys()].sort()).toEqual(
      ['1', '15', '2', '20', '3', '35', '37', '6', '61', '68', '7'].sort(),
    );
    for (const person of persons.values()) expect(person).toMatch(/^urn:li:person:\S+$/);
    expect(persons.get('2')).toBe(persons.get('3'));
    expect(new Set(persons.values()).size).toBe(10);

    const recruiter = 'r1@harbour.example';
    const inAts = await world.read<SearchAnswer>(recruiter, '/app/api/search?inAts=only');
    const members = inAts.people.filter((person) => !person.onlyInAts);
    expect(members.map(({ name }) => name).sort()).toEqual(
      people.map(([firstName, lastName]) => `${firstName} ${lastName}`).sort(),
    );
    expect(new Set(inAts.people.flatMap((person) => person.inAts.map(({ name }) => name)))).toEqual(
      new Set(['OpenCATS']),
    );
    const maria = inAts.people.find(({ name }) => name === 'Maria Gregg');
    const tab = await world.read<AtsTab>(recruiter, `/app/api/people/${maria?.id}/ats`);
    expect(tab.records).toMatchObject([
      { candidateId: '20', jobs: [{ title: 'Marketing Specialist', stages: [{ stage: 'Interviewing' }] }] },
    ]);

    // Another address: the match is gone. A new member: there is one more.
    await world.importMembers([
      { ...line(people[0] ?? stranger), emails: ['elsewhere@people.example'] },
      line(['Joleen', 'Williams', 'Joleen.W.Williams@pookmail.com']),
    ]);
    const second = await connector.runOnce();
    expect(second.matchesChanged).toBe(2);
    const now = connector.persons().map(({ candidateId }) => candidateId);
    expect([now.includes('20'), now.includes('58'), now.length]).toEqual([false, true, 11]);
    connector.close();
  });
});
