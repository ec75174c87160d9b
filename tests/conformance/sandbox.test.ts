import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORD_EXAMPLES } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameOf } from '../../conformance/case.ts';
import { coverage } from '../../conformance/coverage.ts';
import { subjects } from '../../conformance/subject.ts';
import { allCases, runCases } from '../../conformance/suite.ts';
import { type Target, World } from '../../conformance/world.ts';
import { type Sandbox, startSandbox } from '../../scripts/postman/sandbox.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'carrick-conformance-'));
let sandbox: Sandbox;
let target: Target;
let world: World;

beforeAll(async () => {
  sandbox = await startSandbox(folder);
  const { customer, organization, parent: partner, seats } = sandbox.details;
  target = { baseUrl: sandbox.baseUrl, ...customer, organization, partner, person: seats[0]?.person };
  world = await World.open(target, 'ci');
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cases = allCases();
const rows = subjects().map((subject) => [subject.address, subject.version] as const);

test.each(rows)(
  'RF7 L-008 L-020 %s conforms in protocol %s',
  { timeout: 120_000 },
  async (address, version) => {
    const own = cases.filter(({ subject }) => subject.address === address && subject.version === version);
    expect(own.length).toBeGreaterThan(0);
    const failed: string[] = [];
    for await (const verdict of runCases(world, own))
      if (verdict.is === 'failed') failed.push(`${nameOf(verdict.case)}: ${verdict.why}`);
    expect(failed).toEqual([]);
  },
);

test('RF7 every record can be written, and the suite leaves nothing but closed jobs', async () => {
  const offered: string[] = [];
  for await (const verdict of runCases(
    world,
    cases.filter(({ outcome }) => outcome === 'EMPTY_ACCESS_TOKEN'),
  ))
    if (verdict.is === 'passed') offered.push(verdict.case.subject.definition.kind);
  expect([...new Set(offered)]).toEqual(expect.arrayContaining(Object.keys(RECORD_EXAMPLES)));
  const left = (await sandbox.dump()).filter(
    ({ kind, record }) => kind !== 'job' || record.state !== 'CLOSED',
  );
  expect(left).toEqual([]);
});

test('RF9 the table of coverage has every resource and method, and every error or why it is not caused', () => {
  const table = coverage();
  for (const { address, definition } of subjects())
    for (const method of definition.methods)
      expect(table).toMatch(new RegExp(`^\\| ${address} (\\| )?${method} \\|`, 'm'));
  expect(table).not.toContain('no case yet');
});

async function conformance(...args: string[]): Promise<{ code: number | null; output: string }> {
  const script = join(root, 'conformance', 'main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env: { ...process.env, CONFORMANCE_CLIENT_SECRET: '' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

const flags = ({ baseUrl, clientId, clientSecret, organization }: Target): string[] => [
  ...['--base-url', baseUrl, '--client-id', clientId],
  ...['--client-secret', clientSecret, '--organization', organization],
];

test('RF8 strangers run it by its flags: what is left out is said, and the sandbox passes', async () => {
  const { code, output } = await conformance(...flags(target), '--only', 'v2/atsEntityAclAssignees 1.0.0');
  expect([code, output]).toEqual([0, expect.stringMatching(/\n\d+ passed, 0 failed, \d+ skipped\n$/)]);
  expect(output).toContain('(no --person was named)');
});

test('RF8 a platform that says yes to everything fails nearly every case', async () => {
  const liar = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"access_token":"x","results":{},"errors":{},"elements":[]}');
  }).listen(0, '127.0.0.1');
  await once(liar, 'listening');
  const { port } = liar.address() as AddressInfo; // a server that listens has an address of this form
  const { code, output } = await conformance(
    ...flags({ ...target, baseUrl: `http://127.0.0.1:${port}` }),
    ...['--person', 'urn:li:person:x', '--only', 'v2/atsCandidates '],
  );
  liar.close();
  expect([code, output]).toEqual([1, expect.stringMatching(/\n0 passed, \d{2,} failed, 0 skipped\n$/)]);
  expect(output).toMatch(/✗ v2\/atsCandidates 1\.0\.0 batch_update success: .*\n {4}\S/);
});

test('RF8 wrong usage and credentials that give no token end with 2', async () => {
  for (const args of [
    [],
    ['--base-url', target.baseUrl],
    ['--what'],
    flags({ ...target, clientSecret: 'wrong' }),
  ])
    expect((await conformance(...args)).code).toBe(2);
});
