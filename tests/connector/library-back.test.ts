import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  type ConnectorConfig,
  type ConversationEvent,
  type ExportedCandidate,
  fastifyPlugin,
  filesBelow,
  type Handlers,
  type MailStub,
  type ProspectNote,
  type ResumeRef,
} from '../../packages/connector/src/index.ts';
import { findOauthApplication } from '../../packages/platform/src/index.ts';
import {
  application,
  candidate,
  job,
  type LibraryWorld,
  onboard,
  openLibraryWorld,
} from './library-world.ts';

let world: LibraryWorld;
beforeAll(async () => {
  world = await openLibraryWorld();
});
afterEach(() => {
  world.proxy.seen.length = 0;
});
afterAll(() => world.close());

const MEMBER = {
  firstName: 'Ada',
  lastName: 'Quill',
  emails: ['ada@mail.example'],
  positions: [{ title: 'Baker', companyName: 'Northwind', startDate: '2020-01' }],
  shareWithThirdParties: true,
  location: 'Chicago, IL',
};

async function ready(name: string, config: Partial<ConnectorConfig<null>> = {}) {
  const company = await world.company(name);
  const ats = await world.connector(await world.store(), config);
  const { clientId } = await onboard(ats, company);
  world.clock.advance(300_000);
  await ats.connector.runOnce();
  return { ...ats, company, clientId, id: company.id };
}

const sign = (secret: string, body: string) =>
  createHmac('sha256', secret).update(`hmacsha256=${body}`).digest('hex');

test('CO40 CO39 CO51 L-154 a notification is taken with the right signature, once, in time; the challenge is answered', async () => {
  const { connector, callback, clientId, id } = await ready('Ivy');
  const secret = (await findOauthApplication(world.ctx, clientId))?.clientSecret ?? '';
  const send = async (body: string, signature: string, at = `${callback}/${id}`) =>
    (await fetch(at, { method: 'POST', headers: { 'x-li-signature': signature }, body })).status;
  const text = (type: string, expiresAt = 0) => JSON.stringify({ id: randomUUID(), type, expiresAt });
  const good = text('EXPORT_CANDIDATE_PROFILE');
  world.proxy.seen.length = 0;
  expect(await send(good, sign(secret, good))).toBe(200);
  expect(await send(good, `${sign(secret, good)}`.toUpperCase())).toBe(200);
  expect(await send(good, sign('another secret', good))).toBe(401);
  expect(await send(good, createHmac('sha256', secret).update(good).digest('hex'))).toBe(401);
  expect(await send(`${good} `, sign(secret, good))).toBe(401);
  expect(await send(good, '')).toBe(401);
  const unknown = text('SOMETHING_NEW');
  expect(await send(unknown, sign(secret, unknown))).toBe(200);
  const late = text('EXPORT_CANDIDATE_PROFILE', world.clock.now() - 1);
  expect(await send(late, sign(secret, late))).toBe(410);
  expect(await send('{"id":1}', sign(secret, '{"id":1}'))).toBe(400);
  const long = JSON.stringify({ id: 'x'.repeat(20_000) });
  expect(await send(long, sign(secret, long))).toBe(413);
  expect(await send(good, sign(secret, good), `${callback}/nobody`)).toBe(404);
  expect(await send(good, sign(secret, good), `${callback}/%E0%A4`)).toBe(404);
  // Nothing was fetched while the platform waited for the answer.
  expect(world.proxy.seen).toEqual([]);

  const answered = await (await fetch(`${callback}/${id}?challengeCode=abc&applicationId=x`)).json();
  expect(answered).toEqual({
    challengeCode: 'abc',
    challengeResponse: createHmac('sha256', secret).update('abc').digest('hex'),
  });

  await connector.customers.rotateSecret(id);
  const rotated = (await findOauthApplication(world.ctx, clientId))?.clientSecret ?? '';
  expect(rotated).not.toBe(secret);
  const next = text('SOMETHING_NEW');
  expect(await send(next, sign(secret, next))).toBe(200);
  expect(await send(next, sign(rotated, next))).toBe(200);
  expect((await connector.runOnce()).failing).toEqual([]);
  world.clock.advance(30 * 24 * 3_600_000);
  expect(await send(next, sign(secret, next))).toBe(401);
  expect(await send(next, sign(rotated, next))).toBe(200);
});

