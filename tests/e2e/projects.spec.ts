import type { Browser, Page } from '@playwright/test';
import { findViolations, takePictures } from './axe.ts';
import { expect, rowOf, test, type World } from './world.ts';

type Seat = World['r1'];

async function signedIn(page: Page, { email, password }: Seat): Promise<void> {
  const answer = await page.request.post('/app/api/sign-in', {
    headers: { 'x-carrick': '1' },
    data: { email, password },
  });
  expect(answer.status()).toBe(200);
}

/** A second person's browser. */
async function other(browser: Browser, world: World, seat: Seat): Promise<Page> {
  const context = await browser.newContext({ baseURL: world.baseUrl });
  const page = await context.newPage();
  await signedIn(page, seat);
  return page;
}

async function post<Answer>(page: Page, path: string, data: object): Promise<Answer> {
  const answer = await page.request.post(`/app/api/projects${path}`, { headers: { 'x-carrick': '1' }, data });
  expect(answer.ok()).toBe(true);
  return answer.status() === 204 ? (undefined as Answer) : await answer.json();
}

const create = async (page: Page, fields: object): Promise<string> =>
  (await post<{ id: string }>(page, '', fields)).id;

async function personId(page: Page, name: string): Promise<string> {
  const answer = await page.request.get(`/app/api/search?q=${encodeURIComponent(name)}`);
  const { people }: { people: { id: string; name: string }[] } = await answer.json();
  return people.find((person) => person.name === name)?.id ?? '';
}

/** A project with these people in its first stage. */
async function filled(
  page: Page,
  title: string,
  names: readonly string[],
  more: object = {},
): Promise<string> {
  const id = await create(page, { title, ...more });
  const personIds = await Promise.all(names.map((name) => personId(page, name)));
  await post(page, `/${id}/save`, { personIds });
  return id;
}

const stagesNav = (page: Page) => page.getByRole('navigation', { name: 'My pipeline' });

test.beforeEach(async ({ world, signIn }) => signIn(world.r1));

