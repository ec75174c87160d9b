import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'carrick-collections-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly event?: readonly { readonly script: { readonly exec: readonly string[] } }[];
  readonly request?: {
    readonly url: {
      readonly raw: string;
      readonly path: readonly string[];
      readonly protocol?: string;
      readonly host?: readonly string[];
    };
  };
}

const ours = JSON.parse(readFileSync(join(root, 'docs/generated/postman.json'), 'utf8')) as { item: Item[] };

async function postman(...args: string[]): Promise<{ code: number | null; output: string }> {
  const script = join(root, 'scripts', 'postman', 'main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args]);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** Our requests as the vendor writes its own: its hosts, no checks, the tokens last and beside the folders. */
function asVendor(items: readonly Item[]): Item[] {
  const rewritten = (item: Item): Item => {
    const host = item.request?.url.path[0] === 'oauth' ? 'www.linkedin.com' : 'api.linkedin.com';
    const exec = item.event?.[0]?.script.exec ?? [];
    const kept = exec.filter((line) => /^const answer|collectionVariables\.set/.test(line.trim()));
    return {
      ...item,
      ...(item.event ? { event: [{ ...item.event[0]!, script: { exec: kept } }] } : {}),
      ...(item.item ? { item: item.item.map(rewritten) } : {}),
      ...(item.request
        ? {
            request: {
              ...item.request,
              url: {
                ...item.request.url,
                raw: item.request.url.raw.replace('{{baseUrl}}', `https://${host}`),
                protocol: 'https',
                host: host.split('.'),
              },
            },
          }
        : {}),
    };
  };
  const [credentials, ...others] = items;
  return [...others, ...(credentials?.item ?? [])].map(rewritten);
}

test('RF4 L-170 our collection runs against a sandbox without failure', { timeout: 240_000 }, async () => {
  const { code, output } = await postman();
  expect([code, output]).toEqual([0, expect.stringMatching(/ checks of ours, 0 left out: 0 failed\n$/)]);
  for (const { name } of ours.item) expect(output).toContain(`✓ ${name}\n`);
});

test('RF5 a collection of the user’s goes to the sandbox alone, tokens first', {
  timeout: 240_000,
}, async () => {
  const file = join(folder, 'vendor.json');
  const stray: Item = {
    name: 'Elsewhere',
    request: { url: { raw: 'https://example.com/v2/me', path: ['v2', 'me'] } },
  };
  writeFileSync(file, JSON.stringify({ ...ours, item: [...asVendor(ours.item), stray] }));
  const { code, output } = await postman(file);
  expect([code, output]).toEqual([
    0,
    expect.stringMatching(/ 0 assertions of the collection, .*: 0 failed\n$/),
  ]);
  expect(output).toContain('✓ Outside of folders\n');
  expect(output).toContain('- Elsewhere: left out');
});

test('RF6 a run whose answers are not what was sent fails and says which', { timeout: 240_000 }, async () => {
  const file = join(folder, 'wrong.json');
  const [credentials, , records] = ours.item;
  const read = records?.item?.find(({ name }) => name === 'Read the candidate');
  const written = records?.item?.find(({ name }) => name === 'Write a candidate');
  // The last name is changed behind the back of the request that checks it.
  const changed = JSON.parse(JSON.stringify(written).replace('Byron', 'Lovelace')) as Item;
  const item = [credentials, { name: 'Records', item: [changed, read] }];
  writeFileSync(file, JSON.stringify({ ...ours, item }));
  const { code, output } = await postman(file);
  expect([code, output]).toEqual([1, expect.stringContaining('✗ Records')]);
  expect(output).toContain('✗ Read the candidate:');
});

test('RF5 a file that is no collection is refused', async () => {
  const file = join(folder, 'nothing.json');
  writeFileSync(file, '{}');
  for (const args of [[file], [join(folder, 'absent.json')], ['--help']])
    expect((await postman(...args)).code).toBe(2);
});
