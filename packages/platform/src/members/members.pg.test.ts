import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../kernel/context.ts';
import { type TestDatabase, testContext, testDatabase } from '../kernel/testing.ts';
import type { MemberFacts, MemberHook } from './hooks.ts';
import { type ImportOptions, importMembers, type RefusedLine } from './import.ts';
import { memberByExternalId, readMembers } from './read.ts';
import type { MemberRecord } from './record.ts';
import { ensureMember } from './seat-holder.ts';

let database: TestDatabase;
let ctx: Context;
const written: MemberFacts[] = [];
const hook: MemberHook = {
  async after(_tx, members) {
    written.push(...members);
  },
};

beforeAll(async () => {
  database = await testDatabase();
  ctx = testContext(database);
});
afterAll(() => database.drop());
beforeEach(() => {
  written.length = 0;
});

async function* text(...lines: (object | string)[]): AsyncGenerator<string> {
  for (const line of lines) yield `${typeof line === 'string' ? line : JSON.stringify(line)}\n`;
}
const bring = (lines: readonly (object | string)[], options: Partial<ImportOptions> = {}) =>
  importMembers(ctx, text(...lines), { hooks: [hook], ...options });

async function member(externalId: string): Promise<MemberRecord> {
  return ctx.db.read(null, async (tx) => {
    const id = await memberByExternalId(tx, externalId);
    const found = id === null ? undefined : (await readMembers(tx, [id])).get(id);
    if (!found) throw new Error(`no member ${externalId}`);
    return found;
  });
}

const FULL = {
  id: 'full-1',
  firstName: 'Zoë',
  middleName: 'Q',
  lastName: 'García Márquez',
  suffix: 'Jr',
  maidenName: 'Stone',
  emails: ['zoe@x.org', 'zoe@work.example'],
  phones: ['+1 415 555 0100'],
  profileUrls: ['https://linkedin.com/in/zoe'],
  headline: 'Data engineer',
  summary: 'Pipelines.',
  industry: 'Software',
  pictureUrl: 'https://pictures.example/zoe.png',
  location: 'Zürich, Switzerland',
  address: { line1: '1 Main St', city: 'Zürich', geographicArea: 'ZH', postalCode: '8001', country: 'CH' },
  websites: ['https://zoe.example'],
  positions: [
    { title: 'Data Engineer', companyName: 'Acme', startDate: '2019-03', endDate: null },
    { title: 'Analyst', companyName: 'Globex', startDate: '2015', endDate: '2019-02' },
  ],
  educations: [{ school: 'ETH', degree: 'MSc', field: 'Informatics', startDate: '2010', endDate: '2015' }],
  skills: ['PostgreSQL', 'TypeScript'],
  recommendations: [{ author: 'Sam Lee', authorTitle: 'CTO', text: 'Excellent.' }],
  connections: ['full-2', 'nobody-yet', 'full-1'],
  openToWork: true,
  followsOrganizations: ['urn:li:organization:1'],
  shareWithThirdParties: true,
  closed: false,
};

