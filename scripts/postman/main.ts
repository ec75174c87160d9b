/**
 * `npm run postman`: our own collection against a sandbox of its own, every answer judged; then what is stored is
 * compared with what was sent. `npm run postman -- FILE` does the same with a collection of the user's, such as the
 * vendor's own, which we may not ship: its requests are sent to the sandbox, nothing leaves this machine.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { type Collection, itemsOf, pathOf, redirected } from './collection.ts';
import { exchangeOf } from './exchange.ts';
import { Judge } from './judge.ts';
import { loadNewman, runNewman } from './newman.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const OURS = join(root, 'docs', 'generated', 'postman.json');

process.exitCode = await main(process.argv.slice(2));

async function main([file = OURS, ...more]: readonly string[]): Promise<number> {
  if (more.length > 0 || file.startsWith('-')) {
    process.stderr.write('usage: npm run postman [-- FILE]\n');
    return 2;
  }
  const collection = readCollection(file);
  if (!collection) return 2;
  const newman = loadNewman();
  const folder = mkdtempSync(join(tmpdir(), 'carrick-postman-'));
  const sandbox = await startSandbox(folder);
  try {
    return await run(collection, newman, sandbox);
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCollection(file: string): Collection | null {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    // An export of Postman's API wraps the collection.
    const collection = (read as { collection?: Collection }).collection ?? (read as Collection);
    if (Array.isArray(collection.item)) return collection;
    process.stderr.write(`${file} is no Postman collection: it has no "item"\n`);
  } catch (error) {
    process.stderr.write(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
  return null;
}

async function run(
  original: Collection,
  newman: ReturnType<typeof loadNewman>,
  sandbox: Sandbox,
): Promise<number> {
  const offered = await offeredPaths(original, sandbox.baseUrl);
  const { collection, leftOut } = redirected(original, sandbox.baseUrl, (path) => offered.has(rootOf(path)));
  for (const name of leftOut) process.stdout.write(`- ${name}: left out, this platform does not offer it\n`);
  const judge = new Judge();
  const failures: string[] = [];
  const environment = { values: variables(sandbox) };
  const carried = new Map<string, unknown>();
  let requests = 0;
  let assertions = 0;
  for (const phase of collection.item) {
    const known = judge.problems.length;
    const { summary, kept } = await runNewman(
      newman,
      {
        // What scripts kept is carried in the globals, which variables of the collection would hide.
        collection: { ...collection, variable: [], item: [phase] },
        environment,
        globals: { values: [...carried].map(([key, value]) => ({ key, value, enabled: true })) },
      },
      (exchange) => {
        requests += 1;
        judge.hear(exchangeOf(exchange));
      },
    );
    for (const [key, value] of kept) carried.set(key, value);
    assertions += summary.run.stats.assertions.total;
    for (const { error, source } of summary.run.failures)
      failures.push(`${source?.name ?? phase.name}: ${error.message}`);
    judge.compare(`after "${phase.name}"`, await sandbox.dump());
    const isGood = judge.problems.length === known && summary.run.failures.length === 0;
    process.stdout.write(`${isGood ? '✓' : '✗'} ${phase.name}\n`);
  }
  const problems = [...failures, ...judge.problems];
  for (const problem of problems) process.stdout.write(`  ✗ ${problem}\n`);
  process.stdout.write(
    `${requests} requests, ${assertions} assertions of the collection, ${judge.checks} checks of ours, ${leftOut.length} left out: ${problems.length} failed\n`,
  );
  return problems.length === 0 && requests > 0 ? 0 : 1;
}

function rootOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

/** Asked without a token, what is there says 401; what is not there says 404. */
async function offeredPaths({ item }: Collection, baseUrl: string): Promise<ReadonlySet<string>> {
  const roots = new Set(itemsOf(item).map((each) => rootOf(pathOf(each))));
  const offered = new Set<string>();
  for (const path of roots) {
    // Only resources are missing; other doors are always there, and may not be opened by GET.
    const isResource = /^\/(v2|rest)\//.test(path);
    if (!isResource || (await isThere(`${baseUrl}${path}`))) offered.add(path);
  }
  return offered;
}

async function isThere(url: string): Promise<boolean> {
  const { status } = await fetch(url, { headers: { 'LinkedIn-Version': '202602' } });
  return status !== 404;
}

/** Under the names of our collection and of the vendor's. */
function variables({ details }: Sandbox): readonly { key: string; value: string; enabled: true }[] {
  const { baseUrl, customer, parent, organization, contract, seats } = details;
  const person = seats[0]?.person ?? '';
  const last = (urn: string) => urn.split(':').at(-1) ?? '';
  const now = Date.now();
  const values = {
    baseUrl,
    client_id: customer.clientId,
    client_secret: customer.clientSecret,
    partner_client_id: parent.clientId,
    partner_client_secret: parent.clientSecret,
    organization,
    contract,
    person,
    run: `${now}`,
    partner_app_client_id: parent.clientId,
    partner_app_client_secret: parent.clientSecret,
    customer_app_client_id: customer.clientId,
    customer_app_client_secret: customer.clientSecret,
    org_id: last(organization),
    contract_id: last(contract),
    customer_name: 'Sandbox customer',
    unique_foreign_id: `customer-${now}`,
    candidate_id: `candidate-${now}`,
    note_id: `note-${now}`,
    application_id: `application-${now}`,
    private_externalJobPostingId: `private-job-${now}`,
    public_externalJobPostingId: `public-job-${now}`,
    person_id: last(person),
    'Epoch in milliseconds': `${now}`,
    Enter_Request_ID_obtained_from_POST_in_CallbackURL: `none-${now}`,
    Enter_ID_Value_Present_In_Response_of_Retrieve_Recruiter_Seatholders_API: `urn:li:seat:${seats[0]?.id ?? 0}`,
  };
  return Object.entries(values).map(([key, value]) => ({ key, value, enabled: true }));
}
