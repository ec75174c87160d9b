import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const docs = join(import.meta.dirname, '..', 'docs');
const tour = readFileSync(join(docs, 'tour.md'), 'utf8');

test('HO12 L-179 each step of the tour has a picture that is there, and the README leads to the tour', () => {
  expect(readFileSync(join(docs, '..', 'README.md'), 'utf8')).toContain('(docs/tour.md)');
  const steps = tour.split(/^## /m).slice(1);
  expect(steps).toHaveLength(7);
  for (const step of steps) {
    const [title] = step.split('\n');
    const pictures = [...step.matchAll(/^!\[[^\]]+\]\((.+)\)$/gm)].map(([, path = '']) => path);
    expect([title, pictures.length > 0]).toEqual([title, true]);
    expect([title, pictures.filter((path) => !existsSync(join(docs, path)))]).toEqual([title, []]);
  }
});
