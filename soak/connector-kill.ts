/**
 * `npm run soak -- connector-kill [--people 50000] [--kills 20]`: the connector is killed without warning again and again
 * in the middle of a back-fill from MariaDB, while rows are deleted from the ATS and others change. Then it may finish.
 * Every row must be on the platform once and in its last state, and a further run must send nothing.
 * One line of JSON; exit code 1 when anything is missing, doubled, stale or sent again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestMariadb } from '../packages/connector/src/testing-mariadb.ts';

const { values } = parseArgs({
  options: { people: { type: 'string', default: '50000' }, kills: { type: 'string', default: '20' } },
});
const people = Number(values.people);
const kills = Number(values.kills);
/** Under the share at which the connector asks first. */
const deletedEachKill = Math.floor((people * 0.04) / kills);

const MAIN = join(import.meta.dirname, '..', 'packages', 'cli', 'src', 'main.ts');
const LONGEST_LIFE_MS = 4000;

const TABLE = `
  create table person (
    person_no int primary key, first_name varchar(60) not null, version int not null, added_at datetime not null,
    changed_at datetime not null, key (changed_at)
  );
  insert into person select seq, concat('First', seq), 0, '2024-01-01', '2024-01-01' + interval seq second from seq_1_to_${people};`;

const MAPPING = `
name: Soak ATS
kinds:
  candidate:
    select: |
      SELECT person_no AS id, first_name AS firstName, CONCAT('Version', version) AS lastName,
             CONCAT('person', person_no, '@soak.example') AS \`emailAddresses[0]\`,
             added_at AS atsCreatedAt, changed_at AS atsLastModifiedAt, changed_at AS \`cursor\`
      FROM person
  candidateNote:
    select: |
      SELECT person_no AS id, person_no AS parentId, CONCAT('Note ', version) AS note, added_at AS atsCreatedAt
      FROM person WHERE person_no % 50 = 0`;

interface Sandbox {
  readonly baseUrl: string;
  readonly organization: string;
  readonly customer: { readonly clientId: string; readonly clientSecret: string };
}

const dir = mkdtempSync(join(tmpdir(), 'carrick-soak-'));
const carrick = (args: readonly string[], secret = '') =>
  spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CARRICK_LOG: 'error', CLIENT_SECRET: secret },
  });

const mariadb = await startTestMariadb();
writeFileSync(join(dir, 'ats.sql'), TABLE);
writeFileSync(join(dir, 'mapping.yaml'), MAPPING);
const ats = await mariadb.database('soak', join(dir, 'ats.sql'));
const platform = carrick(['sandbox', '--port', '0', '--data', join(dir, 'data'), '--json']);
try {
  const sandbox = await ready(platform);
  for (let kill = 1; kill <= kills; kill++) {
    const connector = connect(sandbox);
    connector.stdout?.resume();
    const lifeMs = LONGEST_LIFE_MS * Math.random();
    await Promise.race([sleep(lifeMs), once(connector, 'exit')]);
    await mariadb.run(
      ats,
      `delete from person order by rand() limit ${deletedEachKill};
       update person set version = version + 1, changed_at = changed_at + interval 1 day order by rand() limit 100;
       update person set version = version + 1 order by rand() limit 100`,
    );
    if (connector.exitCode === null) {
      connector.kill('SIGKILL');
      await once(connector, 'exit');
    }
  }
  const finishing = await result(connect(sandbox));
  const idle = await result(connect(sandbox));
  const differences = await compare();
  const sentAgain = Object.values(idle).reduce((sum, { sent, deleted }) => sum + sent + deleted, 0);
  const isRight = Object.values(differences).every((count) => count === 0) && sentAgain === 0;
  console.log(JSON.stringify({ people, kills, finishing, sentAgain, ...differences }));
  process.exitCode = isRight ? 0 : 1;
} finally {
  platform.kill('SIGINT');
  await once(platform, 'exit');
  await mariadb.stop();
  rmSync(dir, { recursive: true, force: true });
}

async function ready(child: ChildProcess): Promise<Sandbox> {
  for await (const line of createInterface({ input: child.stdout ?? process.stdin }))
    return JSON.parse(line) as Sandbox; // the sandbox's one line, documented in its help
  throw new Error('the sandbox ended before it was ready');
}

function connect({ baseUrl, organization, customer }: Sandbox): ChildProcess {
  const flags = {
    mapping: join(dir, 'mapping.yaml'),
    source: ats,
    'base-url': baseUrl,
    'client-id': customer.clientId,
    'client-secret-env': 'CLIENT_SECRET',
    organization,
    state: join(dir, 'state'),
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  return carrick(['connect', ...args, '--once', '--json'], customer.clientSecret);
}

async function result(child: ChildProcess): Promise<Record<string, { sent: number; deleted: number }>> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the connector ended with ${code}: ${text}`);
  return JSON.parse(text);
}

/** The ATS's rows against `carrick dump`. */
async function compare(): Promise<{ missing: number; doubled: number; stale: number; left: number }> {
  const expected = new Map<string, string>();
  for (const row of await mariadb.rows(ats, 'select person_no, version from person')) {
    const id = String(row.person_no);
    expected.set(`candidate ${id}`, `Version${row.version}`);
    if (Number(id) % 50 === 0) expected.set(`candidateNote ${id}`, `Note ${row.version}`);
  }
  const seen = new Set<string>();
  let [doubled, stale, left] = [0, 0, 0];
  const dump = carrick(['dump', '--json', '--data', join(dir, 'data')]);
  for await (const line of createInterface({ input: dump.stdout })) {
    const { kind, key, record } = JSON.parse(line) as {
      kind: string;
      key: unknown[];
      record: Record<string, unknown>;
    };
    const name = `${kind} ${String(key.at(-1))}`;
    if (seen.has(name)) doubled++;
    seen.add(name);
    if (!expected.has(name)) left++;
    else if (expected.get(name) !== (record.lastName ?? record.note)) stale++;
  }
  return { missing: [...expected.keys()].filter((name) => !seen.has(name)).length, doubled, stale, left };
}
