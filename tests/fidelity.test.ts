import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'docs', 'fidelity.md'), 'utf8');
const sections = new Map(
  text.split(/^## /m).map((section): [string, string] => [section.split('\n')[0] ?? '', section]),
);

/** `| Tokens | 15 | 3 | 2 |`, without the sums. */
const counted = [...text.matchAll(/^\| ([A-Z`][^|*]*) \| (\d+) \| (\d+) \| (\d+) \|$/gm)].map(
  ([, area = '', ...counts]) => ({
    area,
    counts: counts.map(Number),
  }),
);

/** Items of the paragraph that begins with "Documented:", and rows of each kind. */
function countsOf(section: string): number[] {
  const documented = /^Documented: ([\s\S]*?)\.\n\n/m.exec(section)?.[1]?.split(';').length ?? 0;
  const rows = (kind: string) => [...section.matchAll(new RegExp(`^\\|[^|]*\\| ${kind} \\|`, 'gm'))].length;
  return [documented, rows('inferred'), rows('ours')];
}

test('HO11 fidelity.md counts what it lists', () => {
  expect(counted.length).toBeGreaterThan(4);
  for (const { area, counts } of counted)
    expect([area, countsOf(sections.get(area) ?? '')]).toEqual([area, counts]);
});

test('HO11 the places that fidelity.md names are in the code', () => {
  const code = ['protocol', 'platform', 'cli', 'widgets', 'recruiter']
    .flatMap((name) => {
      const folder = join(root, 'packages', name);
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /^(src|migrations)\/.*\.(tsx?|sql)$/.test(file) && !/\.test\.ts$/.test(file))
        .map((file) => `${file}\n${readFileSync(join(folder, file), 'utf8')}`);
    })
    .join('\n');
  const places = [...text.matchAll(/^\|[^|]*\| (?:inferred|ours) \| (.*) \|$/gm)].map(
    ([, place = '']) => place,
  );
  for (const place of places) {
    const names = [...place.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.split('/').at(-1) ?? '');
    expect([place, names.length > 0 && names.every((name) => code.includes(name))]).toEqual([place, true]);
  }
});
