import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { dryRun } from '../dry-run.ts';
import { parseMapping } from '../mapping.ts';
import { openFiles } from './files.ts';
import { readJsonLines } from './json-lines.ts';
import type { Row } from './selection.ts';

const folder = mkdtempSync(join(tmpdir(), 'carrick-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

async function read(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

test('CO80 CSV, TSV and JSONL become the same rows, whatever wrote them', async () => {
  const source = await openFiles(folder);
  file('a.csv', '\ufeffid,firstName,note\r\n1,"Ada ""A.""","two\r\nlines"\r\n\r\n2,Bo,\r\n');
  file('b.csv', 'id;firstName;note\n1;"Ada ""A.""";"two\r\nlines"\n2;Bo;\n');
  file('c.tsv', 'id\tfirstName\tnote\n1\t"Ada ""A."""\t"two\r\nlines"\n2\tBo\t\n');
  file(
    'd.jsonl',
    '{"id":"1","firstName":"Ada \\"A.\\"","note":"two\\r\\nlines"}\n\n{"id":"2","firstName":"Bo","note":""}',
  );
  const rows = [
    { id: '1', firstName: 'Ada "A."', note: 'two\r\nlines' },
    { id: '2', firstName: 'Bo', note: '' },
  ];
  for (const name of ['a.csv', 'b.csv', 'c.tsv', 'd.jsonl']) {
    expect(await read(source.all(name))).toEqual(rows);
    expect(await source.columns(name)).toEqual(['id', 'firstName', 'note']);
    expect(await source.count(name)).toBe(2);
  }
});

test('CO81 a select names, joins, chooses and takes apart; what is nested is named by its path', async () => {
  const source = await openFiles(folder);
  file(
    'people.jsonl',
    [
      {
        id: 7,
        status: 'open',
        name: { first: 'Ada' },
        mails: [{ v: 'a@x.example' }],
        moves: [
          { s: 'Applied', n: 1 },
          { s: 'Offer', n: 2 },
        ],
      },
      { id: 8, status: 'spam', name: { first: 'Bo' }, mails: [], moves: [] },
      { id: 9, status: 'done', name: {}, mails: [], moves: null },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  );
  const select = (lines: string) => read(source.all(`from: people.jsonl\n${lines}`));
  expect(
    await select(
      'where: { status: [open, done] }\nfields: { id: id, "emailAddresses[0]": "mails[0].v", url: "https://x/{name.first}/{id}", a: "=const", state: { path: status, done: CLOSED, else: LISTED } }',
    ),
  ).toEqual([
    { id: 7, 'emailAddresses[0]': 'a@x.example', url: 'https://x/Ada/7', a: 'const', state: 'LISTED' },
    { id: 9, 'emailAddresses[0]': null, url: null, a: 'const', state: 'CLOSED' },
  ]);
  expect(await select('each: moves\nfields: { id: "{id}-{each.n}", parentId: id, stage: each.s }')).toEqual([
    { id: '7-1', parentId: 7, stage: 'Applied' },
    { id: '7-2', parentId: 7, stage: 'Offer' },
  ]);
  expect((await read(source.all('people.jsonl')))[0]).toMatchObject({
    'mails[0].v': 'a@x.example',
    'moves[1].s': 'Offer',
  });
});

test('CO82 a broken line ends the pass and is named by file and number, without what it holds', async () => {
  const source = await openFiles(folder);
  const fault = (select: string) =>
    read(source.all(select)).then(
      () => 'none',
      (error: Error) => `${error.name}: ${error.message}`,
    );
  file('bad.jsonl', '{"id":1}\n{"id":2,"lastName":"Secret\n');
  expect(await fault('bad.jsonl')).toMatch(/^ConnectorError: bad\.jsonl, line 2: is not JSON/);
  expect(await fault('bad.jsonl')).not.toContain('Secret');
  file('list.jsonl', '[1]\n');
  expect(await fault('list.jsonl')).toContain('line 1: is no JSON object');
  file('short.csv', 'id,firstName,lastName\n1,Ada,B\n2,Bo\n');
  expect(await fault('short.csv')).toMatch(/short\.csv, line 3: .*Record Length/);
  file('quote.csv', 'id,note\n1,"open\n2,b\n');
  expect(await fault('quote.csv')).toMatch(/quote\.csv, line \d: /);
  expect(await fault('absent.csv')).toContain('The file absent.csv cannot be read');
  expect(await fault('../outside.csv')).toContain('outside of the folder');
  expect(await fault('people.xlsx\n')).toContain('cannot be read');
  expect(await fault('from: a.csv\nwere: {}')).toContain('a select has no "were"');
  expect(await fault('from: a.csv\nlookup: { x: { from: b.csv, key: id } }')).toContain(
    'files have no lookup',
  );
  await expect(openFiles(join(folder, 'a.csv'))).rejects.toThrow(/no folder/);
});

test('CO83 an increment reads a file again only when it has changed, and of it what is at or after the cursor', async () => {
  const source = await openFiles(folder);
  const line = (id: number, cursor: string) => `${JSON.stringify({ id, cursor })}\n`;
  file('log.jsonl', line(1, '2026-01-01T00:00:00Z') + line(2, '2026-01-03T00:00:00Z'));
  await read(source.all('log.jsonl'));
  const since = async () =>
    (await read(source.since('log.jsonl', '2026-01-02T00:00:00Z'))).map(({ id }) => id);
  expect(await since()).toEqual([]);
  file(
    'log.jsonl',
    line(1, '2026-01-01T00:00:00Z') + line(2, '2026-01-03T00:00:00Z') + line(3, '2026-01-04T00:00:00Z'),
  );
  expect(await since()).toEqual([2, 3]);
  expect(await since()).toEqual([]);
});

test('CO84 a file is read no faster than its records are taken', async () => {
  let made = 0;
  function* chunks() {
    for (; made < 1_000; made++) yield Buffer.from(`{"id":${made},"text":"é"}\n`.repeat(10));
  }
  let taken = 0;
  let ahead = 0;
  for await (const _ of readJsonLines(Readable.from(chunks()), 'x.jsonl')) {
    taken++;
    ahead = Math.max(ahead, made - taken / 10);
  }
  expect(taken).toBe(10_000);
  expect(ahead).toBeLessThan(40);
});

test('CO80 a mapping over files goes through the connector as one over a database does', async () => {
  file(
    'stages.csv',
    'id,parentId,stage,atsCreatedAt\nS1,A1,Applied,2026-01-05 10:00:00\nS2,A1,Not Available,2026-01-06\nS3,,Offer,2026-01-06\n',
  );
  const mapping = parseMapping('kinds:\n  stage:\n    select: stages.csv\n');
  const { kinds, warnings } = await dryRun(mapping, await openFiles(folder));
  expect(warnings).toEqual([]);
  expect(kinds.stage).toMatchObject({ source: 3, valid: 1, refused: 2 });
});