test('CO51 the receiver as a Fastify plugin gets the bytes as they came', async () => {
  const { connector, id, clientId } = await ready('Jade');
  const secret = (await findOauthApplication(world.ctx, clientId))?.clientSecret ?? '';
  const parsers: ((
    request: unknown,
    body: Uint8Array,
    done: (error: null, body: Uint8Array) => void,
  ) => void)[] = [];
  let handle: Parameters<Parameters<ReturnType<typeof fastifyPlugin>>[0]['all']>[1] | undefined;
  await fastifyPlugin(connector.receiver())({
    addContentTypeParser: (_type, _options, parse) => parsers.push(parse),
    all: (_path, handler) => {
      handle = handler;
    },
  });
  const body = JSON.stringify({ id: 'n1', type: 'NEW', expiresAt: 0, name: 'é' });
  const replied: (number | string)[] = [];
  const reply = {
    code: (status: number) => replied.push(status),
    header: () => {},
    send: (text: string) => replied.push(text),
  };
  let bytes: Uint8Array = new Uint8Array();
  parsers[0]?.(null, Buffer.from(body), (_error, parsed) => {
    bytes = parsed;
  });
  await handle?.(
    {
      method: 'POST',
      url: `/callback/${id}`,
      headers: { 'x-li-signature': sign(secret, body) },
      body: bytes,
    },
    reply,
  );
  expect(replied).toEqual([200, '{}']);
});

test('CO41 CO43 an exported person becomes a candidate on the job once, or is attached to the one there is', async () => {
  const exported: ExportedCandidate[] = [];
  const matched: string[] = [];
  let failures = 1;
  const ats = await ready('Kauri', {
    on: {
      matched: (_customer, id, person) =>
        void matched.push(`${id} ${person === null ? 'nobody' : 'a person'}`),
      exported: async (customer, person) => {
        // The ATS's own database is away for a moment.
        if (failures-- > 0) throw new Error('away');
        exported.push(person);
        const id = person.knownCandidateId ?? 'X1';
        const record = candidate(person.firstName, { emailAddresses: person.emailAddresses });
        if (!person.knownCandidateId) await ats.connector.record(null, customer.id, 'candidate', id, record);
        await ats.connector.record(
          null,
          customer.id,
          'application',
          `A-${id}`,
          application(id, person.jobId ?? ''),
        );
        return id;
      },
    },
  });
  const { connector, company, id } = ats;
  await company.addSeat('Ines');
  await world.members(
    { id: 'kauri-1', ...MEMBER, emails: ['k1@mail.example'] },
    { id: 'kauri-2', ...MEMBER, firstName: 'Grace', emails: ['grace@mail.example'] },
  );
  await connector.record(null, id, 'job', 'J1', job('Baker'));
  await connector.record(null, id, 'candidate', 'C2', candidate('Grace'));
  await connector.runOnce();
  expect(matched).toEqual(['C2 a person']);
  const person = await connector.personOf(id, 'C2');
  expect(person).toMatch(/^urn:li:person:/);

  const ines = await company.signIn('ines');
  const idOf = async (name: string) => (await ines.get(`/search?q=${name}`)).body.people[0].id;
  const press = async (name: string) => {
    const before = ats.log.length;
    const { status, body } = await ines.post('/exports', {
      key: randomUUID(),
      people: [await idOf(name)],
      atsNo: 1,
      jobId: 'J1',
    });
    expect(status, JSON.stringify(body)).toBe(202);
    return before;
  };
  await press('Ada');
  // The push arrives by itself.
  await expect
    .poll(
      async () => {
        await connector.runOnce();
        world.clock.advance(61_000);
        return exported.length;
      },
      { timeout: 60_000 },
    )
    .toBe(1);
  expect(exported[0]).toMatchObject({
    firstName: 'Ada',
    jobId: 'J1',
    knownCandidateId: null,
    emailAddresses: [],
  });
  expect(ats.log.some(({ message }) => message.includes('"exported" failed'))).toBe(true);
  await connector.runOnce();
  expect((await company.held()).candidate).toEqual(['C2', 'X1']);
  expect((await company.held()).application).toEqual(['A-X1']);
  expect(await connector.personOf(id, 'X1')).toBe(exported[0]?.person);

  await press('Grace');
  await expect.poll(async () => connector.runOnce().then(() => exported.length), { timeout: 60_000 }).toBe(2);
  expect(exported[1]).toMatchObject({ knownCandidateId: 'C2', person });
  expect((await company.held()).candidate).toEqual(['C2', 'X1']);
});

