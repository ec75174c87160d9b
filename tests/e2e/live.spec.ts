import { at, note } from './records.ts';
import { ATS, expect, rowOf, test, type World } from './world.ts';

/** The time in which a change in the ATS has to be on the screen. */
const SOON = { timeout: 30_000 };

test.beforeEach(async ({ world, signIn }) => signIn(world.r1));

async function send(world: World, ...args: Parameters<World['ats']['upsert']>): Promise<void> {
  expect(await world.ats.upsert(...args)).toEqual(args[2].map(() => ({ ok: true })));
}

test('UI60 L-051 L-054 L-059 L-063 1.6 A6 what the ATS changes is on the open page within five seconds, without reload', async ({
  page,
  world,
  openPerson,
}) => {
  const loads: string[] = [];
  page.on('load', () => loads.push(page.url()));
  await openPerson('Mae Norris');
  loads.length = 0;
  await page.getByRole('tab', { name: new RegExp(ATS) }).click();
  const job = page.getByTestId('ats-job').filter({ hasText: 'JX1200' });
  await expect(job.getByTestId('remark')).toHaveCount(1);

  await send(world, 'applicationNote', 'a-1', [note('n-live', 'Written just now.', '2026-02-02')]);
  const fresh = job.getByTestId('remark').filter({ hasText: 'Written just now.' });
  await expect(fresh).toBeVisible(SOON);
  await expect(fresh).toContainText('New');
  await expect(page.getByRole('status').filter({ hasText: 'arrived' })).toHaveText('1 new entry arrived');

  await send(world, 'applicationNote', 'a-1', [note('n-live', 'Written again.', '2026-02-02')]);
  await expect(job).toContainText('Written again.', SOON);
  await send(world, 'stage', 'a-1', [
    { id: 's-live', record: { stage: 'Offer', atsCreatedAt: at('2026-02-03') } },
  ]);
  await expect(job.getByRole('list', { name: 'Stages' }).getByRole('listitem').first()).toHaveText(
    'OfferFebruary 3, 2026',
    SOON,
  );
  await send(world, 'interviewFeedback', 'a-1', [
    { id: 'f-live', record: { feedback: 'Hire.', atsCreatedAt: at('2026-02-04') } },
  ]);
  await expect(job).toContainText('Hire.', SOON);
  await send(world, 'candidateNote', 'c-m1', [note('cn-live', 'Moved to Milwaukee.', '2026-02-05')]);
  await expect(page.getByRole('region', { name: 'Notes on the candidate' })).toContainText('Milwaukee', SOON);

  await world.ats.remove('applicationNote', 'a-1', ['n-live']);
  await world.ats.remove('stage', 'a-1', ['s-live']);
  await world.ats.remove('interviewFeedback', 'a-1', ['f-live']);
  await world.ats.remove('candidateNote', 'c-m1', ['cn-live']);
  await expect(job.getByTestId('remark')).toHaveCount(1, SOON);
  expect(loads).toEqual([]);
});

test('UI60 L-051 L-059 an open card follows too, and a new candidate appears in the results', async ({
  page,
  world,
}) => {
  await page.goto('/search?q=Mae+OR+Blake');
  await rowOf(page, 'Mae Norris').getByTestId('in-ats').click();
  const card = page.getByTestId('ats-card');
  await expect(card).toContainText('Phone screen');
  await send(world, 'stage', 'a-1', [
    { id: 's-live', record: { stage: 'Offer', atsCreatedAt: at('2026-02-03') } },
  ]);
  await expect(card).toContainText('Offer · February 3, 2026', SOON);
  await world.ats.remove('stage', 'a-1', ['s-live']);
  await expect(card).toContainText('Phone screen', SOON);

  const blake = {
    id: 'c-m2',
    record: {
      firstName: 'Blake',
      lastName: 'Burke',
      emailAddresses: ['blake@mail.example'],
      atsCreatedAt: at('2026-02-02'),
      atsLastModifiedAt: at('2026-02-02'),
    },
  };
  await send(world, 'candidate', null, [blake]);
  await expect(rowOf(page, 'Blake Burke').getByTestId('in-ats')).toBeVisible(SOON);
  await world.ats.remove('candidate', null, ['c-m2']);
  await expect(rowOf(page, 'Blake Burke').getByTestId('in-ats')).toHaveCount(0, SOON);
});

test('UI61 the tabs of one browser share one stream, and the next takes over when its tab closes', async ({
  page,
  context,
  world,
}) => {
  const streams: string[] = [];
  context.on('request', (request) => {
    if (request.url().endsWith('/app/api/events')) streams.push(request.url());
  });
  await page.goto('/search?q=Mae');
  await expect.poll(() => streams.length).toBe(1);
  const second = await context.newPage();
  await second.goto('/search?q=Mae');
  await rowOf(second, 'Mae Norris').getByTestId('in-ats').click();
  const card = second.getByTestId('ats-card');
  await expect(card).toContainText('Phone screen');
  await send(world, 'stage', 'a-1', [
    { id: 's-live', record: { stage: 'Offer', atsCreatedAt: at('2026-02-03') } },
  ]);
  await expect(card).toContainText('Offer', SOON);
  expect(streams).toHaveLength(1);
  await page.close();
  await expect.poll(() => streams.length).toBe(2);
  await world.ats.remove('stage', 'a-1', ['s-live']);
  await expect(card).toContainText('Phone screen', SOON);
});

test('UI62 while no stream can be had, the page asks every five seconds', async ({
  page,
  world,
  openPerson,
}) => {
  await page.route('**/app/api/events', (route) => route.abort());
  await openPerson('Mae Norris');
  await page.getByRole('tab', { name: new RegExp(ATS) }).click();
  await expect(page.getByTestId('ats-job')).toHaveCount(4);
  await send(world, 'candidateNote', 'c-m1', [note('cn-poll', 'Found by asking.', '2026-02-06')]);
  await expect(page.getByRole('region', { name: 'Notes on the candidate' })).toContainText(
    'Found by asking.',
    {
      timeout: 30_000,
    },
  );
  await world.ats.remove('candidateNote', 'c-m1', ['cn-poll']);
});