describe('import', () => {
  test('ME1 ME7 every field is stored and read back', async () => {
    await bring([FULL]);
    const { id, openToWork, shareWithThirdParties, closed, connections, ...fields } = FULL;
    expect(await member('full-1')).toEqual({
      ...fields,
      isFoundByEmail: true,
      isFoundByPhone: true,
      externalId: id,
      memberId: expect.any(Number),
      isOpenToWork: openToWork,
      sharesWithThirdParties: shareWithThirdParties,
      isClosed: closed,
      connectionCount: 2, // not with oneself
    });
  });

  test('ME2 ME6 a line replaces, absent fields included; sharing is off unless said', async () => {
    await bring([{ ...FULL, id: 'replaced' }]);
    const summary = await bring([{ id: 'replaced', firstName: 'Zoë', lastName: 'Stone' }]);
    expect(summary).toMatchObject({ read: 1, created: 0, changed: 1, unchanged: 0 });
    expect(await member('replaced')).toMatchObject({
      lastName: 'Stone',
      emails: [],
      positions: [],
      headline: null,
      connectionCount: 0,
      isOpenToWork: false,
      sharesWithThirdParties: false,
    });
  });

  test('ME2 a line that is stored already is skipped, and a killed import is run again', async () => {
    const lines = Array.from({ length: 450 }, (_, i) => ({ id: `again-${i}`, lastName: `No ${i}` }));
    const killed = bring(lines, {
      onProgress: ({ created }) => {
        if (created === 400) throw new Error('killed');
      },
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await bring(lines)).toMatchObject({ read: 450, created: 50, changed: 0, unchanged: 400 });
    written.length = 0;
    expect(await bring(lines)).toMatchObject({ created: 0, changed: 0, unchanged: 450 });
    expect(written).toEqual([]);
  });

  test('ME3 ME4 bad lines are refused by number and reason, neighbours are stored', async () => {
    const refused: RefusedLine[] = [];
    const summary = await bring(
      [
        { id: 'ok-1', lastName: 'One' },
        '{"id":',
        { firstName: 'Jane' },
        { id: '', lastName: 'Doe' },
        { id: 'x' },
        { id: 'x', lastName: 'Doe', emails: 'jane@x.org' },
        { id: 'x', lastName: 'Doe', positions: [{ title: 7 }] },
        { id: 'x', lastName: 'Doe', positions: [{ startDate: 'March 2019' }] },
        { id: 'x', lastName: 'D\u0000e' },
        '[]',
        '"text"',
        '',
        `{"id":"x","lastName":"Doe","emails":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
        { id: 'ok-2', lastName: 'Two' },
      ],
      { onRefused: (one) => refused.push(one) },
    );
    expect(refused).toEqual([
      { line: 2, reason: 'invalid JSON' },
      { line: 3, reason: 'missing id' },
      { line: 4, reason: 'wrong form of id' },
      { line: 5, reason: 'missing name' },
      { line: 6, reason: 'wrong type of emails' },
      { line: 7, reason: 'wrong type of positions[].title' },
      { line: 8, reason: 'wrong form of positions[].startDate' },
      { line: 9, reason: 'holds a character that cannot be stored' },
      { line: 10, reason: 'not an object' },
      { line: 11, reason: 'not an object' },
      { line: 13, reason: 'wrong type of emails[]' },
    ]);
    expect(summary).toMatchObject({
      read: 13,
      created: 2,
      refused: 11,
      reasons: { 'missing id': 1, 'invalid JSON': 1 },
    });
    expect((await member('ok-2')).lastName).toBe('Two');
  });

  test('ME5 a résumé is a member whose id follows from its e-mail, and is not shared', async () => {
    const resume = {
      basics: {
        name: 'Ana María López',
        label: 'Designer',
        email: 'Ana@x.org',
        phone: '+34 600',
        url: 'https://ana.example',
        summary: 'Draws.',
        location: {
          city: 'Madrid',
          countryCode: 'ES',
          address: 'Calle 1',
          postalCode: '28001',
          region: 'Madrid',
        },
        profiles: [{ network: 'LinkedIn', username: 'ana', url: 'https://linkedin.com/in/ana' }],
      },
      work: [{ name: 'Acme', position: 'Designer', startDate: '2020-01-01', endDate: 'Present' }],
      education: [{ institution: 'UCM', area: 'Arts', studyType: 'BA', startDate: '2010' }],
      skills: [{ name: 'Figma', keywords: ['ui'] }],
      references: [{ name: 'Sam', reference: 'Good.' }],
    };
    const ids: string[] = [];
    const onMember = (_: number, id: string) => ids.push(id);
    await bring([resume, { basics: { name: 'No Mail' } }, { basics: 3 }], { onMember });
    await bring([JSON.stringify({ ...resume, basics: { ...resume.basics, email: 'ana@X.org' } }, null, 2)], {
      onMember,
    });
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).toMatch(/^resume-[0-9a-f]{32}$/);
    expect(await member(ids[0] ?? '')).toMatchObject({
      firstName: 'Ana María',
      lastName: 'López',
      profileUrls: ['https://linkedin.com/in/ana'],
      positions: [{ title: 'Designer', companyName: 'Acme', startDate: '2020-01-01', endDate: null }],
      educations: [{ school: 'UCM', degree: 'BA', field: 'Arts', startDate: '2010', endDate: null }],
      skills: ['Figma'],
      recommendations: [{ author: 'Sam', authorTitle: null, text: 'Good.' }],
      sharesWithThirdParties: false,
    });
  });

  test('ME6 an account is closed by its id alone', async () => {
    await bring([{ ...FULL, id: 'closed-1' }]);
    await bring([{ id: 'closed-1', closed: true }]);
    expect(await member('closed-1')).toMatchObject({ isClosed: true, emails: [], firstName: '' });
    expect(written.at(-1)).toMatchObject({ isClosed: true });
  });

  test('ME7 connections follow the line', async () => {
    await bring([{ id: 'linked', lastName: 'Doe', connections: ['a', 'b', 'b'] }]);
    expect((await member('linked')).connectionCount).toBe(2);
    await bring([{ id: 'linked', lastName: 'Doe', connections: ['b', 'c', 'd'] }]);
    const rows = await ctx.db.read(
      null,
      async (tx) => tx`
      select other_external_id as other from member_connection join member using (member_id)
      where external_id = 'linked' order by 1`,
    );
    expect(rows.map(({ other }) => other)).toEqual(['b', 'c', 'd']);
  });

  test('ME8 of two lines with one id the later holds', async () => {
    const summary = await bring([
      { id: 'twice', lastName: 'First' },
      { id: 'twice', lastName: 'Second' },
    ]);
    expect((await member('twice')).lastName).toBe('Second');
    expect(summary).toMatchObject({ read: 2, created: 1, refused: 0 });
  });

  test('ME9 a member is announced after its commit', async () => {
    const seen: Promise<MemberRecord>[] = [];
    await bring([{ id: 'announced', lastName: 'Doe' }], { onMember: (_, id) => seen.push(member(id)) });
    expect(await Promise.all(seen)).toMatchObject([{ externalId: 'announced' }]);
  });

  test('ME9 a hook that fails takes its batch with it', async () => {
    const failing: MemberHook = { after: () => Promise.reject(new Error('no')) };
    await expect(bring([{ id: 'undone', lastName: 'Doe' }], { hooks: [failing] })).rejects.toThrow('no');
    await expect(member('undone')).rejects.toThrow('no member');
  });
});

describe('seat holders', () => {
  test('ME10 a seat holder becomes a member once; a known member stays', async () => {
    const holder = { externalId: 'seat-1', firstName: 'Rita', lastName: 'Recruiter', emails: ['rita@x.org'] };
    const first = await ctx.db.transaction(null, (tx) => ensureMember(ctx, tx, [hook], holder));
    const second = await ctx.db.transaction(null, (tx) =>
      ensureMember(ctx, tx, [hook], { ...holder, firstName: 'Other' }),
    );
    expect(second).toBe(first);
    expect(await member('seat-1')).toMatchObject({ memberId: first, firstName: 'Rita' });
    expect(written).toHaveLength(1);
  });
});

describe('search document', () => {
  test.each([
    ['garcia'],
    ['garcía'],
    ['data & engineer'],
    ['globex'],
    ['postgresql'],
    ['zurich'],
    ['eth'],
    ['stone'],
  ])('ME11 a person is found by %s', async (query) => {
    await bring([{ ...FULL, id: 'found' }]);
    expect(await found(query)).toContain('found');
  });

  test.each([['zoe@x.org'], ['4155550100'], ['main']])('ME11 nobody is found by %s', async (query) => {
    await bring([{ ...FULL, id: 'found' }]);
    expect(await found(`'${query}'`)).not.toContain('found');
  });

  test('ME11 a name in another script is found in both', async () => {
    await bring([{ id: 'script', firstName: '小明', lastName: '王' }]);
    expect(await found('王')).toContain('script');
    expect(await found('xiaoming')).toContain('script');
  });

  async function found(query: string): Promise<unknown[]> {
    const rows = await ctx.db.read(
      null,
      async (tx) => tx`
      select external_id from member where search_doc @@ to_tsquery('simple', ${query})`,
    );
    return rows.map((row) => row.external_id);
  }
});