test('CO42 L-157 messages, stubs and notes are read by windows, each once, deleted ones as deleted; closed profiles are told', async () => {
  const heard: {
    messages: ConversationEvent[];
    notes: ProspectNote[];
    stubs: MailStub[];
    closed: string[];
  } = {
    messages: [],
    notes: [],
    stubs: [],
    closed: [],
  };
  const on: Handlers = {
    message: (_customer, event) => void heard.messages.push(event),
    note: (_customer, note) => void heard.notes.push(note),
    profileClosed: (_customer, profile) => void heard.closed.push(...profile.candidateIds),
    stub: (_customer, stub) => void heard.stubs.push(stub),
    exported: (_customer, { knownCandidateId }) => knownCandidateId ?? '',
  };
  const { connector, company, id } = await ready('Lime', { on, readBackMs: 72 * 3_600_000 });
  await company.addSeat('Ines');
  const line = { id: 'lime-1', ...MEMBER, firstName: 'Lin', emails: ['lin@mail.example'] };
  await world.members(line, { id: 'lime-2', ...MEMBER, firstName: 'Mara', emails: ['mara@mail.example'] });
  await connector.record(null, id, 'job', 'J1', job('Baker'));
  await connector.record(null, id, 'candidate', 'C1', candidate('Lin'));
  await connector.runOnce();
  const ines = await company.signIn('ines');
  const person = (await ines.get('/search?q=Lin')).body.people[0].id;
  // Only somebody whom the ATS does not know is asked for contact data.
  const sent = await ines.post('/messages', {
    to: [person, (await ines.get('/search?q=Mara')).body.people[0].id],
    subject: 'A role',
    body: 'Are you free?',
    visibility: 'ORGANISATION',
    requestKey: randomUUID(),
    sendAt: null,
  });
  expect(sent.body.refused, JSON.stringify(sent.body)).toEqual([]);
  await expect.poll(() => world.mailedLink('mara@mail.example'), { timeout: 60_000 }).not.toBeNull();
  const link = world.mailedLink('mara@mail.example') ?? '';
  const answer = (fields: Record<string, string>) =>
    fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
  await answer({ step: 'reply', kind: 'text', text: 'Gladly.', key: randomUUID() });
  await answer({ step: 'share', answer: 'yes', email: 'mara@home.example', phone: '+44 20 7946 0000' });
  const noted = await ines.post(`/activities/${person}/notes`, {
    body: 'Speaks well.',
    visibility: 'CONTRACT',
  });
  expect(noted.status, JSON.stringify(noted.body)).toBeLessThan(300);
  // A month back is read some windows at a time, so that nobody is asked about more than twelve times a minute.
  for (let turn = 0; turn < 2; turn++) {
    world.clock.advance(61_000);
    await connector.runOnce();
  }
  expect(heard.messages.map(({ body, candidateIds }) => [body, candidateIds])).toEqual([
    ['Are you free?', ['C1']],
    ['Are you free?', []],
    ['Gladly.', []],
  ]);
  expect(heard.stubs).toMatchObject([
    {
      firstName: 'Mara',
      lastName: 'Quill',
      emailAddresses: ['mara@home.example'],
      phoneNumbers: [expect.stringContaining('7946')],
      currentTitle: 'Baker',
      currentCompany: 'Northwind',
      location: 'Chicago, IL',
      candidateIds: [],
    },
  ]);
  expect(heard.notes).toMatchObject([{ text: 'Speaks well.', isDeleted: false, candidateIds: ['C1'] }]);
  const gone = await ines.post(`/activities/${person}/notes/${heard.notes[0]?.id}/delete`, {});
  expect(gone.status, JSON.stringify(gone.body)).toBeLessThan(300);
  await ines.post('/exports', { key: randomUUID(), people: [person], atsNo: 1, jobId: 'J1' });
  for (let turn = 0; turn < 3; turn++) {
    world.clock.advance(31 * 60_000);
    await connector.runOnce();
  }
  expect(heard.notes).toHaveLength(2);
  expect(heard.notes[1]).toMatchObject({ isDeleted: true, text: null, candidateIds: ['C1'] });
  await expect
    .poll(
      async () => {
        await connector.runOnce();
        const { body } = await ines.get(`/exports?person=${person}`);
        return body.exports[0]?.state;
      },
      { timeout: 60_000 },
    )
    .toBe('complete');
  await world.members({ ...line, closed: true });
  world.clock.advance(31 * 60_000);
  await connector.runOnce();
  expect(heard.closed).toEqual(['C1']);
  expect(heard.messages.map(({ type }) => type)).toEqual(['INMAIL', 'INMAIL', 'INMAIL_REPLY']);
});

