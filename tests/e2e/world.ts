import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WireClient } from '@carrick/connector';
import { expect, type Page, test as playwright } from '@playwright/test';
import { type RunningCommand, runCommand, startCommand } from './carrick-process.ts';
import { MEMBERS, type MemberLine } from './people.ts';
import { type Batch, JOBS, makeBatches } from './records.ts';

/** A tenant of `carrick sandbox --json`. */
export interface Tenant {
  readonly tenantId: number;
  readonly parent: { readonly clientId: string; readonly clientSecret: string };
  readonly customer: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly applicationUrn: string;
  };
  readonly organization: string;
  readonly contract: string;
  readonly seats: readonly Seat[];
}
interface Seat {
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}
interface Sandbox {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly tenants: readonly Tenant[];
}

/** A running platform that holds the people of the tests, and the wire by which an ATS changes what it holds of them. */
export interface World {
  readonly baseUrl: string;
  /** For what no door of a sandbox does; of the role that serves, so that one tenant has to be set. */
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly tenant: Tenant;
  /** A company whose ATS sends candidates and nothing more. */
  readonly quiet: Tenant;
  readonly ats: WireClient;
  /** On the access list of the job SEC1. */
  readonly r1: Seat;
  /** Not on it. */
  readonly r2: Seat;
}

/** What the only ATS of the sandbox's first company is called. */
export const ATS = 'Sandbox ATS 1';

export const test = playwright.extend<
  { signIn(seat: Seat): Promise<void>; openPerson(name: string): Promise<void> },
  { world: World }
>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => withWorld(use),
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ world }, use) => use(world.baseUrl),
  /** A session without the screen; the screen has its own tests. */
  signIn: async ({ page }, use) =>
    use(async ({ email, password }) => {
      const answer = await page.request.post('/app/api/sign-in', {
        headers: { 'x-carrick': '1' },
        data: { email, password },
      });
      expect(answer.status()).toBe(200);
    }),
  openPerson: async ({ page }, use) =>
    use(async (name) => {
      await page.goto(`/search?q=${encodeURIComponent(name)}`);
      await page.getByTestId('results').getByRole('link', { name }).click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
    }),
});
export { expect } from '@playwright/test';

/** Who is in the directory, and what the first company's ATS sends; `assignee` is the recruiter R1. */
export interface Population {
  readonly members: readonly MemberLine[];
  batches(assignee: string): readonly Batch[];
}

/** A sandbox with these people, for as long as `use` takes. */
export async function withWorld(
  use: (world: World) => Promise<void>,
  population: Population = { members: MEMBERS, batches: makeBatches },
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'carrick-e2e-'));
  const dataDir = join(root, 'data');
  const sandbox = await startCommand<Sandbox>([
    ...['sandbox', '--json', '--port', '0', '--tenants', '2', '--data', dataDir],
  ]);
  try {
    await use(await fill(sandbox, root, dataDir, population));
  } finally {
    await sandbox.end();
    rmSync(root, { recursive: true, force: true });
  }
}

/** The row of a person among the results. */
export function rowOf(page: Page, name: string) {
  return page.locator('[data-row]').filter({ has: page.getByRole('link', { name, exact: true }) });
}

async function fill(
  { details }: RunningCommand<Sandbox>,
  root: string,
  dataDir: string,
  { members, batches }: Population,
): Promise<World> {
  const { baseUrl, databaseUrl, tenants } = details;
  const [tenant, quiet] = tenants;
  const [, r1, r2] = tenant?.seats ?? [];
  if (!tenant || !quiet || !r1 || !r2)
    throw new Error('the sandbox has fewer tenants or seats than promised');
  const file = join(root, 'members.jsonl');
  writeFileSync(file, members.map((member) => `${JSON.stringify(member)}\n`).join(''));
  await runCommand(['import-members', '--file', file, '--data', dataDir]);

  const ats = wireOf(baseUrl, tenant);
  await postJobs(ats);
  for (const { kind, parentId, records } of batches(r1.person)) {
    expect(await ats.upsert(kind, parentId, records)).toEqual(records.map(() => ({ ok: true })));
  }
  const [candidates] = batches(r1.person).filter(({ kind }) => kind === 'candidate');
  const stranger = wireOf(baseUrl, quiet);
  await stranger.upsert('candidate', null, candidates?.records ?? []);
  return { baseUrl, databaseUrl, dataDir, tenant, quiet, ats, r1, r2 };
}

function wireOf(baseUrl: string, { customer, organization }: Tenant): WireClient {
  return new WireClient({ baseUrl, authUrl: baseUrl, ...customer, organization, retryForMs: 5000 });
}

/** Posting a job is a task; an application is seen once its job is known. */
async function postJobs(ats: WireClient): Promise<void> {
  const tasks = (await ats.postJobs(JOBS)).map((outcome) =>
    outcome.ok ? (outcome.task ?? '') : outcome.message,
  );
  await expect
    .poll(async () => [...(await ats.jobOutcomes(tasks)).values()])
    .toEqual(JOBS.map(() => ({ ok: true })));
}
