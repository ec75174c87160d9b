import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpEdge } from '../kernel/http.ts';
import { call, type TestAts, type TestWire, testWire } from '../records/testing/wire.ts';
import { jobBoardRoutes, setBoardFedElsewhere } from './index.ts';

const DAY_MS = 24 * 3_600_000;
const LONG = 'Builds bridges, and tests them, and repairs the ones that were built by somebody else. '.repeat(
  2,
);

let world: TestWire;
let ats: TestAts;
let board: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
  const edge = createHttpEdge(world.ctx.log, () => {});
  const { port } = await edge.listen('127.0.0.1', 0);
  edge.open(jobBoardRoutes(world.ctx));
  stop = () => edge.close();
  board = `http://127.0.0.1:${port}/jobs/`;
});
afterAll(async () => {
  await stop();
  await world.close();
});

async function post(of: TestAts, id: string, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const posting = {
    integrationContext: of.organisation,
    externalJobPostingId: id,
    title: `Job ${id}`,
    description: LONG,
    location: 'Oslo, Oslo, Norway',
    availability: 'PUBLIC',
    companyApplyUrl: `https://example.com/apply/${id}?a=1&b=2`,
    listedAt: 1_700_000_000_000,
    ...changes,
  };
  const headers = { 'X-RestLi-Method': 'batch_create' };
  const answer = await call(world, of, {
    method: 'POST',
    path: '/v2/simpleJobPostings',
    headers,
    body: { elements: [posting] },
  });
  expect(answer.body.elements[0]).toMatchObject({ status: 202 });
}

async function page(path: string) {
  const response = await fetch(`${board}${path}`);
  const html = await response.text();
  const markup = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
    ([, json = '']) => JSON.parse(json) as Record<string, unknown>,
  );
  return {
    status: response.status,
    policy: response.headers.get('content-security-policy') ?? '',
    html,
    markup,
  };
}

const idOf = (of: TestAts) => encodeURIComponent(of.organisation.split(':').at(-1) ?? '');

it('SY40 an empty board says so; what is no board is not found', async () => {
  const empty = await page(idOf(ats));
  expect(empty.status).toBe(200);
  expect(empty.html).toContain('has no open jobs right now');
  for (const path of ['', '0', '%00', '%E0%A4', 'x/y/z', `${idOf(ats)}/1`, `${idOf(ats)}/x`])
    expect((await page(path)).status).toBe(404);
});

it('SY40 L-164 a public job stands on its company board with markup and the link to apply, and on no other', async () => {
  const other = await world.ats();
  await post(other, 'theirs');
  await post(ats, 'open', {
    employmentStatus: 'CONTRACT',
    companyJobCode: 'R-7',
    compensation: {
      compensations: [
        {
          period: 'YEARLY',
          type: 'BASE_SALARY',
          value: { range: { start: { amount: '50000', currencyCode: 'EUR' } } },
        },
      ],
    },
  });
  const { html, markup } = await page(idOf(ats));
  expect(html).toContain('href="https://example.com/apply/open?a=1&amp;b=2"');
  expect(html).not.toContain('theirs');
  expect(markup).toHaveLength(1);
  const [job] = markup;
  expect(job).toMatchObject({
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: 'Job open',
    description: expect.stringContaining('Builds bridges'),
    datePosted: '2023-11-14',
    validThrough: new Date(world.clock.now() + 180 * DAY_MS).toISOString(),
    employmentType: 'CONTRACTOR',
    identifier: { value: 'R-7' },
    hiringOrganization: { '@type': 'Organization', name: 'Acme' },
    jobLocation: { address: { addressLocality: 'Oslo', addressCountry: 'Norway' } },
    baseSalary: { currency: 'EUR', value: { minValue: 50_000, unitText: 'YEAR' } },
  });
  const own = await page(`${idOf(ats)}/${String(job?.url).split('/').at(-1)}`);
  expect(own.status).toBe(200);
  expect(own.html).toContain('Builds bridges');
  expect(own.markup).toEqual([job]);
});

it('SY40 AC12 private, internal, closed and ended jobs, and those of others, are shown by no address', async () => {
  const shown = (await page(idOf(ats))).html;
  await post(ats, 'private', { availability: 'PRIVATE_TO_ATS_INTEGRATION' });
  await post(ats, 'closed', { state: 'CLOSED' });
  await post(ats, 'ended', { expireAt: world.clock.now() + 1 });
  world.clock.advance(1);
  const rows = await world.ctx.db.read(
    ats.tenantId,
    async (tx) => tx<{ id: string; job_posting_no: number }>`select id, job_posting_no from job order by id`,
  );
  const statuses = new Map<string, number>();
  for (const { id, job_posting_no: no } of rows) statuses.set(id, (await page(`${idOf(ats)}/${no}`)).status);
  expect(Object.fromEntries(statuses)).toEqual({ closed: 404, ended: 404, open: 200, private: 404 });
  expect((await page(idOf(ats))).html).toBe(shown);
  const other = await world.ats();
  for (const { job_posting_no: no } of rows) expect((await page(`${idOf(other)}/${no}`)).status).toBe(404);
});

it('SY40 a board that is fed from elsewhere shows nothing of what is posted here', async () => {
  const elsewhere = await world.ats();
  await post(elsewhere, 'here');
  await setBoardFedElsewhere(world.ctx, elsewhere.tenantId, true);
  expect((await page(idOf(elsewhere))).html).toContain('has no open jobs right now');
  await setBoardFedElsewhere(world.ctx, elsewhere.tenantId, false);
  expect((await page(idOf(elsewhere))).html).toContain('Job here');
});

it('SY41 hostile texts stay texts, and the policy lets no script run', async () => {
  const evil = await world.ats();
  const title = `</title></script><script>alert(1)</script>"' & <!--`;
  await post(evil, 'evil', {
    title,
    description: `<img src=x onerror=alert(1)><b onclick=x>bold${LONG}</script>`,
    companyName: '<i>Acme</i></script>',
    companyApplyUrl: 'https://example.com/"><script>alert(1)</script>',
    location: '<b>Oslo</b>',
  });
  const first = await page(idOf(evil));
  const [job] = first.markup;
  const own = await page(`${idOf(evil)}/${String(job?.url).split('/').at(-1)}`);
  for (const { html, policy, markup } of [first, own]) {
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|onerror=alert\(1\)>|<b onclick|<b>Oslo/);
    expect(markup[0]).toMatchObject({ title });
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/);
    expect(policy).not.toContain('script-src');
  }
});

it('SY40 pages of 50 follow each other without gap or repetition', async () => {
  const large = await world.ats();
  for (let n = 1; n <= 51; n++) await post(large, `n${n}`, { listedAt: 1_700_000_000_000 + n });
  const [one, two] = [await page(idOf(large)), await page(`${idOf(large)}?page=2`)];
  expect(one.html).toContain('51 open jobs');
  expect(one.html).toContain('rel="next"');
  const titles = [...one.markup, ...two.markup].map((job) => job.title);
  expect(titles).toEqual(Array.from({ length: 51 }, (_, n) => `Job n${51 - n}`));
});