test('CO44 CO45 users are suggested, bound and rebound; a merge keeps the person that was tied by hand', async () => {
  const { connector, company, clientId, id } = await ready('Moss', { on: {} });
  const [ines, rowan] = [await company.addSeat('Ines'), await company.addSeat('Rowan')];
  const persons = {
    ines: await company.person(clientId, ines.memberId),
    rowan: await company.person(clientId, rowan.memberId),
  };
  const suggested = await connector.customers.suggestSeats(id, [
    { id: 'u1', email: 'INES@moss.example ' },
    { id: 'u2', email: 'someone@else.example' },
  ]);
  expect(suggested).toEqual([
    { user: 'u1', person: persons.ines, seatName: 'Ines Fell', bound: null },
    { user: 'u2', person: null, seatName: null, bound: null },
  ]);
  await connector.record(null, id, 'entityAclAssignee', { acl: 'g', user: 'u1' }, {});
  await connector.runOnce();
  expect((await company.held()).entityAclAssignee).toBeUndefined();
  expect(await connector.quarantine.list(id)).toMatchObject([
    { kind: 'entityAclAssignee', remedy: expect.stringContaining('bindUser') },
  ]);
  const assignees = async () => (await company.held()).entityAclAssignee ?? [];
  await connector.customers.bindUser(id, 'u1', persons.ines);
  await connector.runOnce();
  const [first] = await assignees();
  expect(await connector.quarantine.list(id)).toEqual([]);
  await connector.customers.bindUser(id, 'u1', persons.rowan);
  await connector.runOnce();
  const now = await assignees();
  expect(now).toHaveLength(1);
  expect(now[0]).not.toBe(first);
  await connector.customers.bindUser(id, 'u1', null);
  await connector.runOnce();
  expect(await assignees()).toEqual([]);

  const record = (candidateId: string, fields: object = {}) =>
    connector.record(null, id, 'candidate', candidateId, candidate('Una', { emailAddresses: [], ...fields }));
  await record('C1', { manualMatchedMember: persons.rowan });
  await record('C2');
  await connector.record(null, id, 'job', 'J1', job('Baker'));
  await connector.record(null, id, 'application', 'A1', application('C1', 'J1'));
  await connector.runOnce();
  expect(await connector.personOf(id, 'C1')).toBe(persons.rowan);
  await connector.record(null, id, 'application', 'A1', application('C2', 'J1'));
  await connector.mergeCandidates(null, id, { survivor: 'C2', loser: 'C1' });
  await connector.runOnce();
  expect((await company.held()).candidate).toEqual(['C2']);
  world.clock.advance(3_600_000);
  await connector.runOnce();
  expect(await connector.personOf(id, 'C2')).toBe(persons.rowan);
});