test('PR20 1.7 A1 L-118 a new project appears first in the list, and who is saved to it from search is its active candidate', async ({
  page,
}) => {
  await create(page, { title: 'An older project' });
  await page.goto('/projects');
  await page.getByRole('button', { name: 'New project' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Give the project a name.');
  await dialog.getByLabel('Name').fill('Director of Recruiting');
  await dialog.getByLabel('Company').fill('Test Company');
  await dialog.getByLabel('Place').fill('San Francisco Bay Area');
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Director of Recruiting');
  await expect(page.getByText('Test Company · San Francisco Bay Area')).toBeVisible();

  await page.goto('/projects');
  await expect(page.getByTestId('projects').getByRole('rowheader').first()).toContainText(
    'Director of Recruiting',
  );
  await page.goto('/search?q=Blake');
  await rowOf(page, 'Blake Burke').getByRole('button', { name: 'Save to project: Blake Burke' }).click();
  await page.getByRole('button', { name: 'Save to Director of Recruiting' }).click();
  await expect(page.getByRole('region', { name: 'Notice' })).toContainText(
    'Blake Burke saved to Director of Recruiting',
  );
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.getByRole('link', { name: 'Director of Recruiting' }).click();
  await expect(stagesNav(page).getByRole('link', { name: 'All active candidates (1)' })).toBeVisible();
  await expect(page.getByTestId('pipeline-total')).toHaveText('1 result');
  await expect(rowOf(page, 'Blake Burke')).toBeVisible();
});

test('PR21 1.7 A2 L-118 people move by menu, by the key m and by dragging, each with ten seconds to undo', async ({
  page,
}) => {
  const id = await filled(page, 'Moves', ['Blake Burke']);
  await page.goto(`/projects/${id}`);
  const row = rowOf(page, 'Blake Burke');
  await row.getByRole('button', { name: /More actions/ }).click();
  await page.getByRole('menuitem', { name: /Move to/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Contacted', exact: true }).click();
  await expect(stagesNav(page).getByRole('link', { name: 'Contacted (1)', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(stagesNav(page).getByRole('link', { name: 'Uncontacted (1)' })).toBeVisible();

  await page.keyboard.press('j');
  await expect(row.getByRole('link', { name: 'Blake Burke' })).toBeFocused();
  await page.keyboard.press('m');
  await expect(
    page.getByRole('dialog').getByRole('button', { name: 'Contacted', exact: true }),
  ).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(stagesNav(page).getByRole('link', { name: 'Replied (1)' })).toBeVisible();

  await page.getByRole('radio', { name: 'Board' }).check({ force: true });
  const board = page.getByTestId('board');
  const column = (name: RegExp) => board.getByRole('region', { name });
  await rowOf(page, 'Blake Burke').dragTo(column(/^Interview/));
  await expect(column(/^Interview \(1\)/)).toContainText('Blake Burke');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(column(/^Replied \(1\)/)).toContainText('Blake Burke');
});

test('PR22 1.7 A3 L-119 archived people are counted apart, with an optional reason, and come back', async ({
  page,
}) => {
  const id = await filled(page, 'Archive', ['Blake Burke', 'Mae Norris']);
  await page.goto(`/projects/${id}`);
  await rowOf(page, 'Blake Burke')
    .getByRole('button', { name: /More actions/ })
    .click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Wants to stay');
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  const nav = stagesNav(page);
  await expect(nav.getByRole('link', { name: 'All active candidates (1)' })).toBeVisible();
  await nav.getByRole('link', { name: 'Archived candidates (1)' }).click();
  await expect(rowOf(page, 'Blake Burke')).toContainText('Wants to stay');
  await rowOf(page, 'Blake Burke')
    .getByRole('button', { name: /More actions/ })
    .click();
  await page.getByRole('menuitem', { name: 'Restore' }).click();
  await expect(nav.getByRole('link', { name: 'All active candidates (2)' })).toBeVisible();
  await expect(nav.getByRole('link', { name: 'Archived candidates (0)' })).toBeVisible();
  await expect(nav.locator('[aria-current]')).toHaveText('Archived candidates (0)');
});

test('PR23 1.7 A5 who is in a colleague’s active project is told before saving, with who and when', async ({
  page,
  browser,
  world,
}) => {
  const colleague = await other(browser, world, world.r2);
  await filled(colleague, 'Warned about', ['Kelsey Foster']);
  await page.goto('/search?q=Kelsey');
  await expect(rowOf(page, 'Kelsey Foster')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  const warning = page.getByTestId('outreach-warning');
  await expect(warning).toContainText(`Kelsey Foster: ${world.r2.name}, in Warned about · Uncontacted`);
  await expect(warning.locator('time')).toHaveCount(1);
  const sent = await colleague.request.post('/app/api/messages', {
    headers: { 'x-carrick': '1' },
    data: {
      to: [await personId(colleague, 'Kelsey Foster')],
      subject: 'A role',
      body: 'Would you like to talk?',
      visibility: 'PRIVATE',
      requestKey: 'warned-about',
      sendAt: null,
    },
  });
  expect(sent.status()).toBe(200);
  await page.reload();
  await expect(rowOf(page, 'Kelsey Foster')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await expect(warning).toContainText(`Kelsey Foster: ${world.r2.name} sent a message`);
  await colleague.context().close();
});

test('PR24 1.7 A6 a private project is listed for nobody else, and its address leads nowhere', async ({
  page,
  browser,
  world,
}) => {
  const id = await filled(page, 'Top secret', ['Blake Burke'], { isPrivate: true });
  const colleague = await other(browser, world, world.r2);
  await colleague.goto('/projects');
  await expect(colleague.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  await expect(colleague.getByText('Top secret')).toHaveCount(0);
  await colleague.goto(`/projects/${id}`);
  await expect(colleague.getByRole('heading', { level: 1 })).toHaveText('There is no such project');
  await page.goto('/projects');
  await expect(page.getByRole('row', { name: /Top secret/ })).toContainText('Private');
  await colleague.context().close();
});

test('PR25 1.7 A7 of two who move the same card the later is told who was faster, and open pages follow', async ({
  page,
  browser,
  world,
}) => {
  const id = await filled(page, 'Race', ['Blake Burke']);
  const colleague = await other(browser, world, world.r2);
  // The colleague's page is not told in time.
  await colleague.route('**/app/api/events', (route) => route.abort());
  await colleague.goto(`/projects/${id}`);
  await rowOf(colleague, 'Blake Burke')
    .getByRole('button', { name: /Move to/ })
    .click();
  const dialog = colleague.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.goto(`/projects/${id}`);
  await rowOf(page, 'Blake Burke')
    .getByRole('button', { name: /Move to/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Interview' }).click();
  await expect(stagesNav(page).getByRole('link', { name: 'Interview (1)' })).toBeVisible();

  await dialog.getByRole('button', { name: 'Offer' }).click();
  await expect(colleague.getByRole('region', { name: 'Notice' })).toContainText(
    `Moved by ${world.r1.name} a moment ago: now in Interview`,
  );
  await expect(stagesNav(colleague).getByRole('link', { name: 'Interview (1)' })).toBeVisible();
  await rowOf(colleague, 'Blake Burke')
    .getByRole('button', { name: /Move to/ })
    .click();
  await colleague.getByRole('dialog').getByRole('button', { name: 'Offer' }).click();
  await expect(stagesNav(page).getByRole('link', { name: 'Offer (1)' })).toBeVisible();
  await colleague.context().close();
});

test('PR26 1.7 A8 L-119 a project is tied to a job of the ATS in its settings, where stages are named and ordered too', async ({
  page,
}) => {
  const id = await create(page, { title: 'Tied' });
  await page.goto(`/projects/${id}?tab=settings`);
  await page.getByLabel('Find a job by title or id').fill('JX1200');
  await page.getByRole('button', { name: 'Tie to Senior Account Manager' }).click();
  await page.getByLabel('Name of stage 2').fill('Called');
  await page.getByRole('button', { name: 'Move Called up' }).click();
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(stagesNav(page).getByRole('link').nth(1)).toHaveText('Called (0)');
  await page.goto(`/projects/${id}?tab=settings`);
  await expect(page.getByTestId('tied-job')).toContainText('Senior Account Manager – JX1200 in');
});

test('PR27 L-119 the talent pool saves people, the project is searched inside, and a row leads to another project', async ({
  page,
}) => {
  await create(page, { title: 'Another one' });
  const id = await filled(page, 'Analyst', ['Mae Norris']);
  await page.goto(`/projects/${id}`);
  await page.getByRole('link', { name: 'Talent pool' }).click();
  await page.getByRole('button', { name: 'Save to pipeline: Ada Adler' }).click();
  await expect(page.getByTestId('pool')).toContainText('In the pipeline: Uncontacted');
  await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
  await expect(page.getByTestId('pipeline-total')).toHaveText('2 results');
  await page.getByLabel('Search in this project').fill('freight');
  await expect(page.getByTestId('pipeline-total')).toHaveText('1 result');
  await expect(page).toHaveURL(/q=freight/);
  await rowOf(page, 'Mae Norris')
    .getByRole('button', { name: /More actions/ })
    .click();
  await page.getByRole('menuitem', { name: 'Save to another project' }).click();
  await page.getByRole('button', { name: 'Save to Another one' }).click();
  await expect(page.getByRole('region', { name: 'Notice' })).toContainText('Mae Norris saved to Another one');
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('region', { name: 'Activity' })).toContainText('saved Ada Adler');
});

test('PR28 UI41 UI52 L-097 L-098 the profile says in how many active projects the person is, and how far in each', async ({
  page,
  openPerson,
}) => {
  await filled(page, 'Hands', ['Hugo Castro']);
  await openPerson('Hugo Castro');
  await expect(page.getByTestId('ats-status')).toContainText('In 1 active project');
  await expect(page.getByTestId('standing-lines')).toContainText('HandsUncontacted · ');
  await page.getByRole('tab', { name: 'Projects (1)' }).click();
  await expect(page.getByTestId('person-projects').getByRole('link', { name: 'Hands' })).toBeVisible();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Save to project' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Find a project').fill('Made on the way');
  await dialog.getByRole('button', { name: 'New project “Made on the way”' }).click();
  await expect(page.getByRole('tab', { name: 'Projects (2)' })).toBeVisible();
});

test('PR29 several people are selected with x and saved at once, and saving is undone', async ({ page }) => {
  const id = await create(page, { title: 'Bulk' });
  await page.goto('/search?q=Adler');
  await expect(page.getByTestId('results')).toBeVisible();
  for (let row = 0; row < 3; row += 1) {
    await page.keyboard.press('j');
    await page.keyboard.press('x');
  }
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar).toContainText('3 selected');
  await bar.getByRole('button', { name: 'Save to project' }).click();
  await page.getByRole('button', { name: 'Save to Bulk' }).click();
  await expect(page.getByRole('region', { name: 'Notice' })).toContainText('3 people saved to Bulk');
  const count = async () => {
    const answer = await page.request.get(`/app/api/projects/${id}`);
    return ((await answer.json()) as { active: number }).active;
  };
  expect(await count()).toBe(3);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(count).toBe(0);
});

test('PR31 the home page lists the projects one worked in last', async ({ page }) => {
  const id = await filled(page, 'Worked in last', ['Blake Burke']);
  await page.goto(`/projects/${id}`);
  await expect(page.getByTestId('pipeline')).toBeVisible();
  await page.getByRole('link', { name: 'Carrick' }).click();
  const recent = page.getByTestId('recent-projects').getByRole('listitem').first();
  await expect(recent).toContainText('Worked in last');
  await expect(recent).toContainText('1 active candidate');
});

const SCREENS: Record<string, (page: Page, id: string) => Promise<void>> = {
  home: async (page) => {
    await page.goto('/home');
    await expect(page.getByTestId('recent-projects')).toBeVisible();
  },
  list: async (page) => {
    await page.goto('/projects');
    await expect(page.getByTestId('projects')).toBeVisible();
  },
  'empty archive': async (page) => {
    await page.route(/\/api\/projects\?/, (route) =>
      route.fulfill({ json: { projects: [], others: 2, answeredAt: Date.parse('2026-01-01') } }),
    );
    await page.goto('/projects?archived=yes');
    await expect(page.getByText('Nothing is archived')).toBeVisible();
  },
  'failed list': async (page) => {
    await page.route(/\/api\/projects\?/, (route) =>
      route.fulfill({ status: 500, json: { code: 'INTERNAL', message: 'x', requestId: 'e-1' } }),
    );
    await page.goto('/projects');
    await expect(page.getByRole('alert')).toBeVisible();
  },
  table: async (page, id) => {
    await page.goto(`/projects/${id}`);
    await expect(page.getByTestId('pipeline')).toBeVisible();
  },
  'move dialog': async (page, id) => {
    await page.goto(`/projects/${id}`);
    await page
      .getByRole('button', { name: /Move to/ })
      .first()
      .click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  overview: async (page, id) => {
    await page.goto(`/projects/${id}?tab=overview`);
    await expect(page.getByRole('region', { name: 'Activity' })).toBeVisible();
  },
  pool: async (page, id) => {
    await page.goto(`/projects/${id}?tab=pool`);
    await expect(page.getByTestId('pool')).toBeVisible();
  },
  settings: async (page, id) => {
    await page.goto(`/projects/${id}?tab=settings`);
    await expect(page.getByRole('button', { name: 'Save settings' })).toBeVisible();
  },
  'save dialog': async (page) => {
    await page.goto('/search?q=Kelsey');
    await page.getByTestId('results').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  },
  'search rows': async (page) => {
    // One row, which the bar of the selection does not cover.
    await page.goto('/search?q=Kelsey');
    await page.getByTestId('results').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible();
  },
  'profile tab': async (page) => {
    const person = await personId(page, 'Kelsey Foster');
    await page.goto(`/people/${person}?tab=projects`);
    await expect(page.getByTestId('person-projects')).toBeVisible();
  },
  // Last: the choice of the board stays.
  board: async (page, id) => {
    await page.addInitScript(() => localStorage.setItem('carrick.pipeline', 'board'));
    await page.goto(`/projects/${id}`);
    await expect(page.getByTestId('board')).toBeVisible();
  },
};

for (const width of [1280, 390]) {
  test.describe(`${width} px`, () => {
    test.use({
      viewport: { width, height: 844 },
      contextOptions: { reducedMotion: 'reduce' },
    });

    test(`PR30 axe finds nothing on the screens of projects, nor do they scroll sideways, ${width} px`, async ({
      page,
      browser,
      world,
    }) => {
      test.setTimeout(180_000);
      const colleague = await other(browser, world, world.r2);
      const names = ['Kelsey Foster', 'Blake Burke', 'Mae Norris', 'Ada Adler', 'Hugo Castro', 'Ines Duarte'];
      const id = await filled(colleague, 'Account manager', names, {
        company: 'Northwind',
        place: 'Chicago',
      });
      const moved = await Promise.all(names.slice(2).map((name) => personId(colleague, name)));
      for (const [index, person] of moved.entries())
        await post(colleague, `/${id}/move`, { personId: person, stageNo: index + 1, version: 1 });
      await colleague.context().close();
      for (const [name, open] of Object.entries(SCREENS)) {
        await page.unrouteAll();
        await open(page, id);
        expect({ name, violations: await findViolations(page) }).toEqual({ name, violations: [] });
        const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
        expect({ name, overflow }).toEqual({ name, overflow: 0 });
        await takePictures(page, (theme) => `projects-${name.replace(' ', '-')}-${theme}-${width}`);
      }
    });
  });
}
