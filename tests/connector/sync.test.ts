import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dryRun, filesBelow, openMysql } from '../../packages/connector/src/daemon.ts';
import { missing, useSmallAts } from './small-ats.ts';
import { writes } from './wire-proxy.ts';
import { recordCounts } from './world.ts';

const MORE_PEOPLE = `insert into person select seq, concat('First', seq), concat('Last', seq), concat('person', seq, '@people.example'),
  '2024-02-02 09:00:00' + interval seq minute, '2024-02-02 09:00:00' + interval seq minute from seq_101_to_250`;

describe.skipIf(missing !== null)('a small ATS', () => {
  const open = useSmallAts();

  test('CO5 CO16 CO25 L-062 L-066 every kind arrives, access rules before what they guard, with equal counts', async () => {
    const { world, connector } = await open();
    const { kinds } = await (await connector()).runOnce();
    const ofSource = Object.entries(kinds).map(([kind, { source }]) => [kind, source]);
    expect(Object.fromEntries(ofSource)).toEqual(await world.counts());
    expect(ofSource).toEqual([
      ['job', 3],
      ['entityAcl', 1],
      ['entityAclAssignee', 1],
      ['candidate', 100],
      ['candidateNote', 1],
      ['application', 3],
      ['stage', 4],
      ['interviewFeedback', 1],
      ['applicationNote', 1],
    ]);
    const names = writes(world.proxy.seen).map(({ path }) => path.replace(/\/[^/]*=[^/]*\//, '/…/'));
    expect([...new Set(names)]).toEqual([
      '/v2/simpleJobPostings',
      '/v2/atsEntityAcls',
      '/v2/atsEntityAclAssignees',
      '/v2/atsCandidates',
      '/v2/atsCandidates/…/notes',
      '/v2/atsApplications',
      '/v2/atsApplications/…/stages',
      '/v2/atsApplications/…/interviewFeedback',
      '/v2/atsApplications/…/notes',
    ]);
    const closed = (await world.dump()).find(({ kind, key }) => kind === 'job' && key.at(-1) === '3');
    expect(closed?.record).toMatchObject({ state: 'CLOSED', title: 'Rigger' });
    const told = await recordCounts(world.platform.deployment.ctx, world.tenant.tenantId);
    expect(told.map(({ kind, year, records }) => `${kind} ${year}: ${records}`)).toEqual([
      'application 2023: 1',
      'application 2024: 2',
      'applicationNote 2024: 1',
      'candidate 2024: 100',
      'candidateNote 2024: 1',
      'interviewFeedback 2024: 1',
      'job 2023: 1',
      'job 2024: 2',
      'stage 2024: 4',
    ]);
  });

  test('CO6 batches hold 100 records at most and are tunnelled when their query is long', async () => {
    const { world, connector, sql } = await open();
    await sql(MORE_PEOPLE);
    await (await connector()).runOnce();
    const candidates = writes(world.proxy.seen).filter(({ path }) => path === '/v2/atsCandidates');
    expect(candidates.map(({ body }) => body.match(/"firstName"/g)?.length)).toEqual([100, 100, 50]);
    for (const { method, query, headers, body } of candidates) {
      expect([method, query, headers['x-http-method-override'], headers['x-restli-method']]).toEqual([
        'POST',
        '',
        'PUT',
        'batch_update',
      ]);
      expect(headers['content-type']).toMatch(/^multipart\/mixed; boundary=/);
      expect(body).toContain('ids[0].atsCandidateId=');
    }
    const rules = world.proxy.seen.find(({ path }) => path === '/v2/atsEntityAcls');
    expect([rules?.method, rules?.headers['x-http-method-override']]).toEqual(['PUT', undefined]);
    expect(rules?.query).toContain('ids[0].atsEntityAclId=leadership');
  });

  test('CO7 L-021 one bad record among 100 stands in the ledger with its field; the others are stored', async () => {
    const { world, connector, sql } = await open();
    await sql(`update person set email = 'not an address' where person_no = 42`);
    const first = await connector();
    const summary = await first.runOnce();
    expect(summary.kinds.candidate).toMatchObject({ source: 100, sent: 99, failed: 1, acknowledged: 99 });
    expect(first.ledger()).toMatchObject([
      { kind: 'candidate', id: '42', status: 422, attempts: 1, failedAt: world.clock.now() },
    ]);
    expect(first.ledger()[0]?.message).toContain('/emailAddresses/0');
    expect((await world.counts()).candidate).toBe(99);

    world.proxy.seen.length = 0;
    expect((await first.runOnce()).kinds.candidate).toMatchObject({ sent: 0, failed: 1, skipped: 99 });
    expect(writes(world.proxy.seen)).toEqual([]);

    await sql(`update person set email = 'mended@people.example' where person_no = 42`);
    const last = await first.runOnce();
    expect(last.kinds.candidate).toMatchObject({ sent: 1, failed: 0, acknowledged: 100 });
    expect(first.ledger()).toEqual([]);
    expect((await world.counts()).candidate).toBe(100);
  });

  test('CO7 a request refused whole for what one record holds costs that record only', async () => {
    const { world, connector } = await open();
    world.proxy.fault = ({ body }) =>
      body.includes('person42@people.example')
        ? { status: 413, body: '{"message":"The request body is too large"}' }
        : undefined;
    const one = await connector();
    const { kinds } = await one.runOnce();
    expect(kinds.candidate).toMatchObject({ sent: 99, failed: 1 });
    expect(one.ledger()).toMatchObject([{ kind: 'candidate', id: '42', status: 413 }]);
    expect((await world.counts()).candidate).toBe(99);
  });

  test('CO7 a record that fails for a passing reason is sent again, also when its row does not change', async () => {
    const { world, connector } = await open();
    let isBusy = true;
    world.proxy.fault = ({ path, headers }) => {
      const isPut = path === '/v2/atsEntityAcls' && headers['x-restli-method'] === 'batch_update';
      return isPut && isBusy
        ? {
            status: 200,
            body: '{"results":{},"errors":{"atsEntityAclId=leadership&dataProvider=ATS&integrationContext=urn%3Ali%3Aorganization%3A4gX03uw&atsEntityType=JOB_POSTING&atsEntityId=2":{"status":500,"message":"busy"}}}',
          }
        : undefined;
    };
    const one = await connector();
    expect((await one.runOnce()).kinds.entityAcl).toMatchObject({ sent: 0, failed: 1 });
    expect(one.ledger()).toMatchObject([{ kind: 'entityAcl', status: 500, message: 'busy' }]);
    isBusy = false;
    expect((await one.runOnce()).kinds.entityAcl).toMatchObject({ sent: 1, failed: 0 });
    expect(one.ledger()).toEqual([]);
  });

  test('CO7 a job counts as done only while its task did not fail', async () => {
    const { world, connector } = await open();
    let status = 'IN_PROGRESS';
    world.proxy.fault = ({ path, query }) => {
      if (path !== '/v2/simpleJobPostingTasks') return undefined;
      const results = new URLSearchParams(query)
        .getAll('ids')
        .map((id) => [
          id,
          { id, status, ...(status === 'FAILED' && { errorMessage: 'unresolvable location' }) },
        ]);
      return {
        status: 200,
        body: JSON.stringify({ errors: {}, statuses: {}, results: Object.fromEntries(results) }),
      };
    };
    const one = await connector();
    expect((await one.runOnce()).kinds.job).toMatchObject({ sent: 3, failed: 0 });
    status = 'FAILED';
    expect((await one.runOnce()).kinds.job).toMatchObject({ sent: 0, failed: 3, acknowledged: 0 });
    expect(one.ledger()).toMatchObject(
      ['1', '2', '3'].map((id) => ({ kind: 'job', id, status: 422, message: 'unresolvable location' })),
    );
  });

  test('CO7 while the organisation may not sync, nothing is lost and nothing is final', async () => {
    const { world, connector } = await open();
    await world.setSyncEnabled(false);
    const one = await connector();
    await expect(one.runOnce()).rejects.toThrow('The platform takes no records of this organisation');
    await world.setSyncEnabled(true);
    const { kinds } = await one.runOnce();
    expect(kinds.job).toMatchObject({ sent: 3, failed: 0 });
    expect(one.ledger()).toEqual([]);
  });

  test('CO8 an id that several rows have is sent once, and said', async () => {
    const { world, connector, mapping } = await open();
    const warnings: string[] = [];
    const twice = await mapping((yaml) =>
      yaml
        .replace('FROM person\n', 'FROM person CROSS JOIN (SELECT 1 AS n UNION SELECT 2) twice\n')
        .replace('first_name AS firstName, last', 'CONCAT(first_name, n) AS firstName, last'),
    );
    const one = await connector({ mapping: twice, report: { warning: (text) => warnings.push(text) } });
    expect((await one.runOnce()).kinds.candidate).toMatchObject({ source: 200, sent: 100 });
    expect(warnings).toContainEqual(expect.stringContaining('kind candidate: 100 rows repeat the id'));
    world.proxy.seen.length = 0;
    await one.runOnce();
    expect(writes(world.proxy.seen)).toEqual([]);
  });

  test('CO9 L-033 L-073 a job that is gone is closed once and forgotten; its access rule stays', async () => {
    const { world, connector, sql } = await open();
    const one = await connector();
    await one.runOnce();
    await sql('delete from opening where opening_no = 2; delete from team_opening where opening_no = 2');
    await sql('delete from opening where opening_no = 3');
    world.proxy.seen.length = 0;
    const { kinds } = await one.runOnce();
    expect(kinds.job).toMatchObject({ source: 1, deleted: 1 });
    const postings = writes(world.proxy.seen).filter(({ path }) => path === '/v2/simpleJobPostings');
    // Job 3 was closed already.
    expect(postings.map(({ body }) => JSON.parse(body).elements)).toMatchObject([
      [{ externalJobPostingId: '2', title: 'Chief of staff', state: 'CLOSED' }],
    ]);
    const jobs = (await world.dump()).filter(({ kind }) => kind === 'job');
    expect(jobs.map(({ record }) => record.state)).toEqual(['LISTED', 'CLOSED', 'CLOSED']);
    expect((await world.counts()).entityAcl).toBe(1);
    world.proxy.seen.length = 0;
    await one.runOnce();
    expect(writes(world.proxy.seen)).toEqual([]);
  });

  test('CO9 what went with its parent is sent again when it comes back', async () => {
    const { world, connector, sql, mapping } = await open();
    // Steps stay in the ATS while their submission is gone.
    const one = await connector({ mapping: await mapping() });
    await one.runOnce();
    await sql(
      'create table kept as select * from submission where submission_no = 11; delete from submission where submission_no = 11',
    );
    await one.runOnce();
    await one.runOnce();
    await sql('insert into submission select * from kept');
    await one.runOnce();
    expect(await world.counts()).toMatchObject({
      application: 3,
      stage: 4,
      interviewFeedback: 1,
      applicationNote: 1,
    });
  });

  test('CO10 when much vanishes at once nothing of the kind is deleted until a person confirms', async () => {
    const { world, connector, sql } = await open();
    const one = await connector();
    await one.runOnce();
    await sql('delete from person where person_no between 50 and 59; delete from remark');
    const { kinds, held } = await one.runOnce();
    expect(held).toEqual([expect.stringMatching(/^10 of 100 rows of kind candidate are gone/)]);
    expect(kinds).toMatchObject({
      candidate: { deleted: 0 },
      candidateNote: { deleted: 1 },
      applicationNote: { deleted: 1 },
    });
    expect((await world.counts()).candidate).toBe(100);
    one.close();

    const confirmed = await connector({ confirmDeletes: true });
    expect(await confirmed.runOnce()).toMatchObject({
      held: [],
      kinds: { candidate: { deleted: 10, acknowledged: 90 } },
    });
    expect((await world.counts()).candidate).toBe(90);
  });

  test('CO10 a word given beside the running connector holds for what waits, not for more', async () => {
    const { world, connector, sql } = await open();
    const one = await connector();
    await one.runOnce();
    await sql('delete from person where person_no between 50 and 59');
    await one.runOnce();
    expect(world.inspectState((state) => state.confirmHeld())).toEqual([{ kind: 'candidate', rows: 10 }]);
    await sql('delete from person where person_no between 60 and 69');
    expect((await one.runOnce()).held).toHaveLength(1);
    world.inspectState((state) => state.confirmHeld());
    expect(await one.runOnce()).toMatchObject({ held: [], kinds: { candidate: { deleted: 20 } } });
    expect((await world.counts()).candidate).toBe(80);
  });

  test('CO10 rights that are gone are taken away at once, however many', async () => {
    const { world, sql, connector, mapping } = await open();
    const users = Object.fromEntries(
      ['admin', 'r1', 'r2'].flatMap((name, index) => [
        [101 + index, world.tenant.seats.find(({ email }) => email.startsWith(name))?.person ?? ''],
      ]),
    );
    await sql(
      `insert into team_member select concat('team', t.seq), 100 + u.seq from seq_1_to_3 t join seq_1_to_3 u`,
    );
    const one = await connector({
      mapping: await mapping((yaml) => `${yaml}users: ${JSON.stringify(users)}\n`),
    });
    await one.runOnce();
    expect((await world.counts()).entityAclAssignee).toBe(10);
    await sql('delete from team_member');
    expect(await one.runOnce()).toMatchObject({ held: [], kinds: { entityAclAssignee: { deleted: 10 } } });
    expect((await world.counts()).entityAclAssignee).toBeUndefined();
  });

  test('CO11 a manual match counts before the automatic ones; several automatic ones are nobody', async () => {
    const { world, connector } = await open();
    const matches = new Map<string, object>([
      ['1', { matchedMembers: ['urn:li:person:a'] }],
      ['2', { matchedMembers: ['urn:li:person:a', 'urn:li:person:b'] }],
      ['3', { matchedMembers: ['urn:li:person:a'], manualMatchedMember: 'urn:li:person:c' }],
    ]);
    world.proxy.fault = ({ body, headers }) => {
      if (headers['x-restli-method'] !== 'batch_get') return undefined;
      const ids = [...body.matchAll(/\.atsCandidateId=(\d+)/g)].map(([, id = '']) => id);
      // As the original writes its keys: another order of parts, escaped.
      const keyOf = (id: string) =>
        `dataProvider=ATS&integrationContext=urn%3Ali%3Aorganization%3A4gX03uw&atsCandidateId=${id}`;
      const results = Object.fromEntries(ids.map((id) => [keyOf(id), matches.get(id) ?? {}]));
      return { status: 200, body: JSON.stringify({ errors: {}, statuses: {}, results }) };
    };
    const one = await connector();
    expect(await one.runOnce()).toMatchObject({ matched: 2, matchesChanged: 2 });
    expect(one.persons()).toEqual([
      { candidateId: '1', person: 'urn:li:person:a' },
      { candidateId: '3', person: 'urn:li:person:c' },
    ]);
    matches.set('2', { manualMatchedMember: 'urn:li:person:b' }).delete('3');
    expect(await one.runOnce()).toMatchObject({ matched: 2, matchesChanged: 2 });
    expect(one.persons().map(({ candidateId }) => candidateId)).toEqual(['1', '2']);
  });

  test('CO14 a dry run says what would be refused, and why', async () => {
    const { world, source, mapping, sql } = await open();
    await sql(
      `update person set last_name = '' where person_no < 3; update person set email = 'x' where person_no = 3`,
    );
    const { kinds } = await dryRun(await mapping(), source);
    expect(kinds.candidate).toMatchObject({ source: 100, valid: 97, refused: 3 });
    expect(kinds.candidate?.reasons).toEqual({
      'ERROR :: /lastName :: field is required but not found and has no default value': 2,
      'ERROR :: /emailAddresses/0 :: is not an e-mail address of the form X@X.X': 1,
    });
    expect(kinds.entityAclAssignee?.reasons).toEqual({
      'ATS user 101 is not bound to a person: add it under "users" in the mapping': 1,
    });
    expect(kinds.job).toMatchObject({ valid: 3, refused: 0 });
    expect(world.proxy.seen).toEqual([]);
  });

  test('CO24 L-060 an application may name a file as its résumé; without it, it is not done', async () => {
    const { world, connector, mapping } = await open();
    const folder = world.stateDir('files');
    mkdirSync(folder);
    writeFileSync(join(folder, '11.txt'), 'Ten years at sea.');
    const withFiles = await mapping((yaml) =>
      yaml.replace(
        'SELECT s.submission_no AS id,',
        (text) => `${text} CONCAT(s.submission_no, '.txt') AS \`resume.file\`,`,
      ),
    );
    const options = { mapping: withFiles, readFile: filesBelow(folder), contract: world.tenant.contract };
    const one = await connector(options);
    expect((await one.runOnce()).kinds.application).toMatchObject({ sent: 1, failed: 2, acknowledged: 1 });
    const refused = () => one.ledger().filter(({ kind }) => kind === 'application');
    expect(refused()).toMatchObject(
      ['12', '13'].map((id) => ({ kind: 'application', id, message: expect.stringContaining('ENOENT') })),
    );
    writeFileSync(join(folder, '12.txt'), 'Two years ashore.');
    writeFileSync(join(folder, '13.txt'), Buffer.from('89504e470d0a1a0a0000', 'hex'));
    world.proxy.seen.length = 0;
    expect((await one.runOnce()).kinds.application).toMatchObject({ sent: 1, failed: 1, skipped: 1 });
    const announced = world.proxy.seen.filter(({ path }) => path === '/v2/hireMediaUrl');
    expect(announced.map(({ body }) => JSON.parse(body).fileName)).toEqual(['12.txt']);
    expect(refused()).toMatchObject([{ id: '13', message: expect.stringContaining('neither PDF') }]);
    world.proxy.seen.length = 0;
    await one.runOnce();
    expect(writes(world.proxy.seen)).toEqual([]);
  });

  test('CO17 a column that is no field of the kind is named and not sent; a SELECT without id is refused', async () => {
    const { world, connector, mapping } = await open();
    const warnings: string[] = [];
    const odd = await mapping((yaml) =>
      yaml.replace('first_name AS firstName, last', '1 AS favouriteColour, first_name AS firstName, last'),
    );
    const one = await connector({ mapping: odd, report: { warning: (text) => warnings.push(text) } });
    await one.runOnce();
    expect(warnings).toContainEqual(
      expect.stringContaining('kinds.candidate returns a column "favouriteColour"'),
    );
    expect(writes(world.proxy.seen).some(({ body }) => body.includes('favouriteColour'))).toBe(false);
    one.close();
    for (const [change, sentence] of [
      [['person_no AS id', 'person_no AS number'], 'kinds.candidate returns no column id'],
      [['submission_no AS parentId, name', 'name'], 'kinds.stage returns no column parentId'],
      [
        ['opening_no AS atsEntityId', 'opening_no AS entity'],
        'kinds.entityAcl returns no column atsEntityId',
      ],
      [
        ['team AS atsEntityAclId, user_no AS atsUser', 'team AS atsEntityAclId'],
        'kinds.entityAclAssignee returns no column assignee or atsUser',
      ],
      [['FROM person', 'FROM nobody'], 'The ATS database refused a SELECT of the mapping'],
    ] as const) {
      const broken = await connector({
        mapping: await mapping((yaml) => yaml.replace(change[0], change[1])),
        state: sentence,
      });
      await expect(broken.runOnce()).rejects.toThrow(sentence);
      broken.close();
    }
  });

  test('CO12 a database that is not there is named, without its password', async () => {
    const away = openMysql('mysql://reader:geheim@127.0.0.1:1/ats');
    await expect(away).rejects.toThrow('The ATS database at 127.0.0.1:1/ats cannot be reached');
    await expect(away).rejects.not.toThrow('geheim');
  });
});