test('CO53 L-060 a résumé goes with its application, is not sent again unchanged, and waits with its reason when it cannot', async () => {
  const folder = mkdtempSync(join(world.folder, 'files-'));
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  write('cv.pdf', '%PDF-1.7 one');
  write('photo.png', Buffer.from('89504e470d0a1a0a0000', 'hex'));
  write('large.txt', 'x'.repeat(10 * 1024 * 1024 + 1));
  symlinkSync('/etc/hostname', join(folder, 'link.txt'));
  const { connector, id, company } = await ready('Alder', { readFile: filesBelow(folder) });
  const put = (resume?: ResumeRef) =>
    connector.record(null, id, 'application', 'A1', {
      ...application('C1', 'J1'),
      ...(resume && { resume }),
    });
  const round = async (resume?: ResumeRef) => {
    world.proxy.seen.length = 0;
    await put(resume);
    await connector.runOnce();
    const [refused] = await connector.quarantine.list(id);
    return refused?.reason ?? null;
  };
  const attached = () =>
    world.ctx.db.read(
      company.tenantId,
      async (tx) => tx`
        select a.entity_id as application, a.file_name as name, m.content_type as type, m.size
        from attachment a join media m on m.tenant_id = a.tenant_id and m.media_id = a.media_id
        where a.tenant_id = ${company.tenantId}`,
    );
  const uploads = () => world.proxy.seen.filter(({ path }) => path === '/v2/hireMediaUrl').length;
  const one = { application: 'A1', name: 'cv.pdf', type: 'application/pdf', size: 12 };

  expect(await round({ file: 'cv.pdf' })).toBeNull();
  expect(await attached()).toEqual([one]);
  expect(await round({ file: 'cv.pdf' })).toBeNull();
  expect(uploads()).toBe(0);
  write('cv.pdf', '%PDF-1.7 another');
  expect(await round({ file: 'cv.pdf', fileName: 'Ada Quill.pdf' })).toBeNull();
  expect(await attached()).toEqual([{ ...one, name: 'Ada Quill.pdf', size: 16 }]);

  for (const [file, reason] of [
    ['photo.png', 'neither PDF, DOC, DOCX nor plain text'],
    ['large.txt', 'larger than 10 MB'],
    ['../store1/journal.jsonl', 'outside of the folder'],
    ['link.txt', 'outside of the folder'],
    ['.', 'outside of the folder'],
  ] as const) {
    expect(await round({ file })).toContain(reason);
    expect(uploads()).toBe(0);
  }
  // The application itself is there, and the file of before still is.
  expect((await company.held()).application).toEqual(['A1']);
  expect(await attached()).toMatchObject([{ name: 'Ada Quill.pdf' }]);

  expect(await round({ file: 'late.txt' })).toContain('cannot be read (ENOENT)');
  write('late.txt', 'A life in a few lines.');
  world.clock.advance(6 * 3_600_000);
  await connector.runOnce();
  expect(await connector.quarantine.list(id)).toEqual([]);
  expect(await attached()).toMatchObject([{ name: 'late.txt', type: 'text/plain' }]);

  expect(await round()).toBeNull();
  expect(await attached()).toEqual([]);
  await round({ file: 'cv.pdf' });
  await connector.record(null, id, 'application', 'A1', null);
  await connector.runOnce();
  expect(await attached()).toEqual([]);
  // What went with its application is sent again with it; a history tells a new version by its name.
  await round({ file: 'cv.pdf', version: '1' });
  expect(await attached()).toHaveLength(1);
  write('cv.pdf', '%PDF-1.7 the third');
  world.clock.advance(1);
  await connector.backfill(id, {
    application: [
      { key: 'A1', record: { ...application('C1', 'J1'), resume: { file: 'cv.pdf', version: '2' } } },
    ],
  });
  expect(await attached()).toMatchObject([{ size: 18 }]);
});
