import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeRecords } from './purge.ts';
import { applicationRecord, candidateRecord } from './testing/store.ts';
import { batch, call, resource, type TestAts, type TestWire, testWire } from './testing/wire.ts';

const DAY_MS = 24 * 3_600_000;
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(600_000, 7)]);

let world: TestWire;
let ats: TestAts;
let contract: string;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
  const [row] = await world.ctx.db.transaction(
    ats.tenantId,
    async (tx) => tx<{ contract_id: number }>`
      insert into contract (tenant_id, name, created_at) values (${ats.tenantId}, 'Acme', 1) returning contract_id`,
  );
  contract = `urn:li:contract:${row?.contract_id}`;
});
afterAll(() => world.close());

const announcement = (changes: Readonly<Record<string, unknown>> = {}) => ({
  contentType: 'application/pdf',
  fileName: 'Ada Byron.pdf',
  hiringContext: contract,
  usageParameters: { recruiterSystemConnectResumeParameters: {} },
  ...changes,
});
const announce = (changes: Readonly<Record<string, unknown>> = {}, of = ats) =>
  call(world, of, { method: 'POST', path: '/v2/hireMediaUrl', body: announcement(changes) });

async function upload(url: string, bytes: Buffer | string = PDF, method = 'PUT') {
  const response = await fetch(url, { method, body: bytes });
  return { status: response.status, body: (await response.json()) as { id: string; contentType: string } };
}

async function uploaded(of = ats): Promise<string> {
  const { body } = await announce({}, of);
  expect((await upload(body.url)).status).toBe(201);
  return body.id;
}

const put = (application: string, id: string, media: unknown, of = ats) =>
  batch(
    world,
    of,
    'PUT',
    resource('resumes', 'atsApplications'),
    [[[id], { media, fileName: `${id}.pdf` }]],
    {
      parentKey: [application, 'ATS', of.organisation],
    },
  );

async function count(table: 'attachment' | 'media' | 'media_chunk'): Promise<number> {
  const rows = await world.ctx.db.read(ats.tenantId, async (tx) =>
    tx.prepared<{ n: number }>(`select count(*) as n from ${table}`),
  );
  return rows[0]?.n ?? -1;
}

describe('upload', () => {
  it('SY43 a file is announced, uploaded once to a signed address, and kept in pieces', async () => {
    const announced = await announce();
    expect(announced.status).toBe(201);
    expect(announced.body).toEqual({
      id: expect.stringMatching(/^urn:li:media:[0-9a-f-]{36}$/),
      url: expect.stringContaining(`${world.baseUrl}/media/uploads/`),
      expiresAt: world.clock.now() + 3_600_000,
    });
    const chunks = await count('media_chunk');
    expect(await upload(announced.body.url)).toEqual({
      status: 201,
      body: { id: announced.body.id, contentType: 'application/pdf', size: PDF.length },
    });
    expect((await count('media_chunk')) - chunks).toBe(3);
    expect((await upload(announced.body.url)).status).toBe(409);
  });

  it('SY43 an address that was altered, or had its hour, takes nothing', async () => {
    const { body } = await announce();
    const altered = body.url.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A'));
    for (const url of [altered, `${world.baseUrl}/media/uploads/`, `${world.baseUrl}/media/uploads/x`])
      expect((await upload(url)).status).toBe(403);
    world.clock.advance(3_600_000);
    expect((await upload(body.url)).status).toBe(403);
    ats = { ...ats, token: await ats.newToken() };
  });

  it('SY42 the content decides: other kinds and empty files are refused, and up to 10 MB is taken', async () => {
    const { body } = await announce();
    expect((await upload(body.url, '')).status).toBe(422);
    expect((await upload(body.url, Buffer.from('89504e470d0a1a0a0000', 'hex'))).status).toBe(422);
    const largest = Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(10 * 1024 * 1024 - 5)]);
    expect((await upload(body.url, Buffer.concat([largest, Buffer.alloc(1)]))).status).toBe(413);
    expect((await upload(body.url, largest, 'POST')).status).toBe(201);
  });

  it('SY43 an announcement is checked', async () => {
    const message = async (changes: Readonly<Record<string, unknown>>) => {
      const { status, body } = await announce(changes);
      return `${status} ${body.message ?? ''}`;
    };
    expect(await message({ contentType: 'image/png' })).toContain('422 ERROR :: /contentType ::');
    expect(await message({ fileName: undefined })).toContain('422 ERROR :: /fileName :: field is required');
    expect(await message({ usageParameters: {} })).toContain('422 ERROR :: /usageParameters ::');
    expect(await message({ usageParameters: undefined, usageParameter: { tcrmResumeParameters: {} } })).toBe(
      '201 ',
    );
    expect(await message({ hiringContext: 'urn:li:organization:1' })).toContain(
      '422 ERROR :: /hiringContext ::',
    );
    expect(await message({ hiringContext: 'urn:li:contract:999999' })).toContain('403');
    expect(await message({ blobTtl: { duration: 1, unit: 'AGE' } })).toContain(
      '422 ERROR :: /blobTtl/unit ::',
    );
    const { status } = await call(world, ats, {
      method: 'POST',
      path: '/v2/hireMediaUrl',
      body: announcement(),
      token: null,
    });
    expect(status).toBe(401);
  });
});

describe('attachments', () => {
  it('SY44 L-060 an uploaded file becomes a résumé of an application, once, by its URN or its address', async () => {
    const { body } = await announce();
    await upload(body.url);
    expect((await put('A1', 'R1', body.id)).body).toEqual({ results: { R1: { status: 204 } }, errors: {} });
    expect((await put('A1', 'R1', body.url)).body.errors).toEqual({});
    expect((await put('A1', 'R2', body.id)).body.errors.R2.message).toContain('attached elsewhere');
    const never = await announce();
    for (const media of [
      never.body.id,
      'urn:li:media:x',
      'https://example.com/cv.pdf',
      `urn:li:media:${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`,
    ])
      expect((await put('A1', 'R3', media)).body.errors.R3).toMatchObject({ status: 422 });
    expect((await put('A1', 'R3', 5)).body.errors.R3.message).toContain(
      'ERROR :: /media :: 5 cannot be coerced to String',
    );
    const other = await world.ats();
    expect((await put('A1', 'R3', await uploaded(), other)).body.errors.R3).toMatchObject({ status: 422 });
    const sibling = await world.ats({ of: ats });
    expect((await put('A1', 'R3', await uploaded(), sibling)).body.errors.R3).toMatchObject({ status: 422 });
  });

  it('SY44 a file that is replaced is gone, and so is one that is deleted', async () => {
    await put('A2', 'R1', await uploaded());
    const before = [await count('attachment'), await count('media')];
    await put('A2', 'R1', await uploaded());
    expect([await count('attachment'), await count('media')]).toEqual(before);
    const remove = () =>
      batch(world, ats, 'DELETE', resource('resumes', 'atsApplications'), [[['R1']], [['R9']]], {
        parentKey: ['A2', 'ATS', ats.organisation],
      });
    const { results, errors } = (await remove()).body;
    expect([results, errors]).toMatchObject([{ R1: { status: 204 } }, { R9: { status: 404 } }]);
    expect((await remove()).body.errors.R1).toMatchObject({ status: 404 });
    expect(await count('media')).toBe((before[1] ?? 0) - 1);
  });

  it('SY45 L-075 files go with their application and their candidate', async () => {
    const key = (id: string) => [id, 'ATS', ats.organisation];
    await batch(world, ats, 'PUT', resource('atsApplications'), [[key('A5'), applicationRecord()]]);
    await batch(world, ats, 'PUT', resource('atsCandidates'), [[key('C5'), candidateRecord()]]);
    const before = [await count('attachment'), await count('media'), await count('media_chunk')];
    await put('A5', 'R1', await uploaded());
    await rest('PUT', 'CANDIDATE', 'C5', { media: await uploaded() });
    expect(await count('attachment')).toBe((before[0] ?? 0) + 2);
    await batch(world, ats, 'DELETE', resource('atsApplications'), [[key('A5')]]);
    await batch(world, ats, 'DELETE', resource('atsCandidates'), [[key('C5')]]);
    expect([await count('attachment'), await count('media'), await count('media_chunk')]).toEqual(before);
  });

  async function rest(
    method: 'PUT' | 'DELETE',
    type: string,
    id: string,
    entity: unknown = {},
    kind = 'RESUME',
  ) {
    const parts = {
      attachmentType: kind,
      externalAttachmentId: 'F1',
      externalReferenceEntityId: id,
      externalReferenceEntityType: type,
      integrationContext: ats.organisation,
    };
    const query = Object.entries(parts).map(([name, value]) => `ids[0].${name}=${encodeURIComponent(value)}`);
    const key = new URLSearchParams(parts).toString();
    const answer = await call(world, ats, {
      method,
      path: `/rest/attachments?${query.join('&')}`,
      headers: { 'LinkedIn-Version': '202604' },
      ...(method === 'PUT' ? { body: { entities: { [key]: entity } } } : {}),
    });
    return [...Object.values(answer.body.results), ...Object.values(answer.body.errors)][0] as {
      status: number;
      message?: string;
    };
  }

  it('SY44 the versioned dialect reaches the same attachments', async () => {
    const media = await uploaded();
    expect(
      await rest('PUT', 'APPLICATION', 'A7', { media, externalFileName: 'cv.pdf', externalCreatedAt: 5 }),
    ).toMatchObject({ status: 204 });
    const remove = await batch(world, ats, 'DELETE', resource('resumes', 'atsApplications'), [[['F1']]], {
      parentKey: ['A7', 'ATS', ats.organisation],
    });
    expect(remove.body.errors).toEqual({});
    expect(await rest('DELETE', 'APPLICATION', 'A7')).toMatchObject({ status: 404 });
    expect((await rest('PUT', 'JOB', 'A7', { media })).message).toContain('is not an enum symbol');
    expect((await rest('PUT', 'CANDIDATE', 'A7', { media }, 'PHOTO')).message).toContain(
      'is not an enum symbol',
    );
    expect(
      (await rest('PUT', 'CANDIDATE', 'A7', { media: await uploaded(), externalCreatedAt: 0 })).message,
    ).toContain('/externalCreatedAt');
  });

  it('SY45 what nothing is attached to goes after a day, what has no parent after 30, and what was to be forgotten in time', async () => {
    await purgeRecords(world.store);
    await batch(world, ats, 'PUT', resource('atsApplications'), [
      [['A9', 'ATS', ats.organisation], applicationRecord()],
    ]);
    const { body } = await announce({ blobTtl: { duration: 3, unit: 'DAY' } });
    await upload(body.url);
    await put('A9', 'short', body.id);
    await put('A9', 'kept', await uploaded());
    await put('never sent', 'orphan', await uploaded());
    await uploaded();
    const ids = async () => {
      const rows = await world.ctx.db.read(
        ats.tenantId,
        async (tx) =>
          tx<{ id: string }>`select id from attachment where entity_id in ('A9', 'never sent') order by id`,
      );
      return rows.map((row) => row.id);
    };
    const media = await count('media');
    world.clock.advance(DAY_MS + 1);
    await purgeRecords(world.store);
    expect(await ids()).toEqual(['kept', 'orphan', 'short']);
    expect(await count('media')).toBeLessThan(media);
    world.clock.advance(2 * DAY_MS);
    await purgeRecords(world.store);
    expect(await ids()).toEqual(['kept', 'orphan']);
    world.clock.advance(30 * DAY_MS);
    await purgeRecords(world.store);
    expect(await ids()).toEqual(['kept']);
    expect(await count('media')).toBe(await count('attachment'));
  });
});
